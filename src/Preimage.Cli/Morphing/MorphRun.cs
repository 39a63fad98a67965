using System.Diagnostics;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Cli.Morphing;

/// <summary>One morph, as the command line asks for it.</summary>
internal sealed record MorphRun
{
    public required SliceWords Slice { get; init; }
    public required string Towards { get; init; }
    public required HoldArgument Hold { get; init; }
    public required int Frames { get; init; }
    public required long Steps { get; init; }
    public required double Tolerance { get; init; }
    public required string? Out { get; init; }
    public required EmbeddingReading Reading { get; init; }
    public required bool Json { get; init; }

    /// <summary>Goes, writes the files, and says what was found.</summary>
    public ExitCode Run(CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        FigureTarget? files = Out is null ? null : FigureTarget.ParseTrail(Out, Slice);
        KeepOffTarget(files);
        (Network network, SliceWords told) = Slice.Load();
        MapChoice choice = MapChoice.Of(network, told);
        double[] start = choice.Start!;
        double[] target = TowardsArgument.Parse(Towards, network, Slice, told);
        Box box = BoxArgument.Parse(Slice.Box, choice.Signature);
        BoxArgument.Demand(box, choice.Signature, start);
        ITrailReading reading = Reading.Prepare(Slice, choice, Out);
        files?.Probe();

        (IMap map, IMorphHold hold) = Hold.Of(choice.Map, start);
        Morpher morpher = new()
        {
            Hold = hold,
            Frames = Frames,
            MostSteps = Steps,
            Tolerance = Tolerance,
        };
        MorphQuestion question = new()
        {
            Map = map,
            Start = [.. start],
            Target = [.. target],
            Box = box,
        };
        Results.Morphing path = ProgressDisplay.Wait(Json, "Morphing", () => morpher.Run(question, null, cancellation));
        RunRecord record = Record(network, choice, (start, target, box)) with { Seconds = watch.Elapsed.TotalSeconds };
        MorphReport report = new(record, choice, told, path);
        IReadOnlyList<string> written = files is null ? [] : files.Write(reading.Of(report.Trail()), report.WriteJson);
        if (Json)
        {
            JsonReport.Write(record, report.WriteJson);
        }
        else
        {
            report.WriteTable(written);
        }

        return path.Ending.IsComplete() ? ExitCode.Done
            : path.Ending is Ending.NotFinite or Ending.Singular ? ExitCode.Failed
            : ExitCode.Partial;
    }

    private void KeepOffTarget(FigureTarget? files)
    {
        if (PointArgument.File(Towards) is { } file)
        {
            FigureTarget.KeepOffPath(Out, file);
            files?.KeepOff(file);
        }
    }

    private RunRecord Record(Network network, MapChoice choice, (double[] Start, double[] Target, Box Box) asked)
    {
        bool isListed = asked.Start.Length <= BoxArgument.MostListed;
        Setting[] points = isListed
            ? [new("at", [.. asked.Start]), new("towards", [.. asked.Target])]
            : [new("at", Slice.Point), new("towards", Towards)];
        return JsonReport.Record(
            "morph",
            network,
            0,
            [
                .. points,
                BoxArgument.Record(asked.Box, Slice.Box),
                .. choice.Settings,
                .. TowardsArgument.Settings(Towards, Slice, choice),
                .. Hold.Settings(),
                .. Reading.Settings(),
                new("frames", Frames),
                new("steps", Steps),
                new("tolerance", Tolerance),
                new("seed", 0),
            ]
        ) with
        {
            Signature = choice.Signature,
        };
    }
}
