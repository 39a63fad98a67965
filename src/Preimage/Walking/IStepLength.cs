namespace Preimage.Walking;

/// <summary>How long the steps are.</summary>
public interface IStepLength
{
    /// <summary>The first length, in input units; null for a tenth of the box's smallest half width, less where the inputs are many.</summary>
    double? First { get; }

    /// <summary>The length after a step of the warm-up.</summary>
    /// <param name="length">The length so far.</param>
    /// <param name="step">Which step of the warm-up it was, from 1.</param>
    /// <param name="accepted">Whether it was accepted.</param>
    double Next(double length, long step, bool accepted);
}
