using Preimage.Maps;
using Preimage.Results;
using Preimage.Tracing;

namespace Preimage.Tests.Laws;

/// <summary>What every predictor obeys: its error on a helix, whose stations lie a step apart, falls with the order that it states.</summary>
public abstract class PredictorLaws
{
    /// <summary>Orders are measured at two finite steps.</summary>
    private const double Scatter = 0.25;

    protected abstract IPredictor Predictor { get; }

    /// <summary>The order of the error in the step.</summary>
    protected abstract int Order { get; }

    /// <summary>A step at which the order shows and rounding does not.</summary>
    protected abstract double Step { get; }

    [Fact]
    public void Error_FallsWithTheOrder()
    {
        double order = Math.Log2(Error(Step) / Error(Step / 2));
        Assert.Equal(Order, order, Scatter);
    }

    private double Error(double step)
    {
        Progress progress = Behind(step);
        Arc arc = new(new Problem(KnownMaps.Helix, Box.Everything(3), [0, 0]), progress, 1e-12);
        arc.Begin(step);
        Predictor.Predict(arc);
        double[] exact = Point(step);
        return arc.Trial.Point.Select((x, i) => Math.Abs(x - exact[i])).Max();
    }

    /// <summary>Stations at arc length 0, -h, -2h, -3h.</summary>
    private static Progress Behind(double step)
    {
        IEnumerable<double> lengths = Enumerable.Range(0, Arc.Memory).Select(k => -k * step);
        return new Progress
        {
            Scale = [1, 1, 1],
            Points = [.. lengths.SelectMany(Point)],
            Tangents = [.. lengths.SelectMany(Tangent)],
            Arcs = [.. Enumerable.Repeat(step, Arc.Memory - 1)],
            Origin = [1, 0, 0],
            OriginTangent = [.. Tangent(0)],
            Strength = 1,
            Strongest = 1,
            Bend = 0.5,
            Step = step,
        };
    }

    private static double[] Point(double length)
    {
        double z = length / Math.Sqrt(2);
        return [Math.Cos(z), Math.Sin(z), z];
    }

    private static double[] Tangent(double length)
    {
        double z = length / Math.Sqrt(2);
        return [-Math.Sin(z) / Math.Sqrt(2), Math.Cos(z) / Math.Sqrt(2), 1 / Math.Sqrt(2)];
    }
}

public sealed class EulerPredictorLaws : PredictorLaws
{
    protected override IPredictor Predictor => new EulerPredictor();
    protected override int Order => 2;
    protected override double Step => 1e-2;
}

public sealed class HermiteFromOneLaws : PredictorLaws
{
    protected override IPredictor Predictor => new HermitePredictor(1);
    protected override int Order => 2;
    protected override double Step => 1e-2;
}

public sealed class HermiteFromTwoLaws : PredictorLaws
{
    protected override IPredictor Predictor => new HermitePredictor(2);
    protected override int Order => 4;
    protected override double Step => 0.05;
}

public sealed class HermiteFromThreeLaws : PredictorLaws
{
    protected override IPredictor Predictor => new HermitePredictor(3);
    protected override int Order => 6;
    protected override double Step => 0.1;
}

public sealed class HermiteFromFourLaws : PredictorLaws
{
    protected override IPredictor Predictor => new HermitePredictor();
    protected override int Order => 8;
    protected override double Step => 0.2;
}
