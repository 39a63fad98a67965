using Preimage.Maps;

namespace Preimage.Tracing;

/// <summary>
/// Half the width of the box in each input, so that inputs of very different size (a pressure in pascal, a volume in cubic metres) count alike;
/// one input unit where the box is unbounded or has no width. On [-1, 1]^n these are the input units.
/// </summary>
public sealed record HalfWidths : IScale
{
    // A box so wide is no scale for anything: products of such units overflow.
    private const double Unbounded = 1e30;

    /// <inheritdoc/>
    public double[] Units(Box box)
    {
        double[] units = new double[box.Dimension];
        for (int i = 0; i < units.Length; i++)
        {
            double half = 0.5 * box.Upper[i] - 0.5 * box.Lower[i];
            units[i] = half is > 0 and < Unbounded ? half : 1;
        }

        return units;
    }
}
