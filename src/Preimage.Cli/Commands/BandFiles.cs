using System.Globalization;
using System.Text;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Results;

namespace Preimage.Cli.Commands;

/// <summary>The files of a band: those of every figure, the polygons as GeoJSON and WKT, and the sample.</summary>
internal sealed record BandFiles(FigureTarget Figures, bool Polygons, bool PolygonText, bool Sample)
{
    private const string GeoJsonEnding = ".geojson";
    private const string WktEnding = ".wkt";
    private const string SampleEnding = ".samples.csv";

    /// <summary>The files that --out asks for; null where it is not given.</summary>
    /// <exception cref="ArgumentException">There is no such file of a band, or it would lie over an input.</exception>
    public static BandFiles? Parse(string? path, SliceWords words, string? test)
    {
        if (path is null)
        {
            return null;
        }

        foreach (string ending in (string[])[GeoJsonEnding, WktEnding, SampleEnding])
        {
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return Kept(
                    new BandFiles(
                        new FigureTarget(path[..^ending.Length], FigureFormats.None),
                        ending == GeoJsonEnding,
                        ending == WktEnding,
                        ending == SampleEnding
                    ),
                    words,
                    test
                );
            }
        }

        FigureTarget figures = FigureTarget.ParsePlane(path, words, GeoJsonEnding, WktEnding, SampleEnding)!;
        bool all = figures.Formats == FigureFormats.Default;
        return Kept(new BandFiles(figures, all, all, all), words, test);
    }

    /// <summary>Refuses what only two inputs have.</summary>
    /// <exception cref="ArgumentException">Polygons were asked for in another dimension.</exception>
    public void CheckDimension(int inputs)
    {
        bool polygonsOnly = Figures.Formats == FigureFormats.None && !Sample;
        if (inputs != 2 && polygonsOnly)
        {
            throw new ArgumentException(
                $"--out asks for polygons, and only of two free inputs there are some, not of {inputs}; end it with .csv or .json, or name two inputs with --free."
            );
        }
    }

    /// <summary>Finds out before the run whether the files could be written.</summary>
    /// <exception cref="OutputException">They could not.</exception>
    public void Probe() => Figures.Probe();

    /// <summary>Writes them.</summary>
    /// <returns>Their paths.</returns>
    public IReadOnlyList<string> Write(BandReport report)
    {
        ResultTexts texts = new(report.Json, report.Csv);
        List<string> written = [];
        if (Figures.Formats != FigureFormats.None)
        {
            written.AddRange(
                report.Found.Region is { } plane
                    ? Figures.Write(BandFigure.Of(report, plane), texts)
                    : Figures.WriteTexts(texts, report.Found.IsPlane)
            );
        }

        if (report.Found.Region is { } region)
        {
            When(Polygons, GeoJsonEnding, () => GeoJsonFile.Text(region) + "\n");
            When(PolygonText, WktEnding, () => WktFile.Text(region) + "\n");
        }

        if (report.Found.Sample is { } sample)
        {
            When(Sample, SampleEnding, () => Csv(report, sample));
        }

        return written;

        void When(bool wanted, string ending, Func<string> text)
        {
            if (wanted)
            {
                AtomicFile.Write(Figures.Path + ending, text());
                written.Add(Figures.Path + ending);
            }
        }
    }

    private static BandFiles Kept(BandFiles files, SliceWords words, string? test)
    {
        string[] inputs =
        [
            .. new[] { words.Model.Path, words.At is { } at ? PointArgument.File(at) : null, test }.OfType<string>(),
        ];
        foreach (string input in inputs)
        {
            files.Figures.KeepOff(input);
            if (files.Sample && Path.GetFullPath(input) == Path.GetFullPath(files.Figures.Path + SampleEnding))
            {
                throw new ArgumentException($"--out would write over the input '{input}'; choose another name.");
            }
        }

        return files;
    }

    /// <summary>A line a point: the inputs by name, which --at and --test read back.</summary>
    private static string Csv(BandReport report, BandSample sample)
    {
        StringBuilder csv = new();
        csv.AppendJoin(',', report.Question.Signature.Inputs.Select(v => v.Name)).Append('\n');
        for (int i = 0; i < sample.Count; i++)
        {
            csv.AppendJoin(',', sample.Point(i).ToArray().Select(x => x.ToString("R", CultureInfo.InvariantCulture)))
                .Append('\n');
        }

        return csv.ToString();
    }
}
