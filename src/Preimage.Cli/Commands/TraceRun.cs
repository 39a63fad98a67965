using System.Diagnostics;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Results;

namespace Preimage.Cli.Commands;

/// <summary>One trace, as the command line asks for it.</summary>
internal sealed record TraceRun
{
    public required string Model { get; init; }
    public required string At { get; init; }
    public required string? Box { get; init; }
    public required RecipeArgument Recipe { get; init; }
    public required string[] Compare { get; init; }
    public required string? Out { get; init; }
    public required bool Json { get; init; }

    /// <summary>Traces, writes the files, and says what was found.</summary>
    public ExitCode Run(CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Tracing.Tracer tracer = Recipe.Tracer();
        FigureTarget? target = Out is null ? null : FigureTarget.Parse(Out);
        Network network = Models.Load(Model);
        double[] start = PointArgument.Parse(At, network.Signature);
        Box box = BoxArgument.Parse(Box, network.Signature);
        target?.Probe();

        Fiber fiber = ProgressDisplay.Trace(Json, sink => tracer.Trace(network.Map, start, box, sink, cancellation));
        FiberReport report = new()
        {
            Run = Record(network, start, box, watch.Elapsed.TotalSeconds),
            Fiber = fiber,
            Box = box,
            Title = $"Fiber of ({string.Join(", ", start.Select(x => x.ToString("G6")))})",
            Name = Recipe.Name,
            Start = [.. start],
            Others = [.. Compare.Select(name => Beside(name, network, start, box, cancellation))],
        };
        IReadOnlyList<string> files = target?.Write(FieldSampler.WithField(report, network.Map)) ?? [];
        if (Json)
        {
            Console.Out.WriteLine(JsonText.Of(report.Run, fiber));
        }
        else
        {
            TraceReport.Write(report, Recipe, files);
        }

        return fiber.Curve.Start.IsPartial() || fiber.Curve.End.IsPartial() ? ExitCode.Partial : ExitCode.Done;
    }

    private NamedCurve Beside(string name, Network network, double[] start, Box box, CancellationToken cancellation)
    {
        RecipeArgument recipe = Recipe with { Name = name };
        string label = recipe.IsExact ? name : $"{name}, delta = {recipe.Delta:G4}";
        return new NamedCurve(label, recipe.Tracer().Trace(network.Map, start, box, null, cancellation).Curve);
    }

    private RunRecord Record(Network network, double[] start, Box box, double seconds) =>
        JsonReport.Record(
            "trace",
            network,
            seconds,
            [
                new("at", [.. start]),
                new("box", [.. box.Lower.Zip(box.Upper).SelectMany(pair => new[] { pair.First, pair.Second })]),
                .. Recipe.Settings(),
            ]
        );
}
