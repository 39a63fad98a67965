using Preimage.Figures;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Figures;

public class FieldSamplerTests
{
    /// <summary>(x, y) to (x + 10 y, -x).</summary>
    private class Plain : IMap
    {
        public int Inputs => 2;
        public int Outputs => 2;

        public void Evaluate(ReadOnlySpan<double> x, Span<double> y) => (y[0], y[1]) = (x[0] + 10 * x[1], -x[0]);

        public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian) =>
            throw new NotSupportedException();
    }

    private sealed class Batch : Plain, IBatchMap
    {
        public void EvaluateMany(ReadOnlySpan<double> points, Span<double> values)
        {
            for (int k = 0; k < points.Length / 2; k++)
            {
                Evaluate(points.Slice(2 * k, 2), values.Slice(2 * k, 2));
            }
        }

        public void LinearizeMany(ReadOnlySpan<double> points, Span<double> values, Span<double> jacobians) =>
            throw new NotSupportedException();
    }

    [Theory, InlineData(false), InlineData(true)]
    public void WithField_HoldsTheOutputAtItsNodes(bool batch)
    {
        Curve curve = Samples.Curve(t => [t - 0.5, 0.1], 9, outputs: 2);
        FiberReport report = Samples.Report("field", curve, Signature.Anonymous(2, 2), new Box([-1, -2], [1, 3])) with
        {
            FieldOutput = 1,
        };
        Field first = FieldSampler.WithField(report with { FieldOutput = 0 }, batch ? new Batch() : new Plain()).Field!;
        Field second = FieldSampler.WithField(report, batch ? new Batch() : new Plain()).Field!;
        Assert.Equal([-1, 1, -2, 3], [first.X[0], first.X[^1], first.Y[0], first.Y[^1]]);
        for (int j = 0; j < first.Y.Length; j++)
        {
            for (int i = 0; i < first.X.Length; i++)
            {
                Assert.Equal(first.X[i] + 10 * first.Y[j], first.Values[j * first.X.Length + i]);
                Assert.Equal(-first.X[i], second.Values[j * first.X.Length + i]);
            }
        }
    }

    [Fact]
    public void WithField_OfAnotherMap_IsRefused() =>
        Assert.Contains(
            "takes 2 inputs to 2 outputs",
            Assert.Throws<ArgumentException>(() => FieldSampler.WithField(Samples.Helix(), new Plain())).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void WithField_OfAPlane_CoversItsWindow()
    {
        IMap map = new Plain().Select(0);
        Field field = FieldSampler.WithField(PlaneSamples.Tiny(), map).Field!;
        Box window = FigureWindow.Of(PlaneSamples.Tiny());
        Assert.Equal([window.Lower[0], window.Upper[0]], [field.X[0], field.X[^1]]);
        Assert.Equal(field.X[5] + 10 * field.Y[7], field.Values[7 * field.X.Length + 5]);
        Assert.Contains(
            "takes 2 to 2",
            Assert.Throws<ArgumentException>(() => FieldSampler.WithField(PlaneSamples.Level(), new Plain())).Message,
            StringComparison.Ordinal
        );
    }
}
