using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Laws;
using Preimage.Tracing;

namespace Preimage.Tests.Tracing;

/// <summary>Starts where the curve touches or grazes a face of the box.</summary>
public class GrazingTests
{
    private static readonly Box Square = Box.Cube(2, -1, 1);

    /// <summary>A circle that touches the box from within, or its four faces, is whole.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, -1)]
    [InlineData(0.6, 0.8)]
    public void AFaceThatIsTouched_FromWithin_EndsNothing(double x, double y)
    {
        Curve curve = Tracer.Continuation.Traced(KnownMaps.Circle, [x, y], Square).Curve;
        Assert.True(curve.Closed);
        Assert.Equal(2 * Math.PI, curve.Length, 1e-7);
    }

    /// <summary>A start on a face, next to where the curve touches it: the curve bulges beyond the face by height^2, and ends at the mirror image.</summary>
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-5)]
    [InlineData(1e-6)]
    [InlineData(1e-7)]
    [InlineData(-1e-7)]
    [InlineData(-1e-4)]
    public void AStartOnAFace_ThatTheCurveGrazes_FollowsItsCurvature(double height)
    {
        double rounding = 1e-15 / Math.Abs(height);
        Box within = new([-1, -1], [0.5, 1]);
        Curve inside = Tracer.Continuation.Traced(KnownMaps.Circle, [0.5, height], within).Curve;
        Box without = new([0.5, -1], [1, 1]);
        Curve outside = Tracer.Continuation.Traced(KnownMaps.Circle, [0.5, height], without).Curve;
        foreach (Curve curve in new[] { inside, outside })
        {
            Assert.Equal((Ending.LeftBox, Ending.LeftBox), (curve.Start, curve.End));
            Assert.Equal((0.5, 0.5), (curve.Point(0)[0], curve.Point(curve.Count - 1)[0]));
            Assert.Equal(Math.Abs(height), Math.Abs(curve.Point(0)[1]), rounding);
            Assert.Equal(-curve.Point(0)[1], curve.Point(curve.Count - 1)[1], 2 * rounding);
        }

        double radius = Math.Sqrt(0.25 + height * height);
        double beyond = 2 * radius * Math.Atan(2 * Math.Abs(height));
        Assert.Equal(2 * Math.PI * radius - beyond, inside.Length, 1e-7);
        Assert.Equal(beyond, outside.Length, 4 * rounding);
    }
}
