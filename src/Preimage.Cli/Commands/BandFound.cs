using Preimage.Results;

namespace Preimage.Cli.Commands;

/// <summary>All that was found of a band.</summary>
internal sealed record BandFound
{
    public required double From { get; init; }

    public required double To { get; init; }

    /// <summary>The polygons; null where there are not two inputs.</summary>
    public required Region? Region { get; init; }

    /// <summary>The proof by boxes.</summary>
    public required Paving Paving { get; init; }

    /// <summary>The points of --test.</summary>
    public required TestedPoint[] Tests { get; init; }

    /// <summary>How many points --sample asks for.</summary>
    public required int? Asked { get; init; }

    /// <summary>The points of --sample.</summary>
    public required BandSample? Sample { get; init; }

    /// <summary>Whether nothing is missing.</summary>
    public bool IsWhole =>
        Region is null or { Verdict: Verdict.Proved }
        && Paving.Ending == PavingEnding.GapReached
        && (Sample is null || Sample.Count == Asked);

    /// <summary>The curves at both ends, each with its level.</summary>
    public IEnumerable<(Curve Curve, double Level)> Curves =>
        new[] { Region?.Lower, Region?.Upper }
            .OfType<LevelSet>()
            .SelectMany(set => set.Components.SelectMany(c => c.Branches).Select(curve => (curve, set.Level)));
}

/// <summary>A point of which is told whether it lies in the band.</summary>
/// <param name="At">The point.</param>
/// <param name="Value">The output there.</param>
/// <param name="IsInBox">Whether it lies in the box.</param>
/// <param name="Verdict">Proved: the output lies between the ends; disproved: it does not.</param>
internal sealed record TestedPoint(double[] At, double Value, bool IsInBox, Verdict Verdict);
