using System.Collections.Immutable;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Laws;
using Preimage.Tracing;

namespace Preimage.Tests.Levels;

/// <summary>
/// Level sets without enclosures: every change of sign along the lines of a grid is a start, traced unless a curve runs through it already.
/// Complete as far as the grid is fine enough, and so never proved.
/// </summary>
internal sealed record TracedLevels(IMap Map, Box Box)
{
    public double Chord { get; init; } = 1e-4;

    public int Lines { get; init; } = 40;

    /// <summary>A start is on a curve when it is this near to its polyline, in widths of the box.</summary>
    private double Near => 4 * Chord;

    public Region Band(double from, double to) =>
        RegionAssembly.Assemble(
            new BandBorder(
                Map,
                Box,
                from,
                to,
                double.IsInfinity(from) ? null : At(from),
                double.IsInfinity(to) ? null : At(to)
            )
        );

    public LevelSet At(double level)
    {
        List<Curve> curves = [];
        foreach (double[] start in Starts(level))
        {
            if (!curves.Exists(c => Passes(c, start)))
            {
                curves.Add(
                    (Tracer.Continuation with { Steps = new ChordControl(Chord) }).Traced(Map, start, Box).Curve
                );
            }
        }

        return Set(level, [.. curves.Select(c => ImmutableArray.Create(c))]);
    }

    public static LevelSet Set(double level, params ImmutableArray<Curve>[] components) =>
        new()
        {
            Level = level,
            Components = [.. components.Select(c => new LevelComponent { Branches = c, Verdict = Verdict.Unknown })],
            Undecided = [],
            CriticalPoints = [],
            Verdict = Verdict.Unknown,
            Range = (double.NegativeInfinity, double.PositiveInfinity),
            Enclosures = 0,
            Evaluations = 0,
        };

    private IEnumerable<double[]> Starts(double level)
    {
        for (int axis = 0; axis < 2; axis++)
        {
            for (int i = 0; i <= Lines; i++)
            {
                for (int j = 0; j < Lines; j++)
                {
                    double[] p = Node(axis, i, j);
                    double[] q = Node(axis, i, j + 1);
                    if ((Map.Evaluate(p)[0] < level) != (Map.Evaluate(q)[0] < level))
                    {
                        yield return Root(level, p, q);
                    }
                }
            }
        }
    }

    private double[] Node(int axis, int i, int j)
    {
        double[] share = axis == 0 ? [(double)j / Lines, (double)i / Lines] : [(double)i / Lines, (double)j / Lines];
        return
        [
            share[0] == 1 ? Box.Upper[0] : Box.Lower[0] + share[0] * (Box.Upper[0] - Box.Lower[0]),
            share[1] == 1 ? Box.Upper[1] : Box.Lower[1] + share[1] * (Box.Upper[1] - Box.Lower[1]),
        ];
    }

    private double[] Root(double level, double[] p, double[] q)
    {
        bool below = Map.Evaluate(p)[0] < level;
        for (int k = 0; k < 60; k++)
        {
            double[] middle = [p[0] + 0.5 * (q[0] - p[0]), p[1] + 0.5 * (q[1] - p[1])];
            (p, q) = (Map.Evaluate(middle)[0] < level) == below ? (middle, q) : (p, middle);
        }

        return p;
    }

    private bool Passes(Curve curve, double[] x)
    {
        (double w, double h) = (Box.Upper[0] - Box.Lower[0], Box.Upper[1] - Box.Lower[1]);
        int segments = curve.Closed ? curve.Count : curve.Count - 1;
        for (int i = 0; i < segments; i++)
        {
            ReadOnlySpan<double> p = curve.Point(i);
            ReadOnlySpan<double> q = curve.Point((i + 1) % curve.Count);
            (double ax, double ay) = ((x[0] - p[0]) / w, (x[1] - p[1]) / h);
            (double bx, double by) = ((q[0] - p[0]) / w, (q[1] - p[1]) / h);
            double share = Math.Clamp((ax * bx + ay * by) / (bx * bx + by * by), 0, 1);
            if (Math.Max(Math.Abs(ax - share * bx), Math.Abs(ay - share * by)) < Near)
            {
                return true;
            }
        }

        return curve.Count == 1 && curve.Point(0).SequenceEqual(x);
    }
}
