using Preimage.Enclosing;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Onnx;
using Preimage.Results;
using Preimage.Tests.Maps;

namespace Preimage.Tests.Levels;

/// <summary>Borders of classes, and of one output at a level.</summary>
public class ClassMarginTests
{
    /// <summary>Scores x, y and -x - y: three classes that meet at the origin.</summary>
    private static readonly IMap Scores = new AffineMap([1, 0, 0, 1, -1, -1], [0, 0, 0]);

    private static readonly FunctionEnclosure Boxes = new(
        2,
        3,
        (x, y) => (y[0], y[1], y[2]) = (x[0], x[1], -x[0] - x[1]),
        (_, j) => (j[0], j[1], j[2], j[3], j[4], j[5]) = (1, 0, 0, 1, -1, -1),
        (_, h) => h.Clear()
    );

    [Fact]
    public void TheMargin_IsTheStrongestRivalsLead()
    {
        ClassMargin margin = new(Scores, 0);
        double[] value = [0];
        double[] gradient = [0, 0];
        margin.Linearize([0.5, 0.25], value, gradient);
        Assert.Equal(-0.25, value[0]);
        Assert.Equal([-1, 1], gradient);
        margin.Linearize([0.5, -1], value, gradient);
        Assert.Equal(0, value[0]);
        Assert.Equal([-2, -1], gradient);
        Assert.Equal(2, ClassMargin.LabelAt(Scores, [-0.5, 0.1]));
    }

    [Fact]
    public void ItsEnclosure_HoldsItAtRandomPoints_WithTheHullOfTheRivalsThere()
    {
        EnclosedClassMargin enclosure = new(Boxes, 0);
        ClassMargin margin = new(Scores, 0);
        Random random = new(7);
        Interval[] y = new Interval[1];
        Interval[] j = new Interval[2];
        double[] value = [0];
        double[] gradient = [0, 0];
        for (int k = 0; k < 10_000; k++)
        {
            double[] corner = [2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1];
            double width = random.NextDouble();
            Interval[] box = [new(corner[0], corner[0] + width), new(corner[1], corner[1] + width)];
            enclosure.EncloseJacobian(box, y, j);
            margin.Linearize(
                [corner[0] + width * random.NextDouble(), corner[1] + width * random.NextDouble()],
                value,
                gradient
            );
            Assert.True(y[0].Contains(value[0]) && j[0].Contains(gradient[0]) && j[1].Contains(gradient[1]));
        }
    }

    [Fact]
    public void TheNearestOtherClass_IsAcrossTheNearestOfItsBorders()
    {
        Crossing crossing = new Crossings().Nearest(
            new ClassMargin(Scores, 0),
            new EnclosedClassMargin(Boxes, 0),
            [0.8, 0.2],
            Box.Cube(2, -2, 2),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Verdict.Proved, crossing.Verdict);
        Assert.Equal(0.6 / Math.Sqrt(2), crossing.Distance, 1e-12);
        Assert.Equal([0.5, 0.5], crossing.At!.Value.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void OfTheAuthorsClassifier_TheNearestPointOfTheBorderIsProved()
    {
        var network = TextWeights.Read(Shared.Path("simec/weights_binary.csv"));
        Crossing crossing = new Crossings().Nearest(
            new LevelMargin(network.Map, 0.5),
            new EnclosedLevelMargin(new NetworkEnclosure(network), 0.5),
            [0, 1],
            new Box([-3.14, -1], [3.14, 1.5]),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Verdict.Proved, crossing.Verdict);
        Assert.InRange(crossing.Distance - crossing.DistanceLower, 0, 1e-6 * crossing.Distance);
        Assert.InRange(crossing.KktResidual, 0, 1e-6);
    }

    [Fact]
    public void Refusals_SayWhatWouldWork()
    {
        Assert.Equal(
            "There is no class 3; the map's classes are 0 to 2, one for each output.",
            Assert.Throws<ArgumentException>(() => new ClassMargin(Scores, 3)).Message
        );
        Assert.Equal(
            "The map has one output, so it has no classes; take a level of it.",
            Assert.Throws<ArgumentException>(() => new ClassMargin(Scores.Select(0), 0)).Message
        );
        Assert.Equal(
            "The level is NaN; give a finite number.",
            Assert.Throws<ArgumentException>(() => new LevelMargin(Scores.Select(0), double.NaN)).Message
        );
    }

    [Fact]
    public void OfAWideMap_ADerivativeCostsOneCovector()
    {
        ChainOfPairs wide = new(10_000, 1_000, allowsDense: false);
        double[] x = ChosenMaps.Waves(10_000);
        double[] scores = wide.Evaluate(x);
        int rival = wide.Largest(x, 1)[0];
        double[] y = new double[1];
        double[] gradient = new double[10_000];
        new ClassMargin(wide, 7).Linearize(x, y, gradient);
        Assert.Equal([1], wide.Covectors);
        Assert.Equal(scores[rival] - scores[7], y[0]);
        Assert.Equal(-Math.Sin(x[7]), gradient[8]);
    }
}
