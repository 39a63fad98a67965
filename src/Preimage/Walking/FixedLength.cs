namespace Preimage.Walking;

/// <summary>Steps of one length, given.</summary>
/// <param name="Length">The length, in the walk's units.</param>
public sealed record FixedLength(double Length) : IStepLength
{
    /// <inheritdoc/>
    public double? First => Length;

    /// <inheritdoc/>
    public double Next(double length, long step, bool accepted) => length;
}
