namespace Preimage.Tracing;

/// <summary>Brings a guess onto the curve.</summary>
public interface ICorrector
{
    /// <summary>Moves the trial point until N(x) equals the target, and leaves value, Jacobian and defect there.</summary>
    Correction Correct(Arc arc);
}

/// <summary>How a correction ended.</summary>
public enum Correction
{
    /// <summary>Nothing has been corrected.</summary>
    Unknown,

    /// <summary>The trial point is on the curve.</summary>
    Converged,

    /// <summary>It contracted too slowly, went too far or took too long: the step was too long.</summary>
    Failed,

    /// <summary>The Jacobian lost rank.</summary>
    Singular,

    /// <summary>The map gave NaN or infinity.</summary>
    NotFinite,
}
