using System.Diagnostics;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Results;
using Preimage.Training.Data;

namespace Preimage.Cli.Commands;

/// <summary>One trace, as the command line asks for it.</summary>
internal sealed record TraceRun
{
    public required SliceWords Slice { get; init; }
    public required RecipeArgument Recipe { get; init; }
    public required string[] Compare { get; init; }
    public required string? Truth { get; init; }
    public required string? Out { get; init; }
    public required string? Resume { get; init; }
    public required bool Json { get; init; }

    /// <summary>Traces, writes the files, and says what was found.</summary>
    public ExitCode Run(CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Tracing.Tracer tracer = Traced.Tracer();
        FigureTarget.KeepOffPath(Out, Slice);
        FigureTarget? target = Out is null ? null : FigureTarget.Parse(Out);
        target?.KeepOff(Slice);
        (Network network, SliceWords told) = Slice.Load();
        MapChoice choice = MapChoice.Of(network, told);
        double[] start = choice.Start!;
        Box box = BoxArgument.Parse(Slice.Box, choice.Signature);
        Truth? truth = TruthArgument.Parse(Truth, choice.Signature);
        target?.Probe();

        Fiber? before = Resume is null
            ? null
            : StateFile.Read(Resume, network.Description!.Sha256, Question(Record(network, choice, start, box)));
        Fiber fiber = ProgressDisplay.Trace(
            Json,
            sink =>
                before is null
                    ? tracer.Trace(choice.Map, start, box, sink, cancellation)
                    : tracer.Resume(choice.Map, before, box, sink, cancellation)
        );
        FiberReport report = new()
        {
            Run = Judged(Record(network, choice, start, box), truth, fiber) with
            {
                Seconds = watch.Elapsed.TotalSeconds,
            },
            Fiber = fiber,
            Box = box,
            Title =
                $"Fiber of ({string.Join(", ", start.Select(x => x.ToString("G6")))}){(choice.Held is { } held ? $", held {held}" : "")}",
            Name = Recipe.Name,
            Start = [.. start],
            Others =
            [
                .. truth?.Through(start, box) is { } curve
                    ? [new NamedCurve("truth", curve) { IsTruth = true }]
                    : Array.Empty<NamedCurve>(),
                .. Compare.Select(name => Beside(name, choice.Map, start, box, cancellation)),
            ],
        };
        IReadOnlyList<string> files = target is null ? [] : Write(target, report, choice.Map);
        if (Json)
        {
            Console.Out.WriteLine(JsonText.Of(report.Run, fiber));
        }
        else
        {
            TraceReport.Write(report, Recipe, (truth, choice.Held), files);
        }

        return fiber.Curve.Start.IsComplete() && fiber.Curve.End.IsComplete() ? ExitCode.Done : ExitCode.Partial;
    }

    /// <summary>All settings in one line but those that only say when to stop.</summary>
    private static string Question(RunRecord run) =>
        string.Join("; ", run.Settings.Where(setting => setting.Name != "steps").Select(s => $"{s.Name} {s}"));

    /// <summary>The figures and data, and the state of a run that could go on.</summary>
    private static List<string> Write(FigureTarget target, FiberReport report, IMap map)
    {
        List<string> files = [.. target.Write(FieldSampler.WithField(report, map))];
        Curve curve = report.Fiber.Curve;
        if (curve.Start.CanGoOn() || curve.End.CanGoOn())
        {
            files.Add(new StateFile(report.Run.ModelHash, Question(report.Run), report.Fiber).Write(target.Path));
        }
        else
        {
            StateFile.Remove(target.Path);
        }

        return files;
    }

    /// <summary>The recipe of the fiber itself: beside a comparison, --delta and --steps are the other's.</summary>
    private RecipeArgument Traced => Recipe.IsExact && Compare.Length > 0 ? Recipe with { Steps = null } : Recipe;

    private NamedCurve Beside(string name, IMap map, double[] start, Box box, CancellationToken cancellation)
    {
        RecipeArgument recipe = Recipe with { Name = name, Option = "--compare" };
        string label = recipe.IsExact ? name : $"{name}, delta = {recipe.Delta:G4}";
        return new NamedCurve(label, recipe.Tracer().Trace(map, start, box, null, cancellation).Curve);
    }

    /// <summary>The record with the truth, and how far the network is from it.</summary>
    private static RunRecord Judged(RunRecord run, Truth? truth, Fiber fiber) =>
        truth is null
            ? run
            : run with
            {
                Settings = [.. run.Settings, new("truth", truth.Text), new("networkError", truth.Error(fiber.Curve))],
            };

    private RunRecord Record(Network network, MapChoice choice, double[] start, Box box) =>
        JsonReport.Record(
            "trace",
            network,
            0,
            [
                new("at", [.. start]),
                new("box", [.. box.Lower.Zip(box.Upper).SelectMany(pair => new[] { pair.First, pair.Second })]),
                .. choice.Settings,
                .. Traced.Settings(),
                .. Compare.Length > 0 ? Recipe.SettingsBeside(Compare) : [],
            ]
        ) with
        {
            Signature = choice.Signature,
        };
}
