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

/// <summary>One level set, as the command line asks for it.</summary>
internal sealed record LevelRun
{
    public required SliceWords Slice { get; init; }
    public required string? Value { get; init; }
    public required double Chord { get; init; }
    public required string? Truth { get; init; }
    public required bool HasKinks { get; init; }
    public required string? Out { get; init; }
    public required bool Json { get; init; }

    /// <summary>Searches, writes the files, and says what was found.</summary>
    public ExitCode Run(CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        FigureTarget? target = FigureTarget.ParsePlane(Out, Slice);
        Question question = Question.Of(Slice).OfOneOutput("a level").OfAtMost(2, "a level set");
        if (question.Map.Inputs == 1)
        {
            throw new ArgumentException(
                $"Only {question.Signature.Inputs[0].Name} is free, and a level of one input is single points; leave a second input free, or find the nearest of them with preimage cross."
            );
        }

        double level = Level(question);
        Truth? truth = TruthArgument.Parse(Truth, question.Signature);
        Curve[] kinks = KinkLines.Curves(
            KinkLines.AreAsked(HasKinks, Out),
            question.Choice,
            question.Box,
            cancellation
        );
        target?.Probe();
        LevelSet set = ProgressDisplay.Wait(
            Json,
            "searching the box",
            () =>
                new LevelSets { Tracer = Tracer.Continuation with { Steps = new ChordControl(Chord) } }.Find(
                    question.Map,
                    question.Choice.Enclosure,
                    level,
                    question.Box,
                    cancellation
                )
        );
        RunRecord run = question.Record(
            "level",
            watch.Elapsed.TotalSeconds,
            [
                new("value", level),
                new("chord", Chord),
                .. TruthArgument.Settings(truth, set.Components.SelectMany(c => c.Branches)),
            ]
        );
        IReadOnlyList<string> files = target is null
            ? []
            : target.Write(
                Report(question, run, (set, kinks), truth),
                new ResultTexts(() => LevelSetText.Json(run, set), () => LevelSetText.Csv(set, question.Signature))
            );
        if (Json)
        {
            Console.Out.WriteLine(LevelSetText.Json(run, set));
        }
        else
        {
            LevelReport.Write(question, run, set, cancellation.IsCancellationRequested, files);
        }

        return set.Verdict == Verdict.Proved ? ExitCode.Done : ExitCode.Partial;
    }

    private double Level(Question question)
    {
        if (Value is null)
        {
            return question.Start is { } start ? question.Map.Evaluate(start)[0]
                : question.Choice.IsMargin ? 0
                : throw new ArgumentException("Give the level with --value, or a point of it with --at.");
        }

        if (Slice.At is not null && !Slice.PointHasOtherUse)
        {
            throw new ArgumentException("--value and --at both say the level; give one of them.");
        }

        double level = Numbers.ParseOne(Value, "--value");
        return double.IsFinite(level)
            ? level
            : throw new ArgumentException($"--value is {Value}; give a finite level.");
    }

    private static PlaneReport Report(
        Question question,
        RunRecord run,
        (LevelSet Set, Curve[] Kinks) found,
        Truth? truth
    )
    {
        (LevelSet set, Curve[] kinks) = found;
        string name = $"{question.Output.Name} = {set.Level:G6}";
        Curve[] curves = [.. set.Components.SelectMany(c => c.Branches)];
        return FieldSampler.WithField(
            new PlaneReport
            {
                Run = run,
                Box = question.Box,
                Title = name,
                Facts = [.. question.Held(), .. LevelReport.Heading(set, run)],
                Curves =
                [
                    .. curves.Select(c => new PlaneCurve(c, name, set.Level)),
                    .. PlaneCurves.True(truth, curves, set.Level, question.Box),
                    .. kinks.Select(line => new PlaneCurve(line, KinkLines.Name, Beside: true)),
                ],
                CriticalPoints = set.CriticalPoints,
                Undecided = [.. set.Undecided.Select(u => u.Cell)],
                Points =
                    question.Start is { } start && run.Settings.All(s => s.Name != "free")
                        ? [new PlanePoint([.. start], "start")]
                        : [],
            },
            question.Map
        );
    }
}
