namespace Preimage.Walking;

/// <summary>A trial step of a morph, as it turned out.</summary>
public readonly record struct MorphTrial
{
    /// <summary>t: the trial goes to the nearest allowed point to x + t (b - x).</summary>
    public required double Time { get; init; }

    /// <summary>Length of the step before its correction.</summary>
    public required double Length { get; init; }

    /// <summary>Length of the correction; infinite where it failed.</summary>
    public required double Correction { get; init; }

    /// <summary>How much the squared distance to the target should have fallen.</summary>
    public required double Promised { get; init; }

    /// <summary>How much it fell.</summary>
    public required double Kept { get; init; }

    /// <summary>
    /// The time after which, to go by the change of the free direction along the step, that direction would vanish; infinite where it does not shrink.
    /// NaN for a step that cannot be kept.
    /// </summary>
    public required double Secant { get; init; }
}

/// <summary>Judges a step of a morph and sizes the next one.</summary>
public interface IMorphSteps
{
    /// <summary>Whether the step is kept, and the time t of the next trial.</summary>
    (bool Kept, double Next) Judge(in MorphTrial trial);
}

/// <summary>
/// Keeps a step whose correction is short against it and that brings the target nearer by a fair part of what it promised. Steps grow while corrections are
/// short; near the end they are as long as the change of the free direction says.  [BarzilaiBorwein1988], [NocedalWright2006, section 3.1]
/// </summary>
public sealed record SecantSteps : IMorphSteps
{
    /// <summary>The longest correction, as a share of the step.</summary>
    public double Reach { get; init; } = 0.2;

    /// <summary>The least fall of the squared distance, as a share of what was promised.</summary>
    public double LeastShare { get; init; } = 0.1;

    /// <summary>The largest time.</summary>
    public double Longest { get; init; } = 1e3;

    /// <inheritdoc/>
    public (bool Kept, double Next) Judge(in MorphTrial trial)
    {
        bool isShort = trial.Correction <= Reach * trial.Length;
        if (!isShort || double.IsNaN(trial.Secant) || !(trial.Kept >= LeastShare * trial.Promised))
        {
            double shrink = isShort ? 0.5 : Math.Clamp(0.8 * Reach * trial.Length / trial.Correction, 0.1, 0.5);
            return (false, shrink * trial.Time);
        }

        double growth = Math.Clamp(0.5 * Reach * trial.Length / trial.Correction, 0.5, 2);
        return (true, Math.Min(Math.Min(growth * trial.Time, trial.Secant), Longest));
    }
}
