using System.CommandLine;
using Preimage.Cli.Arguments;
using Preimage.Levels;

namespace Preimage.Cli.Commands;

/// <summary>What can be said on the command line of band.</summary>
internal sealed class BandOptions
{
    private readonly SliceOptions _slice = new(
        pointIsNeeded: false,
        "The values of the inputs that --free leaves held, and where simexp starts"
    )
    {
        Tensors = new TensorOptions(
            "The lowest output; left out or -inf for no end.",
            "The highest output; left out or inf for no end."
        ),
    };
    private readonly Option<string> _chord = CommonOptions.Chord();
    private readonly Option<string?> _gap = new("--gap")
    {
        Description =
            "The share of the box that may stay undecided between the certified inner and outer area or volume (1e-3; of one input, where it costs little, 1e-9).",
        HelpName = "share",
    };
    private readonly Option<long?> _boxes = CommonOptions.Whole(
        "--boxes",
        "The most boxes to enclose for it.",
        1,
        1_000_000
    );
    private readonly Option<string?> _test = new("--test")
    {
        Description = "A CSV file of points, of each of which is told whether it lies in the band.",
        HelpName = "points.csv",
    };
    private readonly Option<long?> _sample = CommonOptions.Whole("--sample", "So many points, uniform in the band.", 1);
    private readonly Option<long?> _seed = CommonOptions.Whole("--seed", "Seed of the sample.", 0, 1);
    private readonly Option<string?> _compare = PublishedFamilyOptions.Compare(
        "Lay the published way to fill the band beside it: the fibers of simexp through --at whose outputs lie in it."
    );
    private readonly PublishedFamilyOptions _published = new();
    private readonly Option<string?> _truth = TruthArgument.Option();
    private readonly Option<string?> _out = CommonOptions.Out(
        "Write PATH.csv, .json, .svg, .png and .html, for two inputs PATH.geojson and PATH.wkt, and PATH.samples.csv; with one of these endings, that file only."
    );
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>Adds all of them to the command, in the order of the help text.</summary>
    public void AddTo(Command command)
    {
        _slice.AddTo(command);
        Option[] before = [_chord, _gap, _boxes, _test, _sample, _seed, _compare];
        foreach (Option option in (Option[])[.. before, .. _published.All, _truth, _out, _json])
        {
            command.Add(option);
        }
    }

    /// <summary>The band that was asked for.</summary>
    public BandRun Read(ParseResult result) =>
        new()
        {
            Slice = _slice.Read(result),
            From = _slice.Tensors.Lowest(result),
            To = _slice.Tensors.Highest(result),
            Chord = RecipeArgument.Positive(result.GetValue(_chord)!, "--chord"),
            Gap = result.GetValue(_gap) is { } gap ? Share(gap) : null,
            Boxes = result.GetValue(_boxes)!.Value,
            Test = result.GetValue(_test),
            Sample = (int?)result.GetValue(_sample),
            Seed = (int)result.GetValue(_seed)!.Value,
            Compared = ReadCompared(result),
            Truth = result.GetValue(_truth),
            Out = result.GetValue(_out),
            Json = result.GetValue(_json),
        };

    private static double Share(string text)
    {
        double gap = RecipeArgument.Positive(text, "--gap", "1e-3");
        return gap < 1
            ? gap
            : throw new ArgumentException($"--gap is {text}, the whole box; give a share of it below 1, such as 1e-3.");
    }

    /// <summary>The published family, if it is asked for; a setting that nothing would use is refused rather than passed over.</summary>
    private PublishedFoliations? ReadCompared(ParseResult result)
    {
        if (PublishedFamilyOptions.IsCompared(result.GetValue(_compare)))
        {
            return _published.Read(result);
        }

        if (result.WasGiven(_seed) && !result.WasGiven(_sample))
        {
            throw new ArgumentException("--seed is of a sample; leave it out, or say how many points with --sample.");
        }

        return Array.Find(_published.All, result.WasGiven) is { } option
            ? throw new ArgumentException(
                $"{option.Name} is of the published recipe; leave it out, or add --compare simexp."
            )
            : null;
    }
}
