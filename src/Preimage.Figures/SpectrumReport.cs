using System.Collections.Immutable;
using Preimage.Data.Images;

namespace Preimage.Figures;

/// <summary>The spectrum of a pullback metric, at a point, layer by layer or over many points, with its leading directions: what a figure of it needs.</summary>
public sealed record SpectrumReport
{
    /// <summary>What was run.</summary>
    public required RunRecord Run { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>What is worth saying first, by name.</summary>
    public ImmutableArray<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>The spectra, the first the main one.</summary>
    public required ImmutableArray<NamedSpectrum> Spectra { get; init; }

    /// <summary>The directions, the most visible first.</summary>
    public ImmutableArray<NamedDirection> Directions { get; init; } = [];

    /// <summary>How a direction is an image; null where it is none.</summary>
    public ImageShape? Image { get; init; }
}

/// <summary>Eigenvalues, largest first.</summary>
/// <param name="Name">What they are of.</param>
/// <param name="Values">The eigenvalues, not negative.</param>
/// <param name="Knee">k where they fall most steeply behind the k-th; 0 where that is not marked.</param>
/// <param name="Beside">Whether it stands beside the main ones, and is drawn lightly.</param>
public sealed record NamedSpectrum(string Name, ImmutableArray<double> Values, int Knee = 0, bool Beside = false);

/// <summary>A unit direction among the inputs.  Values: [n].</summary>
public sealed record NamedDirection(string Name, ImmutableArray<double> Values);
