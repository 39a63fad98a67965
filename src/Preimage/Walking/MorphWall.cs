namespace Preimage.Walking;

/// <summary>
/// A kink of the map near a point of a morph: on this side of it, w . x &lt;= bound, the Jacobian is J, and beyond it J + u w^T.
/// </summary>
internal sealed class MorphWall(double[] normal, double[] jump)
{
    /// <summary>w, of length 1, towards the other side: [n].</summary>
    public double[] Normal { get; } = normal;

    /// <summary>u, how the derivative along w jumps: [m].</summary>
    public double[] Jump { get; } = jump;

    /// <summary>How far points of this side go, a little before the kink.</summary>
    public double Bound { get; set; }

    /// <summary>How often steps were taken that the wall had no part in, since it last had.</summary>
    public int Idle { get; set; }
}
