using System.Collections.Immutable;
using Preimage.Cli.Arguments;
using Preimage.Data.Samples;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Results;

namespace Preimage.Cli.Walking;

/// <summary>What was asked of which map, from where, in which box.</summary>
internal sealed record WalkQuestion
{
    /// <summary>The model with all its outputs, which say the label.</summary>
    public required Network Model { get; init; }

    /// <summary>The map whose fiber is walked.</summary>
    public required MapChoice Choice { get; init; }
    public required Box Box { get; init; }

    /// <summary>Where the walk starts: the free inputs: [n].</summary>
    public required double[] Start { get; init; }

    /// <summary>How it came there, where an output was asked for.</summary>
    public Arrival? Arrival { get; init; }

    /// <summary>The output asked for; empty where it is that of --at.</summary>
    public ImmutableArray<double> Value { get; init; } = [];

    public Signature Signature => Choice.Signature;

    public int Inputs => Choice.Map.Inputs;
}

/// <summary>A walk with what it says about itself.</summary>
/// <param name="Stroll">The recipe.</param>
/// <param name="Walk">The walk.</param>
/// <param name="Facts">Its numbers.</param>
internal sealed record Walked(Stroll Stroll, Walk Walk, WalkFacts Facts);

/// <summary>All that a run of walk found.</summary>
internal sealed record WalkFound
{
    public required WalkQuestion Question { get; init; }
    public required RunRecord Run { get; init; }

    /// <summary>The walk that was asked for.</summary>
    public required Walked Main { get; init; }

    /// <summary>Those beside it.</summary>
    public required ImmutableArray<Walked> Beside { get; init; }

    /// <summary>The samples, where any were written or measured; null where not.</summary>
    public required SampleChoice? Samples { get; init; }

    /// <summary>How they lie among the data; null where there is none.</summary>
    public required DataSpread? Spread { get; init; }

    /// <summary>Whether the walks are whole.</summary>
    public required bool IsWhole { get; init; }
}

/// <summary>Samples out of a walk.</summary>
/// <param name="Table">The samples with what is known of them.</param>
/// <param name="Kept">How many points were kept in all.</param>
/// <param name="Worth">How many independent samples those points are worth.</param>
/// <param name="IsThinned">Whether they were thinned to as many as they are worth.</param>
internal sealed record SampleChoice(SampleTable Table, int Kept, double Worth, bool IsThinned);

/// <summary>How samples lie among data.</summary>
/// <param name="Spread">The distances.</param>
/// <param name="File">The file.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Used">How many of them were compared.</param>
/// <param name="Label">The label that these have by the model, as the samples' start has; null where all rows count.</param>
internal sealed record DataSpread(Spread Spread, string File, int Rows, int Used, string? Label);
