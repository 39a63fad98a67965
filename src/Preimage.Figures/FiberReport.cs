using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures;

/// <summary>A curve with the name that a legend shows.</summary>
public sealed record NamedCurve(string Name, Curve Curve)
{
    /// <summary>Whether it is what the network should have learned: no run of the network, so its defect says nothing about one.</summary>
    public bool IsTruth { get; init; }
}

/// <summary>A fiber with all that a figure of it shows.</summary>
public sealed record FiberReport
{
    /// <summary>The run that gave the fiber; its signature labels every axis.</summary>
    public required RunRecord Run { get; init; }

    /// <summary>The fiber.</summary>
    public required Fiber Fiber { get; init; }

    /// <summary>The box in which it was traced; infinite bounds are allowed.</summary>
    public required Box Box { get; init; }

    /// <summary>The heading of the figure.</summary>
    public string Title { get; init; } = "Fiber";

    /// <summary>The fiber's name in a legend with other curves.</summary>
    public string Name { get; init; } = "fiber";

    /// <summary>The starting point: [n], or empty to leave it out.</summary>
    public ImmutableArray<double> Start { get; init; } = [];

    /// <summary>Curves to lay beside the fiber, such as the same class by another recipe.</summary>
    public ImmutableArray<NamedCurve> Others { get; init; } = [];

    /// <summary>One output over the plane of the two inputs, for n = 2 only; see <see cref="FieldSampler"/>.</summary>
    public Field? Field { get; init; }

    /// <summary>Which output the field shows, counted from 0.</summary>
    public int FieldOutput { get; init; }

    internal Signature Signature => Run.Signature;

    /// <summary>The fiber's curve first, then the others.</summary>
    internal ImmutableArray<NamedCurve> Curves => [new(Name, Fiber.Curve), .. Others];
}
