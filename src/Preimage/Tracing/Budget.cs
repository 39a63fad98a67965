namespace Preimage.Tracing;

/// <summary>Stops after so many points (in each direction) or evaluations.</summary>
public sealed record Budget(long Points = 1_000_000, long Evaluations = long.MaxValue) : IStop
{
    /// <inheritdoc/>
    public bool Reached(Arc arc) => arc.Accepted >= Points || arc.Evaluations >= Evaluations;
}
