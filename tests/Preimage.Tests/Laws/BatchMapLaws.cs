using CsCheck;
using Preimage.Maps;

namespace Preimage.Tests.Laws;

/// <summary>What every map does that takes many points side by side.</summary>
public abstract class BatchMapLaws : MapLaws
{
    protected abstract IBatchMap BatchMap { get; }

    protected override IMap Map => BatchMap;

    /// <summary>The largest difference to single calls that is allowed, relative to the larger of 1 and the number; zero asks for the same bits.</summary>
    protected virtual double BatchTolerance => 0;

    [Fact]
    public void Many_GiveWhatEachGivesAlone() =>
        Points
            .Array[0, 37]
            .Sample(
                points =>
                {
                    double[] values = new double[points.Length * Map.Outputs];
                    double[] again = new double[values.Length];
                    double[] jacobians = new double[values.Length * Map.Inputs];
                    double[] flat = [.. points.SelectMany(x => x)];
                    BatchMap.EvaluateMany(flat, values);
                    BatchMap.LinearizeMany(flat, again, jacobians);
                    AssertClose([.. points.SelectMany(x => Linearize(x).Value)], values);
                    AssertClose([.. points.SelectMany(x => Linearize(x).Value)], again);
                    AssertClose([.. points.SelectMany(x => Linearize(x).Jacobian)], jacobians);
                },
                iter: 60
            );

    [Fact]
    public void Many_WithOneNaN_KeepTheOthers() =>
        Points
            .Array[19]
            .Sample(
                points =>
                {
                    Array.Fill(points[7], double.NaN);
                    double[] values = new double[points.Length * Map.Outputs];
                    BatchMap.EvaluateMany([.. points.SelectMany(x => x)], values);
                    Assert.All(values[(7 * Map.Outputs)..(8 * Map.Outputs)], y => Assert.True(double.IsNaN(y)));
                    AssertClose([.. points.SelectMany(Evaluate)], values);
                },
                iter: 5
            );

    [Fact]
    public void Many_AllocateNothing()
    {
        if (!AllocatesNothing)
        {
            return;
        }

        double[] points = new double[21 * Map.Inputs];
        double[] values = new double[21 * Map.Outputs];
        double[] jacobians = new double[values.Length * Map.Inputs];
        BatchMap.LinearizeMany(points, values, jacobians);
        BatchMap.EvaluateMany(points, values);
        long allocated = Allocation.Least(() =>
        {
            BatchMap.LinearizeMany(points, values, jacobians);
            BatchMap.EvaluateMany(points, values);
        });
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Many_WrongLengths_AreRefused()
    {
        double[] points = new double[3 * Map.Inputs];
        double[] values = new double[3 * Map.Outputs];
        Assert.Throws<ArgumentException>(() => BatchMap.EvaluateMany(points, new double[values.Length + 1]));
        Assert.Throws<ArgumentException>(() => BatchMap.LinearizeMany(points, values, new double[1 + values.Length]));
    }

    private void AssertClose(double[] expected, double[] actual)
    {
        if (BatchTolerance == 0)
        {
            Assert.Equal(Bits(expected), Bits(actual));
            return;
        }

        foreach ((double e, double a) in expected.Zip(actual))
        {
            double allowed = BatchTolerance * Math.Max(1, Math.Abs(e));
            Assert.True(Math.Abs(e - a) <= allowed || (double.IsNaN(e) && double.IsNaN(a)), $"{e:R} is not {a:R}");
        }
    }
}
