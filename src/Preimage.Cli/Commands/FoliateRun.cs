using System.Collections.Immutable;
using System.Diagnostics;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tracing;
using Preimage.Training.Data;

namespace Preimage.Cli.Commands;

/// <summary>One family of fibers, as the command line asks for it.</summary>
internal sealed record FoliateRun
{
    public required SliceWords Slice { get; init; }
    public required string? Levels { get; init; }
    public required int Count { get; init; }
    public required string? From { get; init; }
    public required string? To { get; init; }
    public required bool IsLift { get; init; }
    public required bool IsCompared { get; init; }
    public required string Scale { get; init; }
    public required double Chord { get; init; }
    public required PublishedFoliations Published { get; init; }
    public required string? Truth { get; init; }
    public required bool HasKinks { get; init; }
    public required string? Out { get; init; }
    public required bool Json { get; init; }

    /// <summary>Traces, writes the files, and says what was found.</summary>
    public ExitCode Run(CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        FigureTarget? target = FigureTarget.ParsePlane(Out, Slice);
        Question question = Question.Of(Slice).OfOneOutput("a family of fibers").OfAtMost(2, "a family of fibers");
        Truth? truth = TruthArgument.Parse(Truth, question.Signature);
        Curve[] kinks = KinkLines.Curves(
            KinkLines.AreAsked(HasKinks, Out),
            question.Choice,
            question.Box,
            cancellation
        );
        target?.Probe();
        Foliation foliation = ProgressDisplay.Wait(Json, "tracing the family", () => Trace(question, cancellation));
        Foliation? beside = IsCompared ? PublishedFamily(question, cancellation) : null;
        bool whole = foliation.Leaves.Length == foliation.Asked && foliation.Leaves.All(IsWhole);
        RunRecord run = question.Record("foliate", watch.Elapsed.TotalSeconds, Settings(question, foliation, truth));
        IReadOnlyList<string> files = target is null
            ? []
            : target.Write(
                Report(question, run, (foliation, beside, kinks), truth),
                new ResultTexts(
                    () => FoliationText.Json(run, foliation),
                    () => FoliationText.Csv(foliation, question.Signature)
                )
            );
        if (Json)
        {
            Console.Out.WriteLine(FoliationText.Json(run, foliation));
        }
        else
        {
            FoliateReport.Write(
                question,
                run,
                (foliation, beside, !whole && cancellation.IsCancellationRequested),
                files
            );
        }

        return whole ? ExitCode.Done : ExitCode.Partial;
    }

    private Foliation Trace(Question question, CancellationToken cancellation)
    {
        if (!IsLift)
        {
            return PublishedFamily(question, cancellation);
        }

        Foliations recipe = new()
        {
            Lift = new Lift { Scale = Units(question.Signature), Steps = new ChordControl(Chord) },
            Tracer = Tracer.Continuation with { Steps = new ChordControl(Chord) },
        };
        return recipe.Trace(
            question.Map,
            question.Start!,
            Asked(recipe, question, cancellation).AsSpan(),
            question.Box,
            cancellation
        );
    }

    private Foliation PublishedFamily(Question question, CancellationToken cancellation) =>
        Published.Trace(question.Map, question.Start!, question.Box, cancellation);

    /// <summary>The levels named, or evenly spaced ones; an end that is not given is where the way across ends, and has no leaf.</summary>
    private ImmutableArray<double> Asked(Foliations recipe, Question question, CancellationToken cancellation)
    {
        if (Levels is not null)
        {
            return [.. Numbers.Parse(Levels, "--levels").Select(level => Finite(level, "--levels")).Distinct()];
        }

        (double lowest, double highest) =
            From is null || To is null
                ? recipe.Reach(question.Map, question.Start!, question.Box, cancellation)
                : (0, 0);
        double low = From is null ? lowest : Finite(Numbers.ParseOne(From, "--from"), "--from");
        double high = To is null ? highest : Finite(Numbers.ParseOne(To, "--to"), "--to");
        if (!(low <= high))
        {
            throw new ArgumentException(
                From is not null && To is not null
                    ? $"--from {low:R} lies above --to {high:R}; give the lower end first."
                    : $"The family would go from {low:G6} to {high:G6}; give an end within reach, as the way across takes {question.Output.Name} from {lowest:G6} to {highest:G6}."
            );
        }

        int below = From is null ? 1 : 0;
        int above = To is null ? 1 : 0;
        return [.. Foliations.Evenly(low, high, Count + below + above).Skip(below).Take(Count)];
    }

    private static double Finite(double level, string option) =>
        double.IsFinite(level) ? level : throw new ArgumentException($"{option} has {level}; give finite outputs.");

    private IScale Units(Signature signature) =>
        Choice.Of<IScale>(
            Scale,
            "--scale",
            ("input", new LargestHalfWidth()),
            ("box", new HalfWidths()),
            (
                "auto",
                signature.Inputs.Select(v => v.Unit).Distinct(StringComparer.Ordinal).Count() > 1
                    ? new HalfWidths()
                    : new LargestHalfWidth()
            )
        );

    private static bool IsWhole(Leaf leaf) => leaf.Fiber.Curve.Start.IsComplete() && leaf.Fiber.Curve.End.IsComplete();

    private IEnumerable<Setting> Settings(Question question, Foliation foliation, Truth? truth)
    {
        if (IsLift)
        {
            yield return new("recipe", "lift");
            yield return new("chord", Chord);
            yield return new("scale", Units(question.Signature) is HalfWidths ? "box" : "input");
        }
        else
        {
            yield return new("recipe", "simexp");
        }

        if (!IsLift || IsCompared)
        {
            foreach (Setting setting in PublishedFamilyOptions.Settings(Published))
            {
                yield return setting;
            }
        }

        foreach (Setting setting in TruthArgument.Settings(truth, foliation.Leaves.Select(leaf => leaf.Fiber.Curve)))
        {
            yield return setting;
        }
    }

    private PlaneReport Report(
        Question question,
        RunRecord run,
        (Foliation Exact, Foliation? Beside, Curve[] Kinks) families,
        Truth? truth
    )
    {
        string name = question.Output.Name;
        return FieldSampler.WithField(
            new PlaneReport
            {
                Run = run,
                Box = question.Box,
                Title = $"Fibers of {name} through the lift of ({Tables.ShowPoint(question.Start!)})",
                Facts =
                [
                    .. question.Held(),
                    .. FoliateReport.Facts(families.Exact),
                    .. LevelReport.Error(run) is { } error
                        ? [("network's error", error)]
                        : Array.Empty<(string, string)>(),
                ],
                Curves =
                [
                    .. families.Beside?.Leaves.Select(leaf => new PlaneCurve(leaf.Fiber.Curve, "simexp", Beside: true))
                        ?? [],
                    .. families.Exact.Leaves.SelectMany(leaf =>
                        PlaneCurves.True(truth, [leaf.Fiber.Curve], leaf.Level[0], question.Box)
                    ),
                    .. families.Exact.Leaves.Select(leaf => new PlaneCurve(
                        leaf.Fiber.Curve,
                        IsLift ? "fibers" : "simexp",
                        leaf.Level[0]
                    )),
                    new PlaneCurve(families.Exact.Lift, IsLift ? "lift" : "steps across"),
                    .. families.Kinks.Select(line => new PlaneCurve(line, KinkLines.Name, Beside: true)),
                ],
                Points = [new PlanePoint([.. question.Start!], "start")],
            },
            question.Map
        );
    }
}
