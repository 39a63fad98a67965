using System.Diagnostics;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Enclosing;
using Preimage.Figures;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tracing;
using Preimage.Training.Data;

namespace Preimage.Cli.Commands;

/// <summary>One band, as the command line asks for it.</summary>
internal sealed record BandRun
{
    private const int MostCoordinates = 20_000_000;

    public required SliceWords Slice { get; init; }
    public required string? From { get; init; }
    public required string? To { get; init; }
    public required double Chord { get; init; }
    public required double? Gap { get; init; }
    public required long Boxes { get; init; }
    public required string? Test { get; init; }
    public required int? Sample { get; init; }
    public required int Seed { get; init; }
    public required PublishedFoliations? Compared { get; init; }
    public required string? Truth { get; init; }
    public required string? Out { get; init; }
    public required bool Json { get; init; }

    /// <summary>Searches, writes the files, and says what was found.</summary>
    public ExitCode Run(CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        BandFiles? target = BandFiles.Parse(Out, Slice, Test);
        Question question = Question.Of(Slice).OfOneOutput("a band");
        (double from, double to) = Ends();
        if (Compared is not null && (question.Start is null || question.Map.Inputs != 2))
        {
            throw new ArgumentException(
                "--compare runs from a point through the fibers of two inputs; give the point with --at, and leave two inputs free."
            );
        }

        Truth? truth = TruthArgument.Parse(Truth, question.Signature);
        double[][] tests = Test is null ? [] : PointArgument.ParseTable(Test, question.Signature, "--test");
        CheckSample(question.Map.Inputs);
        target?.CheckDimension(question.Map.Inputs);
        target?.Probe();
        BandFound found = ProgressDisplay.Wait(
            Json,
            "searching the box",
            () => Search(question, (from, to), tests, cancellation)
        );
        RunRecord run = question.Record("band", watch.Elapsed.TotalSeconds, Settings(from, to, truth, found));
        BandReport report = new(question, run, found, truth);
        IReadOnlyList<string> files = target is null ? [] : target.Write(report);
        if (Json)
        {
            Console.Out.WriteLine(report.Json());
        }
        else
        {
            report.Write(files);
        }

        return found.IsWhole ? ExitCode.Done : ExitCode.Partial;
    }

    private BandFound Search(
        Question question,
        (double From, double To) band,
        double[][] tests,
        CancellationToken cancellation
    )
    {
        IMap map = question.Map;
        ICurvedEnclosedMap enclosure = question.Choice.Enclosure;
        (Region? region, string? refusal) = map.Inputs == 2 ? Polygons(question, band, cancellation) : (null, null);
        Paving paving = new Paver { Gap = GapOf(map.Inputs), Boxes = Boxes }.Pave(
            question.Choice.Relaxation,
            band.From,
            band.To,
            question.Box,
            cancellation
        );
        return new BandFound
        {
            From = band.From,
            To = band.To,
            IsPlane = map.Inputs == 2,
            Region = region,
            Refusal = refusal,
            Paving = paving,
            Tests =
            [
                .. tests.Select(x => new TestedPoint(
                    x,
                    map.Evaluate(x)[0],
                    question.Box.Contains(x),
                    Membership.Of(enclosure, band.From, band.To, x)
                )),
            ],
            Beside = Compared?.Trace(map, question.Start!, question.Box, cancellation),
            Asked = Sample,
            Sample = Sample is { } count
                ? new BandSampling(band.From, band.To) { Seed = Seed }.Draw(map, paving, count, cancellation)
                : null,
        };
    }

    /// <summary>The polygons, or why the curves that were found do not bound a region, as where a search was stopped: the boxes are proved all the same.</summary>
    private (Region? Region, string? Refusal) Polygons(
        Question question,
        (double From, double To) band,
        CancellationToken cancellation
    )
    {
        Bands recipe = new()
        {
            LevelSets = new LevelSets { Tracer = Tracer.Continuation with { Steps = new ChordControl(Chord) } },
        };
        try
        {
            return (recipe.Find(question.Map, question.Choice.Enclosure, band, question.Box, cancellation), null);
        }
        catch (GeometryException refusal)
        {
            string reason = cancellation.IsCancellationRequested
                ? "the search was stopped before its curves were whole."
                : refusal.Message;
            return (null, reason);
        }
    }

    private void CheckSample(int inputs)
    {
        int most = MostCoordinates / inputs;
        if (Sample > most)
        {
            throw new ArgumentException(
                $"--sample is {Sample}, more than are held at once of {Numbers.Count(inputs, "input")}; give at most {most}, and take others with another --seed."
            );
        }
    }

    private double GapOf(int inputs) => Gap ?? (inputs == 1 ? 1e-9 : new Paver().Gap);

    private (double From, double To) Ends()
    {
        if (From is null && To is null)
        {
            throw new ArgumentException("Give the band with --from, --to or both; an end left out is open.");
        }

        double from = From is null ? double.NegativeInfinity : Numbers.ParseOne(From, "--from");
        double to = To is null ? double.PositiveInfinity : Numbers.ParseOne(To, "--to");
        if (double.IsPositiveInfinity(from) || double.IsNegativeInfinity(to))
        {
            throw new ArgumentException(
                double.IsPositiveInfinity(from)
                    ? $"--from is {From}, above every output; give a number, or leave it out for no end below."
                    : $"--to is {To}, below every output; give a number, or leave it out for no end above."
            );
        }

        return from <= to
            ? (from, to)
            : throw new ArgumentException(
                $"The band is empty: --from {from:R} lies above --to {to:R}; give the lower end first."
            );
    }

    private IEnumerable<Setting> Settings(double from, double to, Truth? truth, BandFound found)
    {
        yield return new("from", from);
        yield return new("to", to);
        yield return new("gap", GapOf(found.Paving.Dimension));
        yield return new("boxes", Boxes);
        if (found.Region is not null)
        {
            yield return new("chord", Chord);
        }

        if (Sample is { } count)
        {
            yield return new("sample", count);
            yield return new("seed", Seed);
        }

        foreach (Setting setting in Compared is null ? [] : PublishedFamilyOptions.Settings(Compared))
        {
            yield return setting;
        }

        foreach (Setting setting in TruthArgument.Settings(truth, found.Curves.Select(c => c.Curve)))
        {
            yield return setting;
        }
    }
}
