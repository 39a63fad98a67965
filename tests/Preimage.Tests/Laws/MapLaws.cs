using CsCheck;
using Preimage.Maps;

namespace Preimage.Tests.Laws;

/// <summary>What every map does. A map joins by a subclass that gives it; points are drawn from [-Radius, Radius]^n around the origin.</summary>
public abstract class MapLaws
{
    private const int Samples = 200;

    /// <summary>Step of the Taylor law: small enough that the second-order term rules, large enough that its remainder stands far above rounding.</summary>
    private const double TaylorStep = 1e-3;
    private const double TaylorRatio = 8;

    /// <summary>Two, less what the next order adds at the step.</summary>
    private const double LeastSlope = 1.8;

    /// <summary>Rounding of a value of size 1 that went through a few hundred operations.</summary>
    private const double Rounding = 1e-13;

    protected abstract IMap Map { get; }

    /// <summary>Half the side of the cube that points are drawn from.</summary>
    protected virtual double Radius => 1;

    /// <summary>False for maps with kinks: the Taylor law then leaves out steps across which the Jacobian jumps.</summary>
    protected virtual bool IsSmooth => true;

    /// <summary>False for maps that may allocate.</summary>
    protected virtual bool AllocatesNothing => true;

    /// <summary>Random points of the map's domain.</summary>
    protected virtual Gen<double[]> Points => Gen.Double[-Radius, Radius].Array[Map.Inputs];

    [Fact]
    public void Evaluate_GivesTheValueOfLinearize() =>
        Points.Sample(x => Assert.Equal(Bits(Linearize(x).Value), Bits(Evaluate(x))), iter: Samples);

    [Fact]
    public void Jacobian_HasTaylorSlopeTwo() =>
        Gen.Select(Points, Gen.Double[-1, 1].Array[Map.Inputs])
            .Sample(
                (x, v) =>
                {
                    double large = TaylorRemainder(x, v, TaylorStep);
                    double small = TaylorRemainder(x, v, TaylorStep / TaylorRatio);
                    double slope = Math.Log(large / small) / Math.Log(TaylorRatio);
                    double scale = Linearize(x).Value.Append(1).Max(Math.Abs);
                    return small <= Rounding * scale || slope >= LeastSlope || HasKink(x, v);
                },
                iter: Samples
            );

    [Fact]
    public void NaN_ComesOutAsNaN()
    {
        double[] x = new double[Map.Inputs];
        Array.Fill(x, double.NaN);
        Assert.All(Evaluate(x), y => Assert.True(double.IsNaN(y)));
        Assert.All(Linearize(x).Value, y => Assert.True(double.IsNaN(y)));
    }

    [Fact]
    public void Calls_AllocateNothing()
    {
        if (!AllocatesNothing)
        {
            return;
        }

        double[] x = new double[Map.Inputs];
        double[] y = new double[Map.Outputs];
        double[] jacobian = new double[Map.Inputs * Map.Outputs];
        Map.Linearize(x, y, jacobian);
        Map.Evaluate(x, y);
        long allocated = Allocation.Least(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                Map.Linearize(x, y, jacobian);
                Map.Evaluate(x, y);
            }
        });
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Threads_GetTheSameBits() =>
        Points
            .Array[64]
            .Sample(
                points =>
                {
                    long[][] alone = [.. points.Select(x => Bits(Linearize(x).Jacobian))];
                    long[][] together = new long[points.Length][];
                    Parallel.For(0, points.Length, i => together[i] = Bits(Linearize(points[i]).Jacobian));
                    Assert.Equal(alone, together);
                },
                iter: 5
            );

    [Fact]
    public void WrongLengths_AreRefused()
    {
        double[] x = new double[Map.Inputs];
        double[] y = new double[Map.Outputs];
        double[] jacobian = new double[Map.Inputs * Map.Outputs];
        Assert.Throws<ArgumentException>(() => Map.Evaluate(new double[Map.Inputs + 1], y));
        Assert.Throws<ArgumentException>(() => Map.Evaluate(x, new double[Map.Outputs - 1]));
        Assert.Throws<ArgumentException>(() => Map.Linearize(new double[Map.Inputs - 1], y, jacobian));
        Assert.Throws<ArgumentException>(() => Map.Linearize(x, y, new double[jacobian.Length + 1]));
    }

    protected double[] Evaluate(double[] x)
    {
        double[] y = new double[Map.Outputs];
        Map.Evaluate(x, y);
        return y;
    }

    protected (double[] Value, double[] Jacobian) Linearize(double[] x)
    {
        double[] y = new double[Map.Outputs];
        double[] jacobian = new double[Map.Inputs * Map.Outputs];
        Map.Linearize(x, y, jacobian);
        return (y, jacobian);
    }

    /// <summary>Numbers as bits, so that NaN equals NaN and 0 is not -0.</summary>
    protected static long[] Bits(IEnumerable<double> numbers) => [.. numbers.Select(BitConverter.DoubleToInt64Bits)];

    /// <summary>|f(x + hv) - f(x) - h J v| + |f(x - hv) - f(x) + h J v|: both sides, so that odd terms cannot cancel the second order.</summary>
    private double TaylorRemainder(double[] x, double[] v, double h)
    {
        (double[] y, double[] jacobian) = Linearize(x);
        double[] after = Evaluate(Moved(x, v, h));
        double[] before = Evaluate(Moved(x, v, -h));
        double sum = 0;
        for (int i = 0; i < Map.Outputs; i++)
        {
            double slope = 0;
            for (int j = 0; j < Map.Inputs; j++)
            {
                slope += jacobian[i * Map.Inputs + j] * v[j];
            }

            sum += Math.Abs(after[i] - y[i] - h * slope) + Math.Abs(before[i] - y[i] + h * slope);
        }

        return sum;
    }

    private bool HasKink(double[] x, double[] v)
    {
        double[] before = Linearize(Moved(x, v, -TaylorStep)).Jacobian;
        double[] after = Linearize(Moved(x, v, TaylorStep)).Jacobian;
        return !IsSmooth && before.Zip(after).Any(pair => Math.Abs(pair.First - pair.Second) > Rounding);
    }

    private static double[] Moved(double[] x, double[] v, double h) => [.. x.Zip(v, (a, b) => a + h * b)];
}
