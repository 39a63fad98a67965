using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Laws;
using Preimage.Tracing;

namespace Preimage.Tests.Tracing;

/// <summary>The published SiMEC-1D and SiMExp-1D, with what they do and what they do not do.</summary>
public class PublishedRecipeTests
{
    [Fact]
    public void Simec_OnTheAuthorsNetwork_DriftsAsInIndependentReruns()
    {
        SigmoidNetwork network = new(Shared.Path("simec/surface_1_good_weights.csv"));
        Fiber fiber = Tracer.Simec(1.25e-2, 200).Traced(network, [0.25, 0.25], Box.Cube(2, -1, 1));
        double output = fiber.Target[0];
        // Independent reruns, one for each direction's sign, gave 2.93e-2 to 2.96e-2.
        Assert.InRange(fiber.Curve.Defects[0] / output, 2.93e-2, 2.96e-2);
        Assert.InRange(fiber.Curve.Defects[^1] / output, 2.93e-2, 2.96e-2);
        Assert.Equal(401, fiber.Curve.Count);
        Assert.Equal(Ending.BudgetSpent, fiber.Curve.End);
    }

    [Fact]
    public void Simec_DriftsInProportionToDelta()
    {
        // One turn of the circle of radius 1/2; each explicit step leaves the circle by delta^2 / 2 r.
        double coarse = Turn(1e-2).Curve.Defect;
        double fine = Turn(1e-4).Curve.Defect;
        double slope = Math.Log10(coarse / fine) / 2;
        Assert.Equal(1, slope, 0.02);
        static Fiber Turn(double delta) =>
            Tracer.Simec(delta, (long)(Math.PI / delta)).Traced(KnownMaps.Circle, [0.3, 0.4], Box.Cube(2, -1, 1));
    }

    [Fact]
    public void Simec_TakesStepsOfDelta_AlongNullVectors_AndKeepsTheirSign()
    {
        const double delta = 0.01;
        Curve curve = Tracer.Simec(delta, 300).Traced(KnownMaps.Circle, [0.3, 0.4], Box.Cube(2, -1, 1)).Curve;
        for (int i = 0; i + 1 < curve.Count; i++)
        {
            double x = curve.Point(i + 1)[0] - curve.Point(i)[0];
            double y = curve.Point(i + 1)[1] - curve.Point(i)[1];
            Assert.Equal(delta, Math.Sqrt(x * x + y * y), 1e-15);
            double turn = curve.Tangent(i)[0] * curve.Tangent(i + 1)[0] + curve.Tangent(i)[1] * curve.Tangent(i + 1)[1];
            Assert.True(turn > 0);
        }
    }

    [Fact]
    public void Simec_StopsInsideTheBox_OrIsProjectedOntoIt()
    {
        Box box = new([-1, -1], [0.35, 1]);
        Tracer stopping = Tracer.Simec(0.01, 1000);
        Curve stopped = stopping.Traced(KnownMaps.Circle, [0.3, 0.4], box).Curve;
        Assert.Equal(Ending.StoppedInside, stopped.Start);
        Assert.Equal(Ending.StoppedInside, stopped.End);
        Tracer projecting = stopping with { Boundary = new ProjectInside() };
        Curve projected = projecting.Traced(KnownMaps.Circle, [0.3, 0.4], box).Curve;
        Assert.Equal(Ending.BudgetSpent, projected.End);
        // Clamped points stay in the box, but each clamping leaves the fiber for good.
        Assert.True(projected.Defect > 2 * stopped.Defect);
        for (int i = 0; i < projected.Count; i++)
        {
            Assert.True(box.Contains(projected.Point(i)));
        }
    }

    [Fact]
    public void Simexp_CrossesTheFibers_AlongTheGradient()
    {
        // On x^2 + y^2 the eigenvector of the largest eigenvalue is radial: the run is a straight line through the start.
        Fiber fiber = Tracer.Simexp(0.01, 20).Traced(KnownMaps.Circle, [0.3, 0.4], Box.Cube(2, -1, 1));
        Curve curve = fiber.Curve;
        Assert.Equal(0.4, curve.Length, 1e-12);
        double[] radii = [.. Enumerable.Range(0, curve.Count).Select(i => Math.Sqrt(curve.Value(i)[0]))];
        Assert.Equal(0.3, radii.Min(), 1e-12);
        Assert.Equal(0.7, radii.Max(), 1e-12);
        // Its defect is the output's change, its pseudo-length the way of the output.
        Assert.Equal(0.49 - 0.25, curve.Defect, 1e-12);
        Assert.Equal(0.49 - 0.09, fiber.PseudoLength, 1e-12);
    }

    [Fact]
    public void Delta_MustBePositive() =>
        Assert.Equal(
            "The step delta is -1; give a positive number.",
            Assert.Throws<ArgumentException>(() => Tracer.Simec(-1, 10)).Message
        );
}
