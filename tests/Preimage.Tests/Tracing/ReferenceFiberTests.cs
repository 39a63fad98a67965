using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Laws;
using Preimage.Tracing;

namespace Preimage.Tests.Tracing;

/// <summary>
/// The fibers of the authors' networks against values from independent code in long double; and each of them through all laws of tracing.
/// </summary>
public abstract class ReferenceFiber : TracerLaws
{
    /// <summary>What the reference lengths promise.</summary>
    private const double LengthTolerance = 1e-9;
    private SigmoidNetwork? _network;

    protected abstract string File { get; }

    protected override IMap Map => _network ??= new SigmoidNetwork(Shared.Path($"simec/{File}.csv"));

    [Fact]
    public void Length_IsTheReference()
    {
        Curve curve = (Tracer.Continuation with { Steps = new ChordControl(1e-6) }).Traced(Map, Start, Box).Curve;
        Assert.Equal(Length, curve.Length, LengthTolerance * Length);
        Assert.Equal(Ending, curve.Start);
        Assert.Equal(Ending, curve.End);
    }
}

public sealed class CompactClassFiber : ReferenceFiber
{
    protected override string File => "surface_1_good_weights";
    protected override double[] Start => [0.2, 0.2];
    protected override Box Box => Box.Cube(2, -1, 1);
    protected override double Length => 1.7520272462795;
    protected override Ending Ending => Ending.Closed;
}

public sealed class IsothermalFiber : ReferenceFiber
{
    protected override string File => "thermodynamics_weights_addestrata_bene";
    protected override double[] Start => [0.1, 0.75];
    protected override Box Box => Box.Cube(2, 0, 1);
    protected override double Length => 1.1414605410317;
    protected override Ending Ending => Ending.LeftBox;
}

public sealed class BinaryBoundaryFiber : ReferenceFiber
{
    /// <summary>What the reference end points promise.</summary>
    private const double EndTolerance = 1e-11;

    protected override string File => "weights_binary";
    protected override double[] Start => [0, -0.01499];
    protected override Box Box => new([-3.14, -1], [3.14, 1.5]);
    protected override double Length => 6.6926250763029;
    protected override Ending Ending => Ending.LeftBox;

    /// <summary>Above it the turn of the tangent bounds the steps, not the chord.</summary>
    protected override double CoarseChord => 1e-4;

    [Fact]
    public void Ends_AreTheReference()
    {
        Curve curve = Tracer.Continuation.Traced(Map, Start, Box).Curve;
        double[][] ends = [curve.Point(0).ToArray(), curve.Point(curve.Count - 1).ToArray()];
        Array.Sort(ends, (p, q) => p[0].CompareTo(q[0]));
        Assert.Equal(-3.14, ends[0][0]);
        Assert.Equal(0.085719293866, ends[0][1], EndTolerance);
        Assert.Equal(3.14, ends[1][0]);
        Assert.Equal(0.003422264993, ends[1][1], EndTolerance);
    }

    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-3)]
    [InlineData(3e-5)]
    public void Steps_NeverJumpToThePlateau(double chord)
    {
        // Away from its boundary the network is flat to rounding, and a Newton step without safeguards lands there.
        Curve curve = (Tracer.Continuation with { Steps = new ChordControl(chord) }).Traced(Map, Start, Box).Curve;
        Assert.Equal(Ending.LeftBox, curve.Start);
        Assert.Equal(Ending.LeftBox, curve.End);
        Assert.Equal(Length, curve.Length, 10 * chord * chord);
    }
}
