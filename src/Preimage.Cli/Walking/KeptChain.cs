using System.Collections.Immutable;
using Preimage.Results;

namespace Preimage.Cli.Walking;

/// <summary>One chain of a walk that is made in parts: what was kept so far, and where it stands.</summary>
/// <param name="dimension">n.</param>
/// <param name="outputs">m.</param>
internal sealed class KeptChain(int dimension, int outputs)
{
    /// <summary>n.</summary>
    public int Dimension => dimension;

    /// <summary>m.</summary>
    public int Outputs => outputs;

    private readonly List<double> _points = [];
    private readonly List<double> _values = [];
    private readonly List<double> _defects = [];
    private readonly List<double> _distances = [];

    /// <summary>Where the chain stands; null before it has begun.</summary>
    public WalkProgress? State { get; set; }

    /// <summary>The part that is missing of the chain: nothing kept, but its state.</summary>
    public Chain Bare =>
        new()
        {
            Kept = new Cloud
            {
                Dimension = dimension,
                Outputs = outputs,
                Points = [],
                Values = [],
                Defects = [],
            },
            Distances = [],
            State = State!,
        };

    /// <summary>The chain so far.</summary>
    public Chain Whole =>
        new()
        {
            Kept = new Cloud
            {
                Dimension = dimension,
                Outputs = outputs,
                Points = [.. _points],
                Values = [.. _values],
                Defects = [.. _defects],
            },
            Distances = [.. _distances],
            State = State!,
        };

    /// <summary>Adds a part that the chain went on by.</summary>
    public void Add(ChainPart part)
    {
        _points.AddRange(part.Points.AsSpan());
        _values.AddRange(part.Values.AsSpan());
        _defects.AddRange(part.Defects.AsSpan());
        _distances.AddRange(part.Distances.AsSpan());
    }
}

/// <summary>What a chain went on by.</summary>
/// <param name="Points">The points kept: [kept * n].</param>
/// <param name="Values">The map there: [kept * m].</param>
/// <param name="Defects">[kept].</param>
/// <param name="Distances">From the start, after each step: [steps].</param>
internal sealed record ChainPart(
    ImmutableArray<double> Points,
    ImmutableArray<double> Values,
    ImmutableArray<double> Defects,
    ImmutableArray<double> Distances
)
{
    /// <summary>What a run of a chain that began bare gave.</summary>
    public static ChainPart Of(Chain chain) =>
        new(chain.Kept.Points, chain.Kept.Values, chain.Kept.Defects, chain.Distances);
}
