namespace Preimage.Tracing;

/// <summary>Leaves the guess as it is: the published algorithms do not correct. Their defect is what they drifted.</summary>
public sealed record Uncorrected : ICorrector
{
    /// <inheritdoc/>
    public Correction Correct(Arc arc) => arc.Linearize() ? Correction.Converged : Correction.NotFinite;
}
