using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;

namespace Preimage.Cli.Commands;

/// <summary>What info says of a model.</summary>
internal sealed record InfoReport
{
    private const int ShownVariables = 12;

    /// <summary>Variables beyond these have no names of their own, and are counted only.</summary>
    private const int ListedVariables = 1024;

    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private InfoReport() { }

    /// <summary>The network to the first output, or to the one that is asked for.</summary>
    public required Network Network { get; init; }

    /// <summary>The inputs that the model declares.</summary>
    public required ImmutableArray<ModelTensor> Inputs { get; init; }

    /// <summary>The outputs that the model declares.</summary>
    public required ImmutableArray<ModelTensor> Outputs { get; init; }

    /// <summary>Reads a model.</summary>
    /// <exception cref="ArgumentException">There is no such file, or an open dimension has no size.</exception>
    /// <exception cref="ModelException">The file cannot be used.</exception>
    public static InfoReport Of(ModelWords words)
    {
        OnnxModel? model = Models.Open(words.Path);
        return new InfoReport
        {
            Network = Models.LoadAll(words)[0],
            Inputs = model?.Inputs ?? [],
            Outputs = model?.Outputs ?? [],
        };
    }

    public void WriteTables()
    {
        ModelDescription about = Network.Description!;
        string opset = about.Opset > 0 ? $", opset {about.Opset}" : "";
        NetworkCost cost = Network.Cost;
        Tables.WritePairs([
            ("model", about.Path),
            ("format", $"{about.Format}{opset}{(about.Producer.Length > 0 ? $", written by {about.Producer}" : "")}"),
            ("sha256", about.Sha256),
            ("map", $"R^{Network.Inputs} -> R^{Network.Outputs}, {Free()} -> {Shown(Network.OutputTensor)}"),
            ("parameters", $"{about.Parameters}, {Bytes(cost.WeightBytes)}"),
            ("operators", string.Join(", ", about.Operators.Select(o => $"{o.Name} x {o.Count}"))),
            ("dense layers", DenseShape()),
            ("a value", $"{Flops(cost.Flops)}, {Bytes(cost.ValueBytes)} at most"),
            ("a product", $"{Flops(cost.ProductFlops)}, of the Jacobian or its transpose and a vector"),
            (
                "Jacobian",
                $"{Network.Outputs} x {Network.Inputs}, {Flops(cost.JacobianFlops)}, {Bytes(cost.JacobianBytes)}{(IsDense ? "" : ": too large, choose outputs or use products")}"
            ),
            ("fibers", FiberDimension()),
        ]);
        WriteTensors("model input", Inputs);
        WriteTensors("model output", Outputs);
        WriteInner();
        WriteVariables("input", Network.Signature.Inputs);
        WriteVariables("output", Network.Signature.Outputs);
    }

    public void WriteJson() =>
        JsonReport.Write(
            JsonReport.Record("info", Network, _watch.Elapsed.TotalSeconds) with
            {
                Signature = new Signature([], []),
            },
            Write
        );

    private bool IsDense => Network.Cost.JacobianBytes <= DenseJacobian.MostBytes;

    private string Free() => Network.Inputs == 0 ? "nothing is free" : Shown(Network.InputTensor);

    private static string Shown(InnerTensor tensor) => $"{tensor.Name}[{string.Join(", ", tensor.Shape)}]";

    private string DenseShape() =>
        Network.Dense is not { } dense
            ? "not a dense chain"
            : string.Join("-", dense.Layers.Select(layer => layer.Outputs).Prepend(dense.Inputs));

    private string FiberDimension() =>
        (Network.Inputs - Network.Outputs) switch
        {
            _ when Network.OutputKind != ElementKind.Real =>
                "regions: the output is of integers or booleans and has no derivative",
            <= 0 => "points, where the Jacobian has full rank",
            1 => "curves, where the Jacobian has full rank: preimage trace",
            int dimension => $"of dimension {dimension}, where the Jacobian has full rank",
        };

    private static string Flops(double flops) =>
        flops switch
        {
            < 1e4 => $"{flops:F0} flops",
            < 1e7 => $"{flops / 1e3:G4} kflops",
            < 1e10 => $"{flops / 1e6:G4} Mflops",
            < 1e13 => $"{flops / 1e9:G4} Gflops",
            _ => $"{flops / 1e12:G4} Tflops",
        };

    private static string Bytes(double bytes) =>
        bytes switch
        {
            < 1e4 => $"{bytes:F0} bytes",
            < 1e7 => $"{bytes / 1024:G4} KiB",
            < 1e10 => $"{bytes / (1 << 20):G4} MiB",
            _ => $"{bytes / (1 << 30):G4} GiB",
        };

    private void WriteTensors(string heading, ImmutableArray<ModelTensor> tensors)
    {
        if (!tensors.IsEmpty)
        {
            Tables.Write([heading, "declared", "is"], tensors.Select(t => (string[])[t.Name, $"{t}", Role(t.Name)]));
        }
    }

    private string Role(string name) =>
        name == Network.InputTensor.Name ? "free"
        : name == Network.OutputTensor.Name ? "looked at"
        : Inputs.Any(i => i.Name == name) ? "held"
        : "";

    private void WriteInner()
    {
        ImmutableArray<InnerTensor> inner = Network.Tensors;
        Tables.Write(
            ["inner tensor", "shape"],
            inner.Take(ShownVariables).Select(t => (string[])[t.Name, $"[{string.Join(", ", t.Shape)}]"])
        );
        More(inner.Length);
    }

    private static void WriteVariables(string kind, ImmutableArray<Variable> variables)
    {
        Tables.Write([kind, "unit", "lower", "upper"], variables.Take(ShownVariables).Select(Row));
        More(variables.Length);
    }

    private static void More(int count)
    {
        if (count > ShownVariables)
        {
            Console.WriteLine($"   ... and {count - ShownVariables} more");
        }
    }

    private static string[] Row(Variable variable) =>
        [variable.Name, variable.Unit, Bound(variable.Lower), Bound(variable.Upper)];

    private static string Bound(double bound) => double.IsFinite(bound) ? Tables.Show(bound) : "";

    private void Write(Utf8JsonWriter json)
    {
        ModelDescription about = Network.Description!;
        json.WriteString("format", about.Format);
        json.WriteString("producer", about.Producer);
        json.WriteNumber("opset", about.Opset);
        json.WriteNumber("parameters", about.Parameters);
        json.WriteStartObject("operators");
        foreach (OperatorCount operation in about.Operators)
        {
            json.WriteNumber(operation.Name, operation.Count);
        }

        json.WriteEndObject();
        json.WriteBoolean("dense", Network.Dense is not null);
        WriteTensors(json, "modelInputs", Inputs);
        WriteTensors(json, "modelOutputs", Outputs);
        WriteTensor(json, "free", Network.InputTensor);
        WriteTensor(json, "lookedAt", Network.OutputTensor);
        WriteVariables(json, "input", Network.Signature.Inputs);
        WriteVariables(json, "output", Network.Signature.Outputs);
        WriteCost(json, Network.Cost);
        json.WriteStartArray("tensors");
        foreach (InnerTensor tensor in Network.Tensors)
        {
            WriteTensor(json, null, tensor);
        }

        json.WriteEndArray();
    }

    private void WriteCost(Utf8JsonWriter json, NetworkCost cost)
    {
        json.WriteStartObject("cost");
        json.WriteNumber("flops", cost.Flops);
        json.WriteNumber("productFlops", cost.ProductFlops);
        json.WriteNumber("jacobianFlops", cost.JacobianFlops);
        json.WriteNumber("jacobianBytes", cost.JacobianBytes);
        json.WriteBoolean("jacobianFits", IsDense);
        json.WriteNumber("weightBytes", cost.WeightBytes);
        json.WriteNumber("valueBytes", cost.ValueBytes);
        json.WriteEndObject();
    }

    private void WriteTensors(Utf8JsonWriter json, string name, ImmutableArray<ModelTensor> tensors)
    {
        json.WriteStartArray(name);
        foreach (ModelTensor tensor in tensors)
        {
            json.WriteStartObject();
            json.WriteString("name", tensor.Name);
            json.WriteString("type", tensor.Type);
            json.WriteString("kind", tensor.Kind?.ToString().ToLowerInvariant());
            json.WriteStartArray("shape");
            foreach (ModelDimension axis in tensor.Shape ?? [])
            {
                if (axis.Size is { } size)
                {
                    json.WriteNumberValue(size);
                }
                else
                {
                    json.WriteStringValue($"{axis}");
                }
            }

            json.WriteEndArray();
            json.WriteString("is", Role(tensor.Name));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTensor(Utf8JsonWriter json, string? property, InnerTensor tensor)
    {
        if (property is null)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartObject(property);
        }

        json.WriteString("name", tensor.Name);
        json.WriteStartArray("shape");
        foreach (int size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteVariables(Utf8JsonWriter json, string name, ImmutableArray<Variable> variables)
    {
        json.WriteNumber($"{name}Count", variables.Length);
        json.WriteStartArray($"{name}s");
        foreach (Variable variable in variables.Take(ListedVariables))
        {
            json.WriteStartObject();
            json.WriteString("name", variable.Name);
            json.WriteString("unit", variable.Unit);
            json.WriteNumbers("range", [variable.Lower, variable.Upper]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
