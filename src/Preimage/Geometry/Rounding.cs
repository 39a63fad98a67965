namespace Preimage.Geometry;

/// <summary>The unit that tolerances are told in.</summary>
internal static class Rounding
{
    /// <summary>One ulp of 1: 2^-52.</summary>
    public const double Epsilon = 2.220446049250313e-16;
}
