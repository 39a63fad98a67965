using Preimage.Results;

namespace Preimage.Cli.Commands;

/// <summary>All that was found of a band.</summary>
internal sealed record BandFound
{
    public required double From { get; init; }

    public required double To { get; init; }

    /// <summary>Whether there are two inputs, and so polygons to be found.</summary>
    public required bool IsPlane { get; init; }

    /// <summary>The polygons; null where there are not two inputs, or where the curves do not bound a region.</summary>
    public required Region? Region { get; init; }

    /// <summary>Why there are no polygons, where there should be.</summary>
    public required string? Refusal { get; init; }

    /// <summary>The proof by boxes.</summary>
    public required Paving Paving { get; init; }

    /// <summary>The points of --test.</summary>
    public required TestedPoint[] Tests { get; init; }

    /// <summary>The published family of --compare; null where it was not asked for.</summary>
    public required Foliation? Beside { get; init; }

    /// <summary>The curves of that family that start in the band.</summary>
    public IEnumerable<Curve> Walks =>
        Beside is null
            ? []
            : Beside
                .Leaves.Where(leaf => leaf.Level[0] >= From && leaf.Level[0] <= To)
                .Select(leaf => leaf.Fiber.Curve);

    /// <summary>The share of their points that lie outside the band; NaN where there are none.</summary>
    public double StrayShare
    {
        get
        {
            double[] values = [.. Walks.SelectMany(curve => curve.Values)];
            return (double)values.Count(value => value < From || value > To) / values.Length;
        }
    }

    /// <summary>How many points --sample asks for.</summary>
    public required int? Asked { get; init; }

    /// <summary>The points of --sample.</summary>
    public required BandSample? Sample { get; init; }

    /// <summary>Whether nothing is missing.</summary>
    public bool IsWhole =>
        (!IsPlane || Region is { Verdict: Verdict.Proved })
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
