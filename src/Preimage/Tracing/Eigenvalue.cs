namespace Preimage.Tracing;

/// <summary>An end of the spectrum.</summary>
public enum Eigenvalue
{
    /// <summary>The smallest eigenvalue.</summary>
    Smallest,

    /// <summary>The largest eigenvalue.</summary>
    Largest,
}
