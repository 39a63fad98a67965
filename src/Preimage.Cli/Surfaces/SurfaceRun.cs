using System.Collections.Immutable;
using System.Diagnostics;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Results;
using Preimage.Surfaces;

namespace Preimage.Cli.Surfaces;

/// <summary>One mesh of a surface, as the command line asks for it.</summary>
internal sealed record SurfaceRun
{
    public required SliceWords Slice { get; init; }
    public required SpacingArgument Spacing { get; init; }
    public required long? Triangles { get; init; }
    public required string? Value { get; init; }
    public required string? Axes { get; init; }
    public required string? Color { get; init; }
    public required string? Out { get; init; }
    public required bool Json { get; init; }

    /// <summary>Meshes, writes the files, and says what was found.</summary>
    public ExitCode Run(CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        SurfaceTarget? target = Out is null ? null : SurfaceTarget.Parse(Out, Slice);
        (Network network, SliceWords told) = Slice.Load();
        MapChoice choice = MapChoice.Of(network, told);
        double[] start = choice.Start!;
        Box box = BoxArgument.Parse(Slice.Box, choice.Signature);
        ImmutableArray<int> axes = ReadAxes(choice.Signature);
        int? color = Color is null ? null : Index(choice.Signature, Color, "--color");
        ValueArgument? value = Value is null ? null : ValueArgument.Parse(Value, choice.Signature, seed: 0);
        target?.Probe();

        Arrival? arrival = value?.Reach(choice.Map, start, box, cancellation);
        double[] from = arrival is null ? start : [.. arrival.Point];
        Mesher mesher = new() { Spacing = Spacing.Spacing };
        mesher = Triangles is { } most ? mesher with { MostTriangles = most } : mesher;
        Surface surface = ProgressDisplay.Wait(
            Json,
            "meshing",
            () => mesher.Mesh(choice.Map, from, box, null, cancellation)
        );
        SurfaceReport report = new()
        {
            Run = Record(network, choice, (start, value), box) with { Seconds = watch.Elapsed.TotalSeconds },
            Surface = surface,
            Box = box,
            Title = Title(choice, start, value),
            Start = [.. from],
            Axes = axes,
            Color = color,
        };
        bool any = surface.Triangles.Length > 0;
        IReadOnlyList<string> files =
            target is null || !any ? [] : SurfaceFiles.Write(target.Path, report, target.Formats);
        if (Json)
        {
            Console.Out.WriteLine(SurfaceText.Json(report, mesh: false));
        }
        else
        {
            SurfaceTable.Write(report, choice.Held, files);
        }

        return surface.Ending.IsComplete() ? ExitCode.Done : ExitCode.Partial;
    }

    /// <summary>The inputs of --axes; none where it is not given.</summary>
    private ImmutableArray<int> ReadAxes(Signature signature)
    {
        if (Axes is null)
        {
            return [];
        }

        ImmutableArray<int> axes = [.. Axes.Split(',').Select(name => Index(signature, name.Trim(), "--axes"))];
        return axes.Length == 3 && axes.Distinct().Count() == 3
            ? axes
            : throw new ArgumentException(
                $"--axes is {Axes}; give three different inputs, as in {string.Join(",", signature.Inputs.Take(3).Select(v => v.Name))}."
            );
    }

    private static int Index(Signature signature, string name, string option)
    {
        int index = signature.Inputs.ToList().FindIndex(v => v.Name == name);
        return index >= 0
            ? index
            : throw new ArgumentException(
                $"{option} names '{name}', which is no free input; the inputs are {string.Join(", ", signature.Inputs.Select(v => v.Name))}."
            );
    }

    private static string Title(MapChoice choice, double[] start, ValueArgument? value) =>
        (
            value is null
                ? $"Fiber of ({string.Join(", ", start.Select(x => x.ToString("G6")))})"
                : $"Surface where {ValueArgument.Show(choice.Signature, value.Value)}"
        ) + (choice.Held is { } held ? $", held {held}" : "");

    private RunRecord Record(Network network, MapChoice choice, (double[] At, ValueArgument? Value) start, Box box) =>
        JsonReport.Record(
            "trace",
            network,
            0,
            [
                new("dim", 2),
                new("at", [.. start.At]),
                BoxArgument.Record(box, Slice.Box),
                .. choice.Settings,
                .. start.Value is { } value ? [new Setting("value", value.Value)] : Array.Empty<Setting>(),
                new(Spacing.Name, Spacing.Length),
                .. Triangles is { } most ? [new Setting("steps", most)] : Array.Empty<Setting>(),
                .. Axes is null ? Array.Empty<Setting>() : [new Setting("axes", Axes)],
                .. Color is null ? Array.Empty<Setting>() : [new Setting("color", Color)],
            ]
        ) with
        {
            Signature = choice.Signature,
        };
}
