using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures;

/// <summary>A curve on the plane of two inputs.</summary>
/// <param name="Curve">The curve, with two inputs.</param>
/// <param name="Name">Its name in the legend; curves of one name share one entry.</param>
/// <param name="Level">Its output, by which a colour scale colours it; null for a plain curve.</param>
/// <param name="Beside">Drawn dashed: for comparison only.</param>
public sealed record PlaneCurve(Curve Curve, string Name, double? Level = null, bool Beside = false);

/// <summary>A point on the plane of two inputs, with a label beside it (empty for none).</summary>
/// <param name="At">The point: [2].</param>
/// <param name="Label">What stands beside it.</param>
public sealed record PlanePoint(ImmutableArray<double> At, string Label = "")
{
    /// <summary>What the legend calls the points without a label of this kind: "sample points"; empty for plain points.</summary>
    public string Kind { get; init; } = "";
}

/// <summary>What was found on the plane of two inputs: curves, a region, critical points, undecided cells, points; everything but the run is optional.</summary>
public sealed record PlaneReport
{
    /// <summary>The run; its signature labels every axis.</summary>
    public required RunRecord Run { get; init; }

    /// <summary>The box that was searched; finite.</summary>
    public required Box Box { get; init; }

    /// <summary>The heading of the figure.</summary>
    public required string Title { get; init; }

    /// <summary>What was found, as a table shows it beside the figure: name and value.</summary>
    public ImmutableArray<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>The curves, each drawn over those before it, and what is there for comparison over all.</summary>
    public ImmutableArray<PlaneCurve> Curves { get; init; } = [];

    /// <summary>A region, filled with its holes left out.</summary>
    public ImmutableArray<RegionPart> Region { get; init; } = [];

    /// <summary>The region's name in the legend.</summary>
    public string RegionName { get; init; } = "";

    /// <summary>Critical points, marked by their kind.</summary>
    public ImmutableArray<CriticalPoint> CriticalPoints { get; init; } = [];

    /// <summary>Cells where nothing was decided, drawn so that even the smallest is seen.</summary>
    public ImmutableArray<Cell> Undecided { get; init; } = [];

    /// <summary>Points such as a start, a crossing, or samples.</summary>
    public ImmutableArray<PlanePoint> Points { get; init; } = [];

    /// <summary>The output over the box.</summary>
    public Field? Field { get; init; }

    internal Signature Signature => Run.Signature;
}
