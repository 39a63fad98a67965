namespace Preimage.Results;

/// <summary>Whether a statement was proved. Nothing is guessed: what could not be proved is unknown.</summary>
public enum Verdict
{
    /// <summary>Neither proved nor disproved.</summary>
    Unknown,

    /// <summary>Proved by enclosures with outward rounding.</summary>
    Proved,

    /// <summary>Proved to be false by the same means.</summary>
    Disproved,
}
