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
    private readonly Option<long?> _leading = CommonOptions.Whole(
        "--leading",
        "Only the N largest eigenvalues, by products with the Jacobian: for maps that are too wide for all of it. With --data, so many of the mean (64).",
        least: 1
    );
    private readonly Option<string?> _data = new("--data")
    {
        Description =
            "A file of points: the metric is averaged over them, and the knee of its spectrum gives the dimension that the model uses.",
        HelpName = "points.csv|.npy|...",
    };
    private readonly Option<long?> _samples = CommonOptions.Whole(
        "--samples",
        "So many rows of --data, chosen at random.",
        least: 1
    );
    private readonly Option<long?> _seed = CommonOptions.Whole(
        "--seed",
        "Chooses them, and the start of --leading.",
        least: 0,
        defaultValue: 0
    );
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
            Leading = (int?)result.GetValue(_leading),
            Data = points,
            Samples = (int?)result.GetValue(_samples),
            Seed = (int)result.GetValue(_seed)!.Value,
            Out = result.GetValue(_path),
            Json = result.GetValue(_json),
        };
    }
}
