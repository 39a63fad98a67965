using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>One output of a map on a regular grid over a rectangle of two inputs, as a heat map shows it.</summary>
public sealed record Field
{
    /// <summary>Grid coordinates of the first input, ascending: [Columns].</summary>
    public required ImmutableArray<double> X { get; init; }

    /// <summary>Grid coordinates of the second input, ascending: [Rows].</summary>
    public required ImmutableArray<double> Y { get; init; }

    /// <summary>The output at (X[i], Y[j]) at place j * Columns + i: [Rows * Columns].</summary>
    public required ImmutableArray<double> Values { get; init; }
}
