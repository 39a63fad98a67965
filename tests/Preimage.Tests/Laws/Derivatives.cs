using CsCheck;
using Preimage.Maps;

namespace Preimage.Tests.Laws;

/// <summary>Independent checks of a map's derivatives at one point.</summary>
internal static class Derivatives
{
    /// <summary>Halving the step must divide the Taylor remainder by 4 (slope 2); 3 leaves room for the next term, a wrong derivative gives 2.</summary>
    private const double LeastRatio = 3;

    /// <summary>A remainder this far above rounding still has digits to judge the slope by.</summary>
    private const double RoundingFloor = 1e-12;

    /// <summary>From 2^-6 down to 2^-36: a kink nearer than that to a random point is too rare to meet.</summary>
    private const int Halvings = 30;

    /// <summary>Products of Jacobian and vectors, by two orders of summation: some hundred roundings of the largest term.</summary>
    private const double SummationRounding = 1e-12;

    /// <summary>As much again for what cancels inside deep maps.</summary>
    private const double ProductRounding = 1e-10;

    /// <summary>
    /// The slope of ||f(x + h v) - f(x) - h J v|| in h is 2. The halving that reaches the rounding floor decides; where f is affine around x
    /// the remainder falls at once.
    /// </summary>
    public static void HaveTaylorSlopeTwo(IMap map, double[] x, double[] v, string what)
    {
        double[] y = new double[map.Outputs];
        double[] jacobian = new double[map.Outputs * map.Inputs];
        map.Linearize(x, y, jacobian);
        SlopeIsTwo(map, (x, v), y, Product(jacobian, v, map.Outputs), what);
    }

    /// <summary>The halvings along v from x.  y: f(x), slope: J v.</summary>
    private static void SlopeIsTwo(IMap map, (double[] X, double[] V) line, double[] y, double[] slope, string what)
    {
        double scale = 1e-300 + y.Max(Math.Abs) + slope.Max(Math.Abs);
        double previous = double.NaN;
        double ratio = double.PositiveInfinity;
        double h = 1.0 / 64;
        for (int k = 0; k < Halvings && !(previous < RoundingFloor * scale); k++, h /= 2)
        {
            double remainder = Remainder(map, line.X, line.V, h, y, slope);
            Assert.False(double.IsNaN(remainder), $"{what}: the remainder is NaN");
            ratio = previous / remainder;
            previous = remainder;
        }

        Assert.False(ratio < LeastRatio, $"{what}: halving the step divides the remainder by {ratio:G3}, not by 4");
    }

    /// <summary>
    /// For maps of any width: the Taylor slope along v by the product J v, and w . (J v) = (J^T w) . v. False where the value or a product is not finite.
    /// </summary>
    public static bool TryProducts(IProductMap map, double[] x, double[] v, double[] w, string what)
    {
        double[] y = new double[map.Outputs];
        double[] forward = new double[map.Outputs];
        double[] backward = new double[map.Inputs];
        map.Evaluate(x, y);
        map.Tangent(x, v, forward);
        map.Adjoint(x, w, backward);
        if (!y.Concat(forward).Concat(backward).All(double.IsFinite))
        {
            return false;
        }

        // The terms of both sums may cancel. Their sizes bound the rounding but for what cancels inside the map.
        double left = Dot(forward, w);
        double right = Dot(backward, v);
        double scale = Dot(Sizes(forward), Sizes(w)) + Dot(Sizes(backward), Sizes(v));
        Assert.True(
            Math.Abs(left - right) <= ProductRounding * scale + double.Epsilon,
            $"{what}: w.(J v) = {left}, (J^T w).v = {right}"
        );
        SlopeIsTwo(map, (x, v), y, forward, what);
        return true;
    }

    /// <summary>w . (J v) = (J^T w) . v, J v = the Jacobian times v, J^T w = its transpose times w.</summary>
    public static void Agree(IProductMap map, double[] x, double[] v, double[] w, string what)
    {
        double[] y = new double[map.Outputs];
        double[] value = new double[map.Outputs];
        double[] jacobian = new double[map.Outputs * map.Inputs];
        double[] forward = new double[map.Outputs];
        double[] backward = new double[map.Inputs];
        map.Linearize(x, y, jacobian);
        map.Evaluate(x, value);
        map.Tangent(x, v, forward);
        map.Adjoint(x, w, backward);
        Assert.Equal(value, y);
        double[] expected = Product(jacobian, v, map.Outputs);
        double[] transposed = TransposedProduct(jacobian, w, map.Inputs);
        // Terms may cancel: rounding goes with their sizes, |J| |v| and |J|^T |w|, not with their sums.
        double[] sizes = [.. jacobian.Select(Math.Abs)];
        double[] rows = Product(sizes, [.. v.Select(Math.Abs)], map.Outputs);
        double[] columns = TransposedProduct(sizes, [.. w.Select(Math.Abs)], map.Inputs);
        Assert.True(Distance(forward, expected) <= Allowed(rows.Max()), $"{what}: J v is not the Jacobian times v");
        Assert.True(
            Distance(backward, transposed) <= Allowed(columns.Max()),
            $"{what}: J^T w is not the Jacobian's transpose times w"
        );
        double left = Dot(forward, w);
        double right = Dot(backward, v);
        double scale = Dot(rows, [.. w.Select(Math.Abs)]);
        Assert.True(Math.Abs(left - right) <= Allowed(scale), $"{what}: w.(J v) = {left}, (J^T w).v = {right}");
    }

    /// <summary>The products of several directions, one after the other, and covectors are each the product of one alone.</summary>
    public static void AgreeTogether(IProductMap map, double[] x, double[] directions, double[] covectors, string what)
    {
        (int n, int m) = (map.Inputs, map.Outputs);
        int count = directions.Length / n;
        double[] jacobian = new double[m * n];
        double[] derivatives = new double[count * m];
        double[] gradients = new double[count * n];
        map.Linearize(x, new double[m], jacobian);
        map.Tangent(x, directions, derivatives);
        map.Adjoint(x, covectors, gradients);
        double[] sizes = [.. jacobian.Select(Math.Abs)];
        for (int k = 0; k < count; k++)
        {
            double[] v = directions[(k * n)..((k + 1) * n)];
            double[] w = covectors[(k * m)..((k + 1) * m)];
            double[] rows = Product(sizes, [.. v.Select(Math.Abs)], m);
            double[] columns = TransposedProduct(sizes, [.. w.Select(Math.Abs)], n);
            double forward = Distance(derivatives[(k * m)..((k + 1) * m)], Product(jacobian, v, m));
            double backward = Distance(gradients[(k * n)..((k + 1) * n)], TransposedProduct(jacobian, w, n));
            Assert.True(forward <= Allowed(rows.Max()), $"{what}: direction {k} of {count} has another J v than alone");
            Assert.True(
                backward <= Allowed(columns.Max()),
                $"{what}: covector {k} of {count} has another J^T w than alone"
            );
        }
    }

    private static double Allowed(double size) => SummationRounding * size + double.Epsilon;

    /// <summary>Points drawn evenly, so that none lies on a kink, from a seed that CsCheck chooses and prints.</summary>
    public static Gen<(double[] X, double[] V, double[] W)> Points(IMap map, double lower, double upper) =>
        Gen.Int[0, int.MaxValue - 1]
            .Select(seed =>
            {
                var random = new Random(seed);
                return (
                    Draw(random, map.Inputs, lower, upper),
                    Draw(random, map.Inputs, -1, 1),
                    Draw(random, map.Outputs, -1, 1)
                );
            });

    private static double[] Draw(Random random, int count, double lower, double upper) =>
        [.. Enumerable.Range(0, count).Select(_ => lower + (upper - lower) * random.NextDouble())];

    private static double Remainder(IMap map, double[] x, double[] v, double h, double[] y, double[] slope)
    {
        double[] moved = new double[map.Outputs];
        map.Evaluate([.. x.Zip(v, (a, b) => a + h * b)], moved);
        double largest = 0;
        for (int i = 0; i < y.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(moved[i] - y[i] - h * slope[i]));
        }

        return largest;
    }

    private static double[] Sizes(double[] a) => Array.ConvertAll(a, Math.Abs);

    private static double Distance(double[] a, double[] b) => a.Zip(b, (p, q) => Math.Abs(p - q)).Max();

    private static double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();

    private static double[] Product(double[] jacobian, double[] v, int rows) =>
        [
            .. Enumerable
                .Range(0, rows)
                .Select(i => Enumerable.Range(0, v.Length).Sum(j => jacobian[i * v.Length + j] * v[j])),
        ];

    private static double[] TransposedProduct(double[] jacobian, double[] w, int columns) =>
        [
            .. Enumerable
                .Range(0, columns)
                .Select(j => Enumerable.Range(0, w.Length).Sum(i => jacobian[i * columns + j] * w[i])),
        ];
}
