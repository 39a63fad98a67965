using CsCheck;
using Preimage.Maps;

namespace Preimage.Tests.Laws;

/// <summary>What every <see cref="IProductMap"/> keeps, at random points along random directions.</summary>
public abstract class ProductMapLaws
{
    /// <summary>The map under test.</summary>
    protected abstract IProductMap Map { get; }

    /// <summary>Coordinates of the points, inside the domain where the map is smooth almost everywhere.</summary>
    protected virtual (double Lower, double Upper) Domain => (-2, 2);

    /// <summary>How many random points.</summary>
    protected virtual int Samples => 20;

    [Fact]
    public void Jacobian_HasTaylorSlopeTwo() =>
        Points.Sample(p => Derivatives.HaveTaylorSlopeTwo(Map, p.X, p.V, GetType().Name), iter: Samples);

    [Fact]
    public void Products_AgreeWithTheJacobian() =>
        Points.Sample(p => Derivatives.Agree(Map, p.X, p.V, p.W, GetType().Name), iter: Samples);

    [Fact]
    public void SeveralDirections_AreEachTheProductAlone() =>
        Gen.Select(Points, Points)
            .Sample(
                (p, q) => Derivatives.AgreeTogether(Map, p.X, [.. p.V, .. q.V], [.. p.W, .. q.W], GetType().Name),
                iter: Samples
            );

    [Fact]
    public void ManyThreads_GetTheSameBits()
    {
        double[] x = [.. Enumerable.Range(0, Map.Inputs).Select(i => 0.3 + 0.1 * (i % 5))];
        double[] expected = new double[Map.Outputs * Map.Inputs];
        Map.Linearize(x, new double[Map.Outputs], expected);
        Parallel.For(
            0,
            16,
            _ =>
            {
                double[] jacobian = new double[expected.Length];
                Map.Linearize(x, new double[Map.Outputs], jacobian);
                Assert.Equal(expected, jacobian);
            }
        );
    }

    [Fact]
    public void Products_OfWrongLengths_AreRefused()
    {
        (double[] x, double[] w) = (new double[Map.Inputs], new double[Map.Outputs]);
        Assert.Throws<ArgumentException>(() => Map.Tangent(x, new double[x.Length + 1], w));
        Assert.Throws<ArgumentException>(() => Map.Adjoint(x, new double[w.Length + 1], x));
    }

    private Gen<(double[] X, double[] V, double[] W)> Points => Derivatives.Points(Map, Domain.Lower, Domain.Upper);
}
