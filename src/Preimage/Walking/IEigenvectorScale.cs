namespace Preimage.Walking;

/// <summary>How far to go along an eigenvector, as a multiple of the step length.</summary>
public interface IEigenvectorScale
{
    /// <summary>The multiple.  singularValues: those of the Jacobian that are not zero, largest first: [rank].</summary>
    double Factor(ReadOnlySpan<double> singularValues);
}

/// <summary>1: steps of one length, as in the paper on n-dimensional classes.  [BenfenatiMarta2024]</summary>
public sealed record UnitScale : IEigenvectorScale
{
    /// <inheritdoc/>
    public double Factor(ReadOnlySpan<double> singularValues) => 1;
}

/// <summary>sqrt(lambda_min / lambda_max) over the eigenvalues that are not zero, as in the paper on transformers.  [BenfenatiMarta2025]</summary>
public sealed record SpectralScale : IEigenvectorScale
{
    /// <inheritdoc/>
    public double Factor(ReadOnlySpan<double> singularValues) =>
        singularValues.IsEmpty ? 1 : singularValues[^1] / singularValues[0];
}
