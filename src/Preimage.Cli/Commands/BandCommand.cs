using System.CommandLine;
using Preimage.Cli.Arguments;
using Preimage.Levels;

namespace Preimage.Cli.Commands;

/// <summary>preimage band: the preimage of a closed interval of outputs.</summary>
internal static class BandCommand
{
    public static Command Create()
    {
        SliceOptions slice = new(pointIsNeeded: false);
        Option<string?> from = new("--from")
        {
            Description = "The lowest output; left out or -inf for no end.",
            HelpName = "a",
        };
        Option<string?> to = new("--to")
        {
            Description = "The highest output; left out or inf for no end.",
            HelpName = "b",
        };
        Option<string> chord = CommonOptions.Chord();
        Option<string> gap = CommonOptions.Text(
            "--gap",
            "The share of the box that may stay undecided between the certified inner and outer area or volume.",
            "1e-3"
        );
        Option<long?> boxes = CommonOptions.Whole("--boxes", "The most boxes to enclose for it.", 1, 1_000_000);
        Option<string?> test = new("--test")
        {
            Description = "A CSV file of points, of each of which is told whether it lies in the band.",
            HelpName = "points.csv",
        };
        Option<long?> sample = CommonOptions.Whole("--sample", "So many points, uniform in the band.", 1);
        Option<long?> seed = CommonOptions.Whole("--seed", "Seed of the sample.", 0, 1);
        Option<string?> compare = PublishedFamilyOptions.Compare(
            "Lay the published way to fill the band beside it: the fibers of simexp through --at whose outputs lie in it."
        );
        PublishedFamilyOptions published = new();
        Option<string?> truth = TruthArgument.Option();
        Option<string?> path = CommonOptions.Out(
            "Write PATH.csv, .json, .svg, .png and .html, for two inputs PATH.geojson and PATH.wkt, and PATH.samples.csv; with one of these endings, that file only."
        );
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "band",
            """
            Finds the region { a <= f <= b } in a box: for two inputs as polygons with holes, with their area; for any number
            of inputs as boxes proved inside and boxes at the border, with a certified lower and upper bound of the volume.

            Examples:
              preimage band examples/01-compact-class/compact-class.onnx --from 0.1416 --to 0.1516 --out annulus
              preimage band plant.onnx --from 479.5 --to 480.5 --gap 1e-2 --sample 1000 --seed 7 --json
            """
        );
        slice.AddTo(command);
        Option[] own = [from, to, chord, gap, boxes, test, sample, seed, compare, .. published.All, truth, path, json];
        foreach (Option option in own)
        {
            command.Add(option);
        }

        command.SetRun(
            (result, cancellation) =>
                new BandRun
                {
                    Slice = slice.Read(result),
                    From = result.GetValue(from),
                    To = result.GetValue(to),
                    Chord = RecipeArgument.Positive(result.GetValue(chord)!, "--chord"),
                    Gap = RecipeArgument.Positive(result.GetValue(gap)!, "--gap"),
                    Boxes = result.GetValue(boxes)!.Value,
                    Test = result.GetValue(test),
                    Sample = (int?)result.GetValue(sample),
                    Seed = (int)result.GetValue(seed)!.Value,
                    Compared = ReadCompared(result, compare, published),
                    Truth = result.GetValue(truth),
                    Out = result.GetValue(path),
                    Json = result.GetValue(json),
                }.Run(cancellation)
        );
        return command;
    }

    /// <summary>The published family, if it is asked for; a setting that nothing would use is refused rather than passed over.</summary>
    private static PublishedFoliations? ReadCompared(
        ParseResult result,
        Option<string?> compare,
        PublishedFamilyOptions published
    )
    {
        if (PublishedFamilyOptions.IsCompared(result.GetValue(compare)))
        {
            return published.Read(result);
        }

        return Array.Find(published.All, result.WasGiven) is { } option
            ? throw new ArgumentException(
                $"{option.Name} is of the published recipe; leave it out, or add --compare simexp."
            )
            : null;
    }
}
