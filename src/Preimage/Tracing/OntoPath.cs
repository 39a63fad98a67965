namespace Preimage.Tracing;

/// <summary>
/// Corrects the trial onto the place of the path that is nearest to its output. One output is always on its path, so there is nothing to correct.
/// </summary>
internal sealed record OntoPath(OutputPath Path, GaussNewton Newton) : ICorrector
{
    /// <inheritdoc/>
    public Correction Correct(Arc arc)
    {
        if (!arc.Linearize())
        {
            return Correction.NotFinite;
        }

        Path.AimAtNearest(arc);
        return arc.IsOnTarget(Newton.Ulps) ? Correction.Converged : Newton.Correct(arc);
    }
}
