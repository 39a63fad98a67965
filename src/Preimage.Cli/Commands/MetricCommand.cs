using System.CommandLine;
using Preimage.Cli.Arguments;
using Preimage.Cli.Metric;

namespace Preimage.Cli.Commands;

/// <summary>preimage metric: what a model sees and what it ignores, at a point or over a data set.</summary>
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
        Option<int?> leading = new("--leading")
        {
            Description =
                "Only the k largest eigenvalues, by products with the Jacobian: for maps that are too wide for all of it.",
            HelpName = "k",
        };
        Option<string?> data = new("--data")
        {
            Description =
                "A file of points: the metric is averaged over them, and the knee of its spectrum gives the dimension that the model uses.",
            HelpName = "points.csv|.npy|...",
        };
        Option<int?> samples = new("--samples")
        {
            Description = "So many rows of --data, chosen at random.",
            HelpName = "N",
        };
        Option<int> seed = new("--seed") { Description = "Chooses them, and the start of --leading.", HelpName = "s" };
        Option<string?> path = new("--out")
        {
            Description =
                "Writes PATH.csv, .json, .svg, .png and .html (spectrum and leading directions, as images where the input is one), or only the one whose ending it has; PATH.npy has the directions.",
            HelpName = "PATH",
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "metric",
            """
            Gives the pullback metric g = J^T G J at a point: its spectrum, its rank, the directions that change the output and those that do not. Over a data set it gives the mean metric and the dimension that the model uses.

            Examples:
              preimage metric examples/03-ideal-gas/ideal-gas.onnx --at 1.5e5,0.05
              preimage metric model.onnx --data points.csv --samples 200 --out seen
              preimage metric classifier.onnx --at penguin.png --outputs top:10 --layers --out penguin
            """
        );
        slice.AddTo(command);
        foreach (Option option in (Option[])[metric, layers, leading, data, samples, seed, path, json])
        {
            command.Add(option);
        }

        command.SetRun(
            (result, cancellation) =>
            {
                string? points = result.GetValue(data);
                return new MetricRun
                {
                    Slice =
                        slice.Read(result) is var words && points is null
                            ? words
                            : words with
                            {
                                PointIsNeeded = false,
                            },
                    OutputMetric = result.GetValue(metric)!,
                    HasLayers = result.GetValue(layers),
                    Leading = Positive(result.GetValue(leading), "--leading"),
                    Data = points,
                    Samples = Positive(result.GetValue(samples), "--samples"),
                    Seed = result.GetValue(seed),
                    Out = result.GetValue(path),
                    Json = result.GetValue(json),
                }.Run(cancellation);
            }
        );
        return command;
    }

    private static int? Positive(int? count, string option) =>
        count is < 1 ? throw new ArgumentException($"{option} is {count}; give 1 or more.") : count;
}
