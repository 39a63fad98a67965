using System.CommandLine;
using Preimage.Cli.Arguments;
using Preimage.Cli.Metric;

namespace Preimage.Cli.Commands;

/// <summary>The options of preimage metric.</summary>
internal sealed class MetricOptions
{
    private readonly SliceOptions _slice = new(pointIsNeeded: true) { HasBox = false };
    private readonly Option<string> _metric = new("--output-metric")
    {
        Description =
            "How outputs are measured: identity, fisher (of softmax probabilities), fisher-logits, or the weights of a diagonal, as in 1,0.5.",
        DefaultValueFactory = _ => "identity",
    };
    private readonly Option<bool> _layers = new("--layers")
    {
        Description = "At every inner representation that cuts the network, too.",
    };
    private readonly Option<int?> _leading = new("--leading")
    {
        Description =
            "Only the k largest eigenvalues, by products with the Jacobian: for maps that are too wide for all of it.",
        HelpName = "k",
    };
    private readonly Option<string?> _data = new("--data")
    {
        Description =
            "A file of points: the metric is averaged over them, and the knee of its spectrum gives the dimension that the model uses.",
        HelpName = "points.csv|.npy|...",
    };
    private readonly Option<int?> _samples = new("--samples")
    {
        Description = "So many rows of --data, chosen at random.",
        HelpName = "N",
    };
    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Chooses them, and the start of --leading.",
        HelpName = "s",
    };
    private readonly Option<string?> _path = new("--out")
    {
        Description =
            "Writes PATH.csv, .json, .svg, .png and .html (spectrum and leading directions, as images where the input is one), or only the one whose ending it has; PATH.npy has the directions.",
        HelpName = "PATH",
    };
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>Adds them to the command.</summary>
    public void AddTo(Command command)
    {
        _slice.AddTo(command);
        foreach (Option option in (Option[])[_metric, _layers, _leading, _data, _samples, _seed, _path, _json])
        {
            command.Add(option);
        }
    }

    /// <summary>What was said.</summary>
    public MetricRun Read(ParseResult result)
    {
        string? points = result.GetValue(_data);
        SliceWords words = _slice.Read(result);
        return new MetricRun
        {
            Slice = points is null ? words : words with { PointIsNeeded = false },
            OutputMetric = result.GetValue(_metric)!,
            HasLayers = result.GetValue(_layers),
            Leading = Positive(result.GetValue(_leading), "--leading"),
            Data = points,
            Samples = Positive(result.GetValue(_samples), "--samples"),
            Seed = result.GetValue(_seed),
            Out = result.GetValue(_path),
            Json = result.GetValue(_json),
        };
    }

    private static int? Positive(int? count, string option) =>
        count is < 1 ? throw new ArgumentException($"{option} is {count}; give 1 or more.") : count;
}
