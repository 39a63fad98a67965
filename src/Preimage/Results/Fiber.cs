using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>The one-dimensional fiber through a point, with the figures that say how far to trust it.</summary>
public sealed record Fiber
{
    /// <summary>The fiber's component through the starting point.</summary>
    public required Curve Curve { get; init; }

    /// <summary>y0 = N(x0): [Curve.Outputs].</summary>
    public required ImmutableArray<double> Target { get; init; }

    /// <summary>Length in the pullback metric: 0 on an exact fiber.</summary>
    public required double PseudoLength { get; init; }

    /// <summary>How often the map was evaluated, with or without its Jacobian.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Steps that were refused and tried again.</summary>
    public required long Rejections { get; init; }

    /// <summary>
    /// The rounding noise of the map's value, where it was found to be larger than a few ulp of the output's scale: no defect below it means anything.
    /// 0 where it was not met.
    /// </summary>
    public double Noise { get; init; }

    /// <summary>The singular values below which a direction counts as null, relative to the largest.</summary>
    public required double RankTolerance { get; init; }

    /// <summary>The state of the run that ended at the curve's last point, to resume from; null where the curve was not traced.</summary>
    public Progress? Forward { get; init; }

    /// <summary>The state of the run that ended at the curve's first point; null where the curve was not traced.</summary>
    public Progress? Backward { get; init; }
}
