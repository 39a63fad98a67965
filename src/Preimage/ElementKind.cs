namespace Preimage;

/// <summary>What the elements of a model's tensor are. All are held as doubles; integers are exact to 2^53.</summary>
public enum ElementKind
{
    /// <summary>Floating-point numbers of any width.</summary>
    Real,

    /// <summary>Integers of any width.</summary>
    Integer,

    /// <summary>0 or 1.</summary>
    Boolean,
}
