using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Commands;

/// <summary>The value of an output tensor.</summary>
internal sealed record OutputValue(InnerTensor Tensor, ElementKind Kind, double[] Values);

/// <summary>What eval found.</summary>
internal sealed record EvalReport
{
    private const int ShownValues = 8;

    private EvalReport() { }

    /// <summary>The network to the first output, or to the one that is asked for.</summary>
    public required Network Network { get; init; }

    /// <summary>The names of the choice.</summary>
    public required Signature Signature { get; init; }

    /// <summary>The point in the free inputs of the choice.</summary>
    public required double[] X { get; init; }

    /// <summary>The value of the choice.</summary>
    public required double[] Y { get; init; }

    /// <summary>What the outputs of the choice are.</summary>
    public required ElementKind Kind { get; init; }

    /// <summary>Its derivative; null where it is not wanted.</summary>
    public required double[]? Jacobian { get; init; }

    /// <summary>All outputs of the model.</summary>
    public required ImmutableArray<OutputValue> Outputs { get; init; }

    /// <summary>What was asked, for the record.</summary>
    public required ImmutableArray<Setting> Settings { get; init; }

    /// <summary>Evaluates a choice, and every output of the model.</summary>
    /// <param name="networks">To every output.</param>
    /// <param name="choice">Of the first.</param>
    /// <param name="withJacobian">Whether the derivative of the choice is wanted.</param>
    /// <exception cref="ArgumentException">The Jacobian would not fit.</exception>
    /// <exception cref="ModelException">The output has no derivative.</exception>
    public static EvalReport At(ImmutableArray<Network> networks, MapChoice choice, bool withJacobian)
    {
        double[] x = choice.Start!;
        double[]? jacobian = withJacobian ? DenseJacobian.RoomFor(choice.Map) : null;
        double[] y = new double[choice.Map.Outputs];
        if (jacobian is null)
        {
            (choice.Held is null ? MapAt(choice.Network, x) : choice.Map).Evaluate(x, y);
        }
        else
        {
            choice.Map.Linearize(x, y, jacobian);
        }

        return new EvalReport
        {
            Network = networks[0],
            Signature = choice.Signature,
            X = x,
            Y = y,
            Kind = networks[0].OutputKind,
            Jacobian = jacobian,
            Outputs = [.. networks.Select(n => Value(n, choice.Point))],
            Settings = [new Setting("at", [.. x]), .. choice.Settings],
        };
    }

    /// <summary>Networks without inputs: everything is given.</summary>
    /// <exception cref="ArgumentException">There are no such outputs, or inputs are chosen.</exception>
    public static EvalReport OfConstants(ImmutableArray<Network> networks, SliceWords words)
    {
        if (words.Free.Length + words.Fixed.Length > 0)
        {
            throw new ArgumentException(
                $"{words.Model.Path} has no free input, as all are given or are integers; leave --free and --fix out."
            );
        }

        Network chosen = words.Chosen.Of(networks[0], []);
        return new EvalReport
        {
            Network = networks[0],
            Signature = chosen.Signature,
            X = [],
            Y = chosen.Map.Evaluate([]),
            Kind = networks[0].OutputKind,
            Jacobian = null,
            Outputs = [.. networks.Select(n => Value(n, []))],
            Settings = [.. words.TensorSettings(), .. words.Chosen.Settings()],
        };
    }

    /// <summary>One object: "output" of the choice, "outputs" of the model.</summary>
    public void WriteJson(Stopwatch watch) =>
        JsonReport.Write(
            JsonReport.Record("eval", Network, watch.Elapsed.TotalSeconds, [.. Settings]) with
            {
                Signature = Signature,
            },
            json =>
            {
                Write(json, "output", Y, Kind);
                if (Numbers.Any(k => k >= 0))
                {
                    json.WriteNumbers("outputNumbers", Numbers.Select(k => (double)k));
                }

                json.WriteStartObject("outputs");
                foreach (OutputValue output in Outputs)
                {
                    json.WriteStartObject(output.Tensor.Name);
                    json.WriteString("kind", output.Kind.ToString().ToLowerInvariant());
                    json.WriteStartArray("shape");
                    foreach (int size in output.Tensor.Shape)
                    {
                        json.WriteNumberValue(size);
                    }

                    json.WriteEndArray();
                    Write(json, "values", output.Values, output.Kind);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
                if (Jacobian is not null)
                {
                    json.WriteMatrix("jacobian", Jacobian, X.Length);
                }
            }
        );

    /// <summary>The place of each number of the choice among the network's outputs, from 0, as --output takes it; -1 for what is none of them, such as a margin.</summary>
    private int[] Numbers
    {
        get
        {
            Dictionary<string, int> places = new(StringComparer.Ordinal);
            for (int i = 0; i < Network.Signature.Outputs.Length; i++)
            {
                places.TryAdd(Network.Signature.Outputs[i].Name, i);
            }

            return [.. Signature.Outputs.Select(v => places.GetValueOrDefault(v.Name, -1))];
        }
    }

    /// <summary>A row for each number of the choice, then the other outputs.</summary>
    public void WriteTables()
    {
        int[] numbers = Numbers;
        bool withNumbers = Y.Length > 1 && numbers.Any(k => k >= 0);
        int n = Signature.Inputs.Length;
        bool withJacobian = Jacobian is not null;
        Tables.Write(
            [
                "output",
                .. withNumbers ? (string[])["number"] : [],
                "value",
                .. withJacobian ? Signature.Inputs.Select(v => $"d/d{v.Name}") : [],
            ],
            Signature.Outputs.Select(
                (v, i) =>
                    (string[])
                        [
                            v.Label,
                            .. withNumbers ? (string[])[numbers[i] < 0 ? "" : $"{numbers[i]}"] : [],
                            Show(Y[i], Kind),
                            .. withJacobian ? Jacobian!.Skip(i * n).Take(n).Select(Tables.Show) : [],
                        ]
            )
        );
        if (Outputs.Length > 1)
        {
            Tables.Write(["output tensor", "shape", "values"], Outputs.Select(Row));
        }
    }

    private static string[] Row(OutputValue output) =>
        [
            output.Tensor.Name,
            $"[{string.Join(", ", output.Tensor.Shape)}]",
            string.Join(", ", output.Values.Take(ShownValues).Select(v => Show(v, output.Kind)))
                + (output.Values.Length > ShownValues ? ", ..." : ""),
        ];

    private static string Show(double value, ElementKind kind) =>
        kind switch
        {
            ElementKind.Integer => $"{value:F0}",
            ElementKind.Boolean => value == 0 ? "false" : "true",
            _ => value.ToString("R"),
        };

    private static OutputValue Value(Network network, double[] x) =>
        new(network.OutputTensor, network.OutputKind, MapAt(network, x).Evaluate(x));

    /// <summary>The compiled map; where a number is NaN or infinite the plain one, which multiplies nothing by it that does not see it.</summary>
    private static IMap MapAt(Network network, double[] x) =>
        Array.TrueForAll(x, double.IsFinite) ? network.Map : network.PlainMap;

    /// <summary>Integers are whole to 2^53, and are written without an exponent; booleans are 0 and 1.</summary>
    private static void Write(Utf8JsonWriter json, string name, double[] values, ElementKind kind)
    {
        if (kind == ElementKind.Real || !values.All(double.IsFinite))
        {
            json.WriteNumbers(name, values);
            return;
        }

        json.WriteStartArray(name);
        foreach (double value in values)
        {
            json.WriteNumberValue((decimal)value);
        }

        json.WriteEndArray();
    }
}
