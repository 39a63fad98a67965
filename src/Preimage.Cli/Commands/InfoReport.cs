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

    /// <summary>Larger inputs are not tried as constants.</summary>
    private const double MostTried = 1 << 20;

    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private InfoReport() { }

    /// <summary>What the file says of itself.</summary>
    public required ModelDescription About { get; init; }

    /// <summary>The network to the first output; null where that needs values of inputs or sizes that nobody gave.</summary>
    public required Network? Network { get; init; }

    /// <summary>The names of what the nodes make, for --from and --to.</summary>
    public ImmutableArray<string> Made { get; init; } = [];

    /// <summary>Why there is no network.</summary>
    public string? Unread { get; init; }

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
        try
        {
            Network network = Models.LoadAll(words)[0];
            return new InfoReport
            {
                About = network.Description!,
                Network = network,
                Made = model?.MadeTensors ?? [],
                Inputs = model?.Inputs ?? [],
                Outputs = model?.Outputs ?? [],
            };
        }
        catch (ModelException reason)
            when (model is not null && (LacksValues(model, words) || IsConstant(model, words)))
        {
            CommandHost.Warn(
                $"only what the file declares is shown, as more needs --input or --dimension: {reason.Message}"
            );
            return new InfoReport
            {
                About = model.Description,
                Network = null,
                Unread = reason.Message,
                Made = model.MadeTensors,
                Inputs = model.Inputs,
                Outputs = model.Outputs,
            };
        }
    }

    /// <summary>Whether the model can be read with zeros for its inputs: an operator on the way then needs a constant.</summary>
    private static bool IsConstant(OnnxModel model, ModelWords words)
    {
        Exploration question = words.Exploration();
        foreach (ModelTensor input in model.Inputs.Where(i => !question.Given.ContainsKey(i.Name)))
        {
            int[] shape = [.. (input.Shape ?? []).Select(axis => (int)Math.Clamp(axis.Size ?? 1, 1, int.MaxValue))];
            if (shape.Aggregate(1.0, (count, size) => count * size) > MostTried)
            {
                return false;
            }

            GivenTensor zeros = new([.. shape], [.. new double[shape.Aggregate(1, (count, size) => count * size)]]);
            question = question with { Given = question.Given.Add(input.Name, zeros) };
        }

        try
        {
            return model.Network(question).Inputs == 0;
        }
        catch (PreimageException)
        {
            return false;
        }
    }

    /// <summary>Whether an input has no value that may need one, or a dimension no size: zeros and the like were tried in their place.</summary>
    private static bool LacksValues(OnnxModel model, ModelWords words)
    {
        ImmutableDictionary<string, GivenTensor> given = words.Exploration().Given;
        ModelTensor[] left = [.. model.Inputs.Where(i => !given.ContainsKey(i.Name))];
        return left.All(i => i.Kind is not null)
            && (
                left.Length > 1
                || left.Any(i =>
                    i.Kind != ElementKind.Real || i.Shape is not { } axes || axes.Skip(1).Any(a => a.Size is null)
                )
            );
    }

    public void WriteTables()
    {
        string opset = About.Opset > 0 ? $", opset {About.Opset}" : "";
        string bytes = Network is { } read ? $", {Bytes(read.Cost.WeightBytes)}" : "";
        Tables.WritePairs([
            ("model", About.Path),
            ("format", $"{About.Format}{opset}{(About.Producer.Length > 0 ? $", written by {About.Producer}" : "")}"),
            ("sha256", About.Sha256),
            ("parameters", $"{About.Parameters}{bytes}"),
            ("operators", string.Join(", ", About.Operators.Select(o => $"{o.Name} x {o.Count}"))),
            .. Network is { } map ? MapPairs(map) : [],
        ]);
        WriteTensors("model input", Inputs);
        WriteTensors("model output", Outputs);
        if (Network is not { Tensors.IsEmpty: false } network)
        {
            Tables.Write(["inner tensor"], Made.Take(ShownVariables).Select(name => (string[])[name]));
            More(Made.Length);
        }
        else
        {
            WriteInner(network.Tensors);
            WriteVariables("input", network.Signature.Inputs);
            WriteVariables("output", network.Signature.Outputs);
        }
    }

    private static (string, string)[] MapPairs(Network network) =>
        [
            ("map", $"R^{network.Inputs} -> R^{network.Outputs}, {Free(network)} -> {Shown(network.OutputTensor)}"),
            ("dense layers", DenseShape(network)),
            ("a value", $"{Flops(network.Cost.Flops)}, {Bytes(network.Cost.ValueBytes)} at most"),
            ("a product", $"{Flops(network.Cost.ProductFlops)}, of the Jacobian or its transpose and a vector"),
            (
                "Jacobian",
                $"{network.Outputs} x {network.Inputs}, {Flops(network.Cost.JacobianFlops)}, {Bytes(network.Cost.JacobianBytes)}{(IsDense(network) ? "" : ": too large, choose outputs or use products")}"
            ),
            ("fibers", FiberDimension(network)),
        ];

    public void WriteJson() => JsonReport.Write(JsonReport.Record("info", About, _watch.Elapsed.TotalSeconds), Write);

    private static bool IsDense(Network network) => network.Cost.JacobianBytes <= DenseJacobian.MostBytes;

    private static string Free(Network network) => network.Inputs == 0 ? "nothing is free" : Shown(network.InputTensor);

    private static string Shown(InnerTensor tensor) => $"{tensor.Name}[{string.Join(", ", tensor.Shape)}]";

    private static string DenseShape(Network network) =>
        network.Dense is not { } dense
            ? "not a dense chain"
            : string.Join("-", dense.Layers.Select(layer => layer.Outputs).Prepend(dense.Inputs));

    private static string FiberDimension(Network network) =>
        (network.Inputs - network.Outputs) switch
        {
            _ when network.OutputKind != ElementKind.Real =>
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
        name == Network?.InputTensor.Name ? "free"
        : name == Network?.OutputTensor.Name ? "looked at"
        : Network is null ? ""
        : Inputs.Any(i => i.Name == name) ? "held"
        : "";

    private static void WriteInner(ImmutableArray<InnerTensor> inner)
    {
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
        json.WriteString("format", About.Format);
        json.WriteString("producer", About.Producer);
        json.WriteNumber("opset", About.Opset);
        json.WriteNumber("parameters", About.Parameters);
        json.WriteStartObject("operators");
        foreach (OperatorCount operation in About.Operators)
        {
            json.WriteNumber(operation.Name, operation.Count);
        }

        json.WriteEndObject();
        WriteTensors(json, "modelInputs", Inputs);
        WriteTensors(json, "modelOutputs", Outputs);
        json.WriteStartArray("made");
        foreach (string name in Made)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        if (Network is { } network)
        {
            WriteMap(json, network);
        }
        else
        {
            json.WriteString("unread", Unread);
        }
    }

    private static void WriteMap(Utf8JsonWriter json, Network network)
    {
        json.WriteBoolean("dense", network.Dense is not null);
        WriteTensor(json, "free", network.InputTensor);
        WriteTensor(json, "lookedAt", network.OutputTensor);
        WriteVariables(json, "input", network.Signature.Inputs);
        WriteVariables(json, "output", network.Signature.Outputs);
        WriteCost(json, network);
        json.WriteStartArray("tensors");
        foreach (InnerTensor tensor in network.Tensors)
        {
            WriteTensor(json, null, tensor);
        }

        json.WriteEndArray();
    }

    private static void WriteCost(Utf8JsonWriter json, Network network)
    {
        NetworkCost cost = network.Cost;
        json.WriteStartObject("cost");
        json.WriteNumber("flops", cost.Flops);
        json.WriteNumber("productFlops", cost.ProductFlops);
        json.WriteNumber("jacobianFlops", cost.JacobianFlops);
        json.WriteNumber("jacobianBytes", cost.JacobianBytes);
        json.WriteBoolean("jacobianFits", IsDense(network));
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
