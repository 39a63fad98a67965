using CsCheck;
using Preimage.Figures.Trails;
using Preimage.Results;

namespace Preimage.Tests.Figures;

public class PrincipalAxesTests
{
    // The search for the axes ends at 1e-6 of the largest spread; what a picture shows is a thousand times coarser.
    private const double Search = 1e-5;

    /// <summary>Points of a plane in R^n keep their distances: the projection is a rotation of the plane.</summary>
    [Fact]
    public void PointsOfAPlane_KeepTheirDistances() =>
        Gen.Select(Gen.Int[3, 40], Gen.Int[3, 60], Gen.Int[0, 100000], Gen.Double[-6, 6])
            .Sample(
                (n, count, seed, power) =>
                {
                    (Cloud cloud, double[][] flat) = Plane(n, count, seed, Math.Pow(10, power));
                    PrincipalAxes axes = PrincipalAxes.Of(cloud);
                    (double X, double Y)[] placed =
                    [
                        .. Enumerable.Range(0, count).Select(i => axes.Place(cloud.Point(i))),
                    ];
                    double extent = Enumerable.Range(0, count).Max(i => Math.Abs(flat[i][0]) + Math.Abs(flat[i][1]));
                    for (int i = 1; i < count; i++)
                    {
                        double far = Math.Sqrt(
                            Math.Pow(placed[i].X - placed[0].X, 2) + Math.Pow(placed[i].Y - placed[0].Y, 2)
                        );
                        double truth = Math.Sqrt(
                            Math.Pow(flat[i][0] - flat[0][0], 2) + Math.Pow(flat[i][1] - flat[0][1], 2)
                        );
                        Assert.Equal(truth, far, Search * extent);
                    }

                    Assert.Equal(1, axes.Shares.Sum(), 1e-9);
                    Assert.True(axes.Shares[0] >= axes.Shares[1]);
                },
                iter: 60
            );

    [Fact]
    public void Shares_AreThoseOfTheVariance()
    {
        // Spreads 3, 2 and 1 along three orthogonal directions: 9, 4 and 1 of 14.
        double[] spreads = [3, 2, 1];
        double[] points = new double[6 * 5];
        for (int d = 0; d < 3; d++)
        {
            points[2 * d * 5 + d + 1] = spreads[d];
            points[(2 * d + 1) * 5 + d + 1] = -spreads[d];
        }

        PrincipalAxes axes = PrincipalAxes.Of(Cloud(points, 5));
        Assert.Equal(9.0 / 14, axes.Shares[0], 1e-12);
        Assert.Equal(4.0 / 14, axes.Shares[1], 1e-12);
        Assert.Equal(3, axes.Place(points.AsSpan(0, 5)).X, Search);
    }

    [Fact]
    public void EqualPoints_HaveNoAxesAndOnePlace()
    {
        PrincipalAxes axes = PrincipalAxes.Of(Cloud([1, 2, 3, 1, 2, 3], 3));
        Assert.Equal([0, 0], axes.Shares);
        Assert.Equal((0, 0), axes.Place([1, 2, 3]));
    }

    [Fact]
    public void PointsThatAreNotFinite_AreLeftOut()
    {
        PrincipalAxes axes = PrincipalAxes.Of(Cloud([0, 0, 0, double.NaN, 0, 0, 0, 4, 0], 3));
        Assert.Equal(1, axes.Shares[0], 1e-12);
        Assert.Equal(2, axes.Place([0, 4, 0]).X, 1e-12);
    }

    private static Cloud Cloud(double[] points, int n) =>
        new()
        {
            Dimension = n,
            Outputs = 1,
            Points = [.. points],
            Values = [.. new double[points.Length / n]],
            Defects = [.. new double[points.Length / n]],
        };

    /// <summary>Random points of a random plane, with their coordinates in it.</summary>
    private static (Cloud Cloud, double[][] Flat) Plane(int n, int count, int seed, double scale)
    {
        Generator random = new(seed);
        double[] a = new double[n];
        double[] b = new double[n];
        random.Normals(a);
        random.Normals(b);
        double length = Math.Sqrt(a.Sum(v => v * v));
        a = Array.ConvertAll(a, v => v / length);
        double along = a.Zip(b, (u, v) => u * v).Sum();
        b = [.. b.Zip(a, (v, u) => v - along * u)];
        length = Math.Sqrt(b.Sum(v => v * v));
        b = Array.ConvertAll(b, v => v / length);
        double[][] flat =
        [
            .. Enumerable.Range(0, count).Select(_ => new[] { scale * random.Normal(), 0.3 * scale * random.Normal() }),
        ];
        double[] points = [.. flat.SelectMany(p => a.Zip(b, (u, v) => 7 * scale + p[0] * u + p[1] * v))];
        return (Cloud(points, n), flat);
    }
}
