using CsCheck;
using Preimage.Enclosing;

namespace Preimage.Tests.Enclosing;

/// <summary>The volume under a half space in the unit cube, against polygons and quadrature.</summary>
public class PaverHalfSpaceTests
{
    /// <summary>Rounding of a polygon's area.</summary>
    private const double Rounding = 1e-12;

    /// <summary>What the paver may lose of a box at most: where weights differ by many orders of magnitude a small one is left out.</summary>
    private const double Loose = 1e-6;

    /// <summary>Error of the midpoint rule with the nodes below on a volume that is continuous, twice piecewise differentiable and at most 1.</summary>
    private const double Quadrature = 4e-3;
    private const int Nodes = 24;

    [Fact]
    public void InThePlane_ItIsTheAreaOfAPolygon() =>
        Gen.Select(Gen.Double[0.01, 3], Gen.Double[0, 16], Gen.Double[-0.5, 2.5])
            .Sample(
                (size, digits, part) =>
                {
                    double small = size * Math.Pow(10, -digits);
                    double bound = part * (size + small);
                    Interval share = Share([small, size], bound);
                    double area = ClippedArea(small, size, bound);
                    Assert.InRange(area, share.Low - Rounding, share.High + Rounding);
                    Assert.True(share.Width < Loose, $"{share}");
                },
                iter: 2000
            );

    [Fact]
    public void InSpace_ItIsTheIntegralOfItsLengths() =>
        Gen.Select(Gen.Double[0.05, 3].Array[3, 4], Gen.Double[-0.1, 1.1])
            .Sample(
                (weights, part) =>
                {
                    double bound = part * weights.Sum();
                    Interval share = Share(weights, bound);
                    double volume = Integrate(weights.AsSpan(1), bound, weights[0]);
                    Assert.InRange(volume, share.Low - Quadrature, share.High + Quadrature);
                    Assert.True(share.Width < Loose, $"{share}");
                },
                iter: 50
            );

    [Fact]
    public void InManyDimensions_ItStaysBetweenNothingAndAll() =>
        Gen.Select(Gen.Double[0, 1].Array[5, 12], Gen.Double[-1, 14])
            .Sample(
                (weights, bound) =>
                {
                    Interval share = Share(weights, bound);
                    Assert.InRange(share.Low, 0, share.High);
                    Assert.InRange(share.High, share.Low, 1);
                    Assert.True(bound > 0 || share.High == 0);
                    Assert.True(bound < weights.Sum() + Rounding || share.Low == 1);
                    // By symmetry in the middle of the cube.
                    Interval below = Share(weights, weights.Sum() / 2);
                    Assert.True(below.Contains(0.5));
                },
                iter: 200
            );

    [Fact]
    public void WithoutWeights_TheSignDecides()
    {
        Assert.Equal(Interval.Of(1), Share([0, 0], 1e-300));
        Assert.Equal(Interval.Zero, Share([0, 0], 0));
        Assert.Equal(Interval.Zero, Share([1, 2], -1));
        Assert.Equal(Interval.Of(1), Share([1, 2], double.PositiveInfinity));
    }

    private static Interval Share(double[] weights, double bound) =>
        PaverHalfSpace.Share(weights.Select(w => Interval.Of(w)).ToArray(), bound);

    /// <summary>The unit square clipped by a u + b v &lt;= bound, corner by corner, and its area by the shoelace formula.</summary>
    private static double ClippedArea(double a, double b, double bound)
    {
        (double U, double V)[] corners = [(0, 0), (1, 0), (1, 1), (0, 1)];
        List<(double U, double V)> kept = [];
        for (int i = 0; i < 4; i++)
        {
            var (p, q) = (corners[i], corners[(i + 1) % 4]);
            double here = a * p.U + b * p.V - bound;
            double there = a * q.U + b * q.V - bound;
            if (here <= 0)
            {
                kept.Add(p);
            }

            if (here <= 0 != there <= 0)
            {
                double t = here / (here - there);
                kept.Add((p.U + t * (q.U - p.U), p.V + t * (q.V - p.V)));
            }
        }

        double twice = 0;
        for (int i = 0; i < kept.Count; i++)
        {
            var (p, q) = (kept[i], kept[(i + 1) % kept.Count]);
            twice += p.U * q.V - p.V * q.U;
        }

        return twice / 2;
    }

    /// <summary>The midpoint rule over all coordinates but one, whose length under the half space is plain.</summary>
    private static double Integrate(ReadOnlySpan<double> weights, double bound, double last)
    {
        if (weights.IsEmpty)
        {
            return Math.Clamp(bound / last, 0, 1);
        }

        double sum = 0;
        for (int k = 0; k < Nodes; k++)
        {
            sum += Integrate(weights[1..], bound - weights[0] * (k + 0.5) / Nodes, last);
        }

        return sum / Nodes;
    }
}
