using System.Globalization;
using System.Text;
using Preimage.Enclosing;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tracing;

namespace Preimage.Bench;

/// <summary>Proved level sets beside grids of equal accuracy, and certified areas of bands by the gap asked for.</summary>
internal static class LevelsReport
{
    private const int FinestGrid = 12_800;
    private const int UsualGrid = 1000;

    public static string Markdown()
    {
        StringBuilder text = new();
        text.AppendLine("# Level sets and bands");
        text.AppendLine();
        text.AppendLine("This file is written by one command, from the root of the repository:");
        text.AppendLine();
        text.AppendLine("    dotnet run -c Release --project bench -- levels bench/reports/levels.md");
        text.AppendLine();
        text.AppendLine(
            "Counts are the same on every machine. Times are warm, on one core, the fastest of many blocks taken in turn; differences under 20 % are noise."
        );
        text.AppendLine();
        text.AppendLine(Timing.Machine());
        Levels(text);
        Bands(text);
        return text.ToString();
    }

    private static void Levels(StringBuilder text)
    {
        text.AppendLine();
        text.AppendLine("## A level, proved, beside a grid of equal accuracy");
        text.AppendLine();
        text.AppendLine(
            "Proved: all components, by enclosures and traced at the chord; critical points included. The grid: as many squares a side, doubled from 50, as it takes until no crossing of its edges is farther from the level than the chord (in half widths; the batched value of the network, without gradients); it proves nothing, and its polyline has straight sides. Evaluations of the proof count values with gradients; enclosures cost about ten of them each."
        );
        text.AppendLine();
        text.AppendLine(
            "| network | level | chord | components | verdict | enclosures | evaluations | time | grid | grid's evaluations | time | pieces on it | pieces on 1000 x 1000 | time, grid : proved |"
        );
        text.AppendLine("|---|---:|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (FiberCase @case in Cases())
        {
            foreach (double level in Values(@case.Name))
            {
                foreach (double chord in new[] { 1e-4, 1e-6 })
                {
                    text.AppendLine(Level(@case, level, chord));
                }
            }
        }
    }

    private static IEnumerable<FiberCase> Cases() =>
        Fibers.Published().Concat(Fibers.Examples().Where(e => e.Network is { Inputs: 2, Outputs: 1 }));

    private static double[] Values(string name) =>
        name switch
        {
            "surface_1_good_weights" => [0.13813063, 0.15, 0.4, 0.87],
            "thermodynamics_weights_addestrata_bene" => [0.4],
            "weights_binary" => [0.5],
            "03-ideal-gas" => [900],
            _ => [0.4],
        };

    private static string Level(FiberCase @case, double level, double chord)
    {
        IMap map = @case.Network.Map;
        NetworkEnclosure enclosure = new(@case.Network);
        LevelSets recipe = new() { Tracer = Tracer.Continuation with { Steps = new ChordControl(Chord: chord) } };
        LevelSet found = recipe.Find(map, enclosure, level, @case.Box);
        int cells = 50;
        MarchingSquares grid = new(map, @case.Box, cells);
        while (cells < FinestGrid && IsCoarse(grid, level, chord))
        {
            cells *= 2;
            grid = new MarchingSquares(map, @case.Box, cells);
        }

        bool reached = !IsCoarse(grid, level, chord);
        MarchingSquares usual = new(map, @case.Box, UsualGrid);
        usual.Vertices(level);
        double[] times = Once(() => recipe.Find(map, enclosure, level, @case.Box), () => grid.Vertices(level));
        string size = (reached ? "" : "> ") + cells.ToString(CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {@case.Name} | {level} | {chord:0e0} | {found.Components.Length} | {found.Verdict} | {found.Enclosures} | {found.Evaluations} | {Timing.Time(times[0])} | {size} | {grid.Evaluations} | {Timing.Time(times[1])} | {grid.Components(level)} | {usual.Components(level)} | {times[1] / times[0]:0.0} |"
        );
    }

    /// <summary>No crossing at all is coarse: there is a level to be found.</summary>
    private static bool IsCoarse(MarchingSquares grid, double level, double chord)
    {
        List<double> vertices = grid.Vertices(level);
        return vertices.Count == 0 || grid.Error(level, vertices) > chord;
    }

    private static void Bands(StringBuilder text)
    {
        text.AppendLine();
        text.AppendLine("## The area of a band, certified");
        text.AppendLine();
        text.AppendLine(
            "The gap is (outer - inner) / area of the box. Relaxed: boxes bounded by affine functions carried through the network; mean value: by the middle of the enclosed gradient."
        );
        text.AppendLine();
        text.AppendLine("| network | band | gap | boxes, relaxed | time | boxes, mean value | time |");
        text.AppendLine("|---|---|---:|---:|---:|---:|---:|");
        foreach (FiberCase @case in Cases())
        {
            (double from, double to) = Band(@case.Name);
            foreach (double gap in new[] { 1e-2, 1e-3, 1e-4 })
            {
                text.AppendLine(Area(@case, from, to, gap));
            }
        }
    }

    private static (double From, double To) Band(string name) =>
        name switch
        {
            "surface_1_good_weights" => (0.1416094864023021, 0.15160173064119634),
            "thermodynamics_weights_addestrata_bene" => (0.4, 0.6),
            "weights_binary" => (0.05, 0.95),
            "03-ideal-gas" => (528.5, 628.5),
            _ => (0.2, 0.3),
        };

    private static string Area(FiberCase @case, double from, double to, double gap)
    {
        Paver paver = new() { Gap = gap };
        NetworkRelaxation relaxed = new(@case.Network);
        MeanValueRelaxation mean = new(new NetworkEnclosure(@case.Network));
        Paving first = paver.Pave(relaxed, from, to, @case.Box, CancellationToken.None);
        Paving second = paver.Pave(mean, from, to, @case.Box, CancellationToken.None);
        double[] times = Once(
            () => paver.Pave(relaxed, from, to, @case.Box, CancellationToken.None),
            () => paver.Pave(mean, from, to, @case.Box, CancellationToken.None)
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {@case.Name} | {from:G4} to {to:G4} | {gap:0e0} | {first.Enclosures} | {Timing.Time(times[0])} | {second.Enclosures} | {Timing.Time(times[1])} |"
        );
    }

    /// <summary>The fastest of a few calls of each: these take milliseconds, too long for blocks.</summary>
    private static double[] Once(params Action[] works)
    {
        const int Rounds = 12;
        double[] fastest = new double[works.Length];
        Array.Fill(fastest, double.PositiveInfinity);
        for (int round = 0; round < Rounds; round++)
        {
            for (int k = 0; k < works.Length; k++)
            {
                fastest[k] = Math.Min(fastest[k], Timing.Single(works[k]));
            }
        }

        return fastest;
    }
}
