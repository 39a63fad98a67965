using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Laws;
using Preimage.Tracing;

namespace Preimage.Tests.Tracing;

/// <summary>Maps that round much worse than their outputs show, as networks with large cancelling weights do.</summary>
public class NoiseTests
{
    /// <summary>Two corrections a step and the checks after them; a search for luck in the noise would take ten.</summary>
    private const double MostEvaluationsAPoint = 3.2;

    [Theory]
    [InlineData(1e-14)]
    [InlineData(1e-13)]
    [InlineData(1e-12)]
    public void ANoisyMap_IsTracedToItsNoise_WithoutLookingForLuck(double amplitude)
    {
        Fiber fiber = Tracer.Continuation.Traced(Noisy(amplitude), [0.3, 0.4], Box.Cube(2, -1, 1));
        Assert.True(fiber.Curve.Closed);
        Assert.InRange(fiber.Noise, amplitude / 2, 4 * amplitude);
        Assert.InRange(fiber.Curve.Defect, 0, fiber.Noise);
        Assert.InRange((double)fiber.Evaluations / fiber.Curve.Count, 1, MostEvaluationsAPoint);
        Assert.Equal(Math.PI, fiber.Curve.Length, 1e-7);
    }

    [Fact]
    public void ACleanMap_HasNoNoiseToSpeakOf()
    {
        const double ulp = 5.6e-17; // of x^2 + y^2 = 1/4
        Fiber fiber = Tracer.Continuation.Traced(KnownMaps.Circle, [0.3, 0.4], Box.Cube(2, -1, 1));
        Assert.InRange(fiber.Noise, 0, 4 * ulp);
    }

    /// <summary>Neither a wide box nor a curved output is noise.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1e4)]
    [InlineData(1e8)]
    public void AWideBox_IsNoNoise(double width)
    {
        Fiber fiber = (Tracer.Continuation with { Scale = new InputUnits() }).Traced(
            KnownMaps.Circle,
            [0.3, 0.4],
            Box.Cube(2, -width, width)
        );
        Assert.True(fiber.Curve.Closed);
        Assert.InRange(fiber.Curve.Defect, 0, 1e-15);
        Assert.InRange(fiber.Noise, 0, 1e-15);
    }

    [Fact]
    public void ASteepParabola_IsNoNoise()
    {
        // x^2 + 10^12 y^2 = 1: its second derivative would pass for noise if it were measured too far away.
        IMap map = KnownMaps.Quadratic(1, 1e12);
        Fiber fiber = Tracer.Continuation.Traced(map, [0, 1e-6], Box.Cube(2, -2, 2));
        Assert.InRange(fiber.Curve.Defect, 0, 1e-14);
    }

    /// <summary>x^2 + y^2 and an error between -amplitude and amplitude that only the bits of the point decide.</summary>
    private static FunctionMap Noisy(double amplitude) =>
        new(
            2,
            1,
            (x, y, j) =>
            {
                ulong bits =
                    BitConverter.DoubleToUInt64Bits(x[0]) * 0x9E3779B97F4A7C15 ^ BitConverter.DoubleToUInt64Bits(x[1]);
                bits = (bits ^ bits >> 29) * 0xBF58476D1CE4E5B9;
                y[0] = x[0] * x[0] + x[1] * x[1] + amplitude * ((bits >> 11) / (double)(1UL << 52) - 1);
                if (j.Length > 0)
                {
                    (j[0], j[1]) = (2 * x[0], 2 * x[1]);
                }
            }
        );
}
