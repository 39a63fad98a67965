using CsCheck;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>The projection onto a polyhedron of rows and bounds is its nearest point.</summary>
public class MorphConeTests
{
    /// <summary>Some ulp of sums over rows of size 1.</summary>
    private const double Rounding = 1e-10;

    private static readonly Gen<(double[] Rows, double[] Inside, double[] V, int Kind)> Sets =
        from m in Gen.Int[1, 4]
        from n in Gen.Int[m + 1, 9]
        from seed in Gen.Int
        from kind in Gen.Int[0, 1_000_000]
        let random = new Generator(seed)
        select (random.Uniform(m * n, -1, 1), random.Uniform(n, -1, 1), random.Uniform(n, -3, 3), kind);

    /// <summary>(v - p) . (q - p) is not positive for any q of the set: here those on the segments to random points, cut to the set.</summary>
    [Fact]
    public void TheProjection_IsInTheSet_AndNothingInItIsNearer() =>
        Sets.Sample(
            set =>
            {
                (double[] rows, double[] inside, double[] v, int kind) = set;
                int n = v.Length;
                int m = rows.Length / n;
                double[] p = new double[n];
                Assert.True(new TangentCone(n, 1e-12).Project(Make(rows, inside, kind), v, p));
                Polyhedron polyhedron = Make(rows, inside, kind);
                for (int k = 0; k < m; k++)
                {
                    double change = Dot(rows.AsSpan(k * n, n), p);
                    Assert.InRange(change, polyhedron.RowLower[k] - Rounding, polyhedron.RowUpper[k] + Rounding);
                }

                for (int i = 0; i < n; i++)
                {
                    Assert.InRange(p[i], polyhedron.StepLower[i], polyhedron.StepUpper[i]);
                }

                // inside is a point of the set, and so is all on the way to it.
                double gain = v.Select((value, i) => (value - p[i]) * (inside[i] - p[i])).Sum();
                Assert.True(gain <= 10 * Rounding, $"{gain:E2} nearer along the way to a point of the set");
                double[] again = new double[n];
                Assert.True(new TangentCone(n, 1e-12).Project(polyhedron, p, again));
                Assert.True(MorphMaps.Distance(p, again) <= 10 * Rounding, "a point of the set is its own projection");
            },
            iter: 2000
        );

    /// <summary>Rows as equations, ranges or half-spaces, bounds near and far, all around a point that keeps them with room.</summary>
    private static Polyhedron Make(double[] rows, double[] inside, int kind)
    {
        int n = inside.Length;
        int m = rows.Length / n;
        double[] changes = [.. Enumerable.Range(0, m).Select(k => Dot(rows.AsSpan(k * n, n), inside))];
        return new Polyhedron
        {
            Jacobian = rows,
            Below = [],
            RowLower = changes
                .Select((c, k) => (kind >> k) % 3 == 0 ? double.NegativeInfinity : c - 0.05 * ((kind >> k) % 3 - 1))
                .ToArray(),
            RowUpper = changes.Select((c, k) => (kind >> k) % 3 == 1 ? c : c + 0.1).ToArray(),
            StepLower = inside
                .Select((x, i) => (kind >> i) % 4 == 0 ? double.NegativeInfinity : x - 0.05 - (kind >> i) % 2)
                .ToArray(),
            StepUpper = inside.Select((x, i) => (kind >> i) % 4 == 1 ? double.PositiveInfinity : x + 0.2).ToArray(),
        };
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
