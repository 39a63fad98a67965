namespace Preimage.Walking;

/// <summary>
/// Adapts the length in the warm-up until the stated share of steps is accepted: log h += gain k^-decay (accepted - share), after Robbins and Monro; the
/// length is frozen thereafter, since a walk that goes on adapting is not reversible.  [RobbinsMonro1951]
/// </summary>
public sealed record AdaptedLength : IStepLength
{
    /// <summary>The share of steps to be accepted.</summary>
    public double Acceptance { get; init; } = 0.5;

    /// <summary>How far log h moves at first.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>How fast the moves shrink: above 1/2, so that the length settles, below 1, so that it gets anywhere.</summary>
    public double Decay { get; init; } = 0.6;

    /// <inheritdoc/>
    public double? First { get; init; }

    /// <inheritdoc/>
    public double Next(double length, long step, bool accepted) =>
        length * Math.Exp(Gain * Math.Pow(step, -Decay) * ((accepted ? 1 : 0) - Acceptance));
}
