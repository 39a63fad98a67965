using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Commands;

/// <summary>preimage metric: what a model sees and what it ignores at a point.</summary>
internal static class MetricCommand
{
    public static Command Create()
    {
        SliceOptions slice = new(pointIsNeeded: true) { HasBox = false };
        Option<string> metric = new("--output-metric")
        {
            Description =
                "How outputs are measured: identity, fisher (of softmax probabilities), fisher-logits, or the weights of a diagonal, as in 1,0.5.",
            DefaultValueFactory = _ => "identity",
        };
        Option<bool> layers = new("--layers")
        {
            Description = "At every inner representation that cuts the network, too.",
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "metric",
            """
            Gives the pullback metric g = J^T G J at a point: its spectrum, its rank, the directions that change the output and those that do not.

            Examples:
              preimage metric examples/03-ideal-gas/ideal-gas.onnx --at 1.5e5,0.05
              preimage metric classifier.onnx --at images.csv:1 --logits --outputs top:10 --layers
            """
        );
        slice.AddTo(command);
        foreach (Option option in (Option[])[metric, layers, json])
        {
            command.Add(option);
        }

        command.SetRun(
            (result, _) =>
                Run(slice.Read(result), result.GetValue(metric)!, result.GetValue(layers), result.GetValue(json))
        );
        return command;
    }

    private static ExitCode Run(SliceWords words, string outputMetric, bool layers, bool json)
    {
        Stopwatch watch = Stopwatch.StartNew();
        (Network network, SliceWords told) = words.Load();
        MapChoice choice = MapChoice.Of(network, told);
        double[] x = choice.Start!;
        IOutputMetric metric = ParseMetric(outputMetric, choice.Map.Outputs);
        PullbackMetric here = PullbackMetric.At(choice.Map, x, metric);
        LayerMetric[] inner = layers ? [.. LayerMetric.Of(choice.Network, choice.Point, metric)] : [];
        if (json)
        {
            JsonReport.Write(
                JsonReport.Record(
                    "metric",
                    network,
                    watch.Elapsed.TotalSeconds,
                    [new Setting("at", [.. x]), .. choice.Settings, new Setting("outputMetric", outputMetric)]
                ) with
                {
                    Signature = choice.Signature,
                },
                writer => WriteJson(writer, here, inner)
            );
        }
        else
        {
            WriteTables(choice, here, inner);
        }

        return ExitCode.Done;
    }

    private static IOutputMetric ParseMetric(string text, int outputs) =>
        text.ToUpperInvariant() switch
        {
            "IDENTITY" => new IdentityMetric(),
            "FISHER" => new ProbabilityFisherMetric(),
            "FISHER-LOGITS" => new LogitFisherMetric(),
            _ when text.Any(char.IsAsciiDigit) => Diagonal(Numbers.Parse(text, "--output-metric"), outputs),
            _ => throw new ArgumentException(
                $"--output-metric does not know '{text}'; choose identity, fisher, fisher-logits or the weights of a diagonal, as in 1,0.5."
            ),
        };

    private static DiagonalMetric Diagonal(double[] weights, int outputs) =>
        weights.Length == outputs
            ? new DiagonalMetric(weights)
            : throw new ArgumentException(
                $"--output-metric has {weights.Length} weights, but the model has {outputs} outputs; give one for each."
            );

    private static void WriteTables(MapChoice choice, PullbackMetric here, LayerMetric[] inner)
    {
        const int Shown = 8;
        Signature names = choice.Signature;
        (int inputs, int outputs) = (choice.Map.Inputs, choice.Map.Outputs);
        Tables.WritePairs([
            ("output", string.Join(", ", here.Value.Take(Shown).Select((y, i) => $"{names.Outputs[i].Label} = {y:R}"))),
            (
                "rank",
                $"{here.Rank} of at most {Math.Min(inputs, outputs)} (singular values above {Tables.ShowError(here.Tolerance)})"
            ),
            ("fiber", $"of dimension {inputs - here.Rank} where the rank stays the same"),
            .. choice.Held is { } held ? [("held", held)] : Array.Empty<(string, string)>(),
            ("spectrum of g", string.Join(", ", here.Spectrum.Take(Shown).Select(Tables.Show))),
        ]);
        Tables.Write(
            ["direction", .. names.Inputs.Take(Shown).Select(v => v.Name)],
            [
                .. here.RowDirections.Take(Shown).Select((d, i) => Row($"seen {i + 1}", d, Shown)),
                .. here.NullDirections.Take(Shown).Select((d, i) => Row($"ignored {i + 1}", d, Shown)),
            ]
        );
        if (inner.Length > 0)
        {
            Tables.Write(
                ["inner representation", "size", "rank from there", "ignored", "largest singular value"],
                inner.Select(layer =>
                    (string[])
                        [
                            layer.Tensor,
                            $"{layer.Size}",
                            $"{layer.Metric.Rank}",
                            $"{layer.Size - layer.Metric.Rank}",
                            Tables.Show(layer.Metric.SingularValues.FirstOrDefault()),
                        ]
                )
            );
        }
    }

    private static string[] Row(string name, IReadOnlyCollection<double> direction, int shown) =>
        [name, .. direction.Take(shown).Select(d => d.ToString("G6"))];

    private static void WriteJson(Utf8JsonWriter json, PullbackMetric here, LayerMetric[] inner)
    {
        WriteMetric(json, here);
        json.WriteStartArray("layers");
        foreach (LayerMetric layer in inner)
        {
            json.WriteStartObject();
            json.WriteString("tensor", layer.Tensor);
            json.WriteNumber("size", layer.Size);
            WriteMetric(json, layer.Metric);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMetric(Utf8JsonWriter json, PullbackMetric metric)
    {
        json.WriteNumbers("output", metric.Value);
        json.WriteMatrix("jacobian", metric.Jacobian, metric.Point.Length);
        json.WriteNumbers("singularValues", metric.SingularValues);
        json.WriteNumbers("spectrum", metric.Spectrum);
        json.WriteNumber("rank", metric.Rank);
        json.WriteNumber("tolerance", metric.Tolerance);
        json.WriteMatrix("rowDirections", [.. metric.RowDirections.SelectMany(d => d)], metric.Point.Length);
        json.WriteMatrix("nullDirections", [.. metric.NullDirections.SelectMany(d => d)], metric.Point.Length);
    }
}
