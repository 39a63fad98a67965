using System.Collections.Immutable;
using CsCheck;
using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Enclosing;

/// <summary>What skeletons of random smooth functions obey.</summary>
public abstract class SkeletonLaws
{
    private const int Samples = 12;

    // A level this far (against the range) from every critical value has no feature that a grid of so many cells could miss.
    private const double Margin = 0.03;
    private const int GridCells = 300;

    // Gaps wider than this (against the range) are tried at random levels.
    private const double WideGap = 1e-6;

    private static readonly Box Box = new([-1, -0.9], [1.1, 1]);
    private static readonly Rectangle Rectangle = new(-1, -0.9, 1.1, 1);

    /// <summary>A random function.</summary>
    private protected abstract ICurvedEnclosedMap Function(Random random);

    [Fact]
    public void Components_AreThoseOfADenseGrid() =>
        Gen.Int.Sample(
            seed =>
            {
                Random random = new(seed);
                ICurvedEnclosedMap f = Function(random);
                ImmutableArray<CriticalPoint> critical = Critical(f);
                (double low, double high) = (critical.Min(p => p.ValueLower), critical.Max(p => p.ValueUpper));
                double level = low + (high - low) * random.NextDouble();
                double margin = Margin * (high - low);
                if (critical.Any(p => level > p.ValueLower - margin && level < p.ValueUpper + margin))
                {
                    return;
                }

                Assert.Equal(new SkeletonGrid(f.ToMap(), Box, GridCells).Count(level), Counts(f, level));
            },
            iter: Samples
        );

    [Fact]
    public void BetweenCriticalValues_TheCountsStay() =>
        Gen.Int.Sample(
            seed =>
            {
                Random random = new(seed);
                ICurvedEnclosedMap f = Function(random);
                CriticalPoint[] critical = [.. Critical(f).OrderBy(p => p.ValueLower)];
                double range = critical[^1].ValueUpper - critical[0].ValueLower;
                for (int k = 0; k + 1 < critical.Length; k++)
                {
                    double from = critical[k].ValueUpper;
                    double gap = critical[k + 1].ValueLower - from;
                    if (gap > WideGap * range)
                    {
                        var first = Counts(f, from + gap * (0.01 + 0.98 * random.NextDouble()));
                        Assert.Equal(first, Counts(f, from + gap * 0.01));
                        Assert.Equal(first, Counts(f, from + gap * 0.99));
                    }
                }
            },
            iter: Samples
        );

    [Fact]
    public void CriticalPoints_AreProved_AndBoundTheFunction() =>
        Gen.Int.Sample(
            seed =>
            {
                Random random = new(seed);
                ICurvedEnclosedMap f = Function(random);
                ImmutableArray<CriticalPoint> critical = Critical(f);
                Assert.All(critical, p => Assert.Equal(Verdict.Proved, p.Verdict));
                double[] value = new double[1];
                for (int k = 0; k < 1000; k++)
                {
                    double[] x = [-1 + 2.1 * random.NextDouble(), -0.9 + 1.9 * random.NextDouble()];
                    f.ToMap().Evaluate(x, value);
                    Assert.InRange(value[0], critical.Min(p => p.ValueLower), critical.Max(p => p.ValueUpper));
                }

                // On a disc with corners (Morse): minima less saddles plus maxima of the interior and of the border add up to one.
                Assert.Equal(1, critical.Sum(p => Index(f, p)));
            },
            iter: Samples
        );

    /// <summary>How much the Euler characteristic of { f at most c } grows when c passes the point's value.</summary>
    private static int Index(ICurvedEnclosedMap f, CriticalPoint p)
    {
        Interval[] value = new Interval[1];
        Interval[] slopes = new Interval[2];
        f.EncloseJacobian([p.At[0], p.At[1]], value, slopes);
        double inward =
            p.At[0] == Rectangle.Left ? slopes[0].Middle
            : p.At[0] == Rectangle.Right ? -slopes[0].Middle
            : p.At[1] == Rectangle.Bottom ? slopes[1].Middle
            : -slopes[1].Middle;
        return (p.Place, p.Kind) switch
        {
            (CriticalPlace.Interior, CriticalKind.Saddle) => -1,
            (CriticalPlace.Interior, _) => 1,
            (CriticalPlace.Corner, CriticalKind.Minimum) => 1,
            (CriticalPlace.Corner, _) => 0,
            (_, CriticalKind.Minimum) => inward > 0 ? 1 : 0,
            _ => inward > 0 ? -1 : 0,
        };
    }

    private static ImmutableArray<CriticalPoint> Critical(ICurvedEnclosedMap f) =>
        new CriticalPointSearch().Find(f, Box, TestContext.Current.CancellationToken);

    private static (int Closed, int Open) Counts(ICurvedEnclosedMap f, double level)
    {
        Skeleton skeleton = new SkeletonSearch().Find(f, level, Rectangle, TestContext.Current.CancellationToken);
        Assert.True(skeleton.IsComplete, $"{skeleton.Clusters.Length} places are undecided at level {level:R}");
        return (skeleton.Chains.Count(c => c.Closed), skeleton.Chains.Count(c => !c.Closed));
    }
}

/// <summary>Sums of waves a sin(p x + q y + r).</summary>
public sealed class WaveSkeletonLaws : SkeletonLaws
{
    private protected override ICurvedEnclosedMap Function(Random random)
    {
        (double A, double P, double Q, double R)[] waves =
        [
            .. Enumerable
                .Range(0, 4)
                .Select(_ =>
                    (
                        1 - random.NextDouble(),
                        8 * random.NextDouble() - 4,
                        8 * random.NextDouble() - 4,
                        6 * random.NextDouble()
                    )
                ),
        ];
        return SkeletonMaps.Enclosure(
            Sum((w, phase) => phase.Sin() * w.A),
            [Sum((w, phase) => phase.Cos() * (w.A * w.P)), Sum((w, phase) => phase.Cos() * (w.A * w.Q))],
            [
                Sum((w, phase) => phase.Sin() * (-w.A * w.P * w.P)),
                Sum((w, phase) => phase.Sin() * (-w.A * w.P * w.Q)),
                Sum((w, phase) => phase.Sin() * (-w.A * w.Q * w.Q)),
            ]
        );

        PlaneFunction Sum(Func<(double A, double P, double Q, double R), Interval, Interval> term) =>
            (x, y) => waves.Aggregate(Interval.Zero, (sum, w) => sum + term(w, x * w.P + y * w.Q + w.R));
    }
}

/// <summary>Sums of bells a exp(-s ((x - u)^2 + (y - v)^2)).</summary>
public sealed class BellSkeletonLaws : SkeletonLaws
{
    private protected override ICurvedEnclosedMap Function(Random random)
    {
        (double A, double S, double U, double V)[] bells =
        [
            .. Enumerable
                .Range(0, 4)
                .Select(_ =>
                    (
                        2 * random.NextDouble() - 1,
                        2 + 4 * random.NextDouble(),
                        2 * random.NextDouble() - 1,
                        2 * random.NextDouble() - 1
                    )
                ),
        ];
        return SkeletonMaps.Enclosure(
            Sum((b, _, _) => 1),
            [Sum((b, x, _) => x * (-2 * b.S)), Sum((b, _, y) => y * (-2 * b.S))],
            [
                Sum((b, x, _) => x.Square() * (4 * b.S * b.S) - 2 * b.S),
                Sum((b, x, y) => x * y * (4 * b.S * b.S)),
                Sum((b, _, y) => y.Square() * (4 * b.S * b.S) - 2 * b.S),
            ]
        );

        PlaneFunction Sum(Func<(double A, double S, double U, double V), Interval, Interval, Interval> factor) =>
            (x, y) =>
                bells.Aggregate(
                    Interval.Zero,
                    (sum, b) =>
                        sum
                        + (-(((x - b.U).Square() + (y - b.V).Square()) * b.S)).Exp() * b.A * factor(b, x - b.U, y - b.V)
                );
    }
}
