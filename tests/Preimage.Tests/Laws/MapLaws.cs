using CsCheck;
using Preimage.Maps;

namespace Preimage.Tests.Laws;

/// <summary>What every map obeys, at random points of [-1, 1]^n.</summary>
public abstract class MapLaws
{
    /// <summary>The remainder f(x + h v) - f(x) - h J v is of second order.</summary>
    private const double TaylorOrder = 2;
    private const double Scatter = 0.1;

    /// <summary>Below this a remainder is rounding: the map is affine along v.</summary>
    private const double Roundoff = 1e-12;

    protected abstract IMap Map { get; }

    [Fact]
    public void Evaluate_AndLinearize_Agree_ToTheBit() =>
        Points.Sample(x =>
        {
            double[] y = new double[Map.Outputs];
            Map.Linearize(x, y, new double[Map.Outputs * Map.Inputs]);
            Assert.Equal(y, Map.Evaluate(x));
        });

    [Fact]
    public void Jacobian_HasTaylorSlopeTwo() =>
        Gen.Select(Points, Points)
            .Sample(
                (x, v) =>
                {
                    double coarse = Remainder(x, v, 1e-3);
                    double fine = Remainder(x, v, 1e-5);
                    if (coarse > 1e-7)
                    {
                        Assert.Equal(TaylorOrder, Math.Log10(coarse / fine) / 2, Scatter);
                    }
                    else
                    {
                        // The second derivative nearly vanishes along v: at least no first-order term is left.
                        Assert.InRange(fine, 0, 1e-3 * coarse + Roundoff);
                    }
                }
            );

    private Gen<double[]> Points => Gen.Double[-1, 1].Array[Map.Inputs];

    private double Remainder(double[] x, double[] v, double h)
    {
        double[] y = new double[Map.Outputs];
        double[] jacobian = new double[Map.Outputs * Map.Inputs];
        Map.Linearize(x, y, jacobian);
        double[] moved = Map.Evaluate([.. x.Select((xi, i) => xi + h * v[i])]);
        return moved.Select((value, j) => Math.Abs(value - y[j] - h * Product(jacobian, j, v))).Max();
    }

    private static double Product(double[] jacobian, int row, double[] v) =>
        v.Select((vi, i) => jacobian[row * v.Length + i] * vi).Sum();
}

public sealed class FunctionMapLaws : MapLaws
{
    protected override IMap Map => KnownMaps.Softmax;
}

public sealed class SelectedOutputsLaws : MapLaws
{
    protected override IMap Map { get; } = KnownMaps.Softmax.Select(2, 0);
}

public sealed class FrozenInputsLaws : MapLaws
{
    protected override IMap Map { get; } = KnownMaps.Softmax.Freeze([0, 0.25, double.NaN], 1).Freeze([0, -0.5], 1);
}

public sealed class ComposedMapLaws : MapLaws
{
    protected override IMap Map { get; } = KnownMaps.Helix.Then(KnownMaps.Circle);
}

public sealed class RestrictedMapLaws : MapLaws
{
    protected override IMap Map { get; } = KnownMaps.SphereAndPlane.Restrict([0.1, 0.2, 0.3], [1, 2, 0, -1, 0.5, 1]);
}

public sealed class AffineMapLaws : MapLaws
{
    protected override IMap Map { get; } = new AffineMap([1, 2, 3, 4, 5, 6], [0.5, -0.5]);
}

public sealed class CountingMapLaws : MapLaws
{
    protected override IMap Map { get; } = new CountingMap(KnownMaps.Helix);
}

/// <summary>A map too wide for the stack.</summary>
public sealed class WideMapLaws : MapLaws
{
    protected override IMap Map { get; } =
        new AffineMap([.. Enumerable.Range(0, 600).Select(k => Math.Sin(k))], new double[200])
            .Then(new AffineMap([.. Enumerable.Range(0, 600).Select(k => Math.Cos(k) / 20)], new double[3]))
            .Then(KnownMaps.Helix);
}
