using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>
/// Each input in units of half its width in the box, to the nearest power of two; input units where it has no finite width. The walk is uniform in the area
/// that the fiber has in these units, and mixes where the inputs are of very different size.
/// </summary>
public sealed record WalkBoxUnits : IWalkUnits
{
    // Farther out squares overflow.
    private const double MostBinary = 400;

    /// <inheritdoc/>
    public double[] Of(Box box)
    {
        double[] units = new double[box.Dimension];
        for (int i = 0; i < units.Length; i++)
        {
            double half = 0.5 * box.Upper[i] - 0.5 * box.Lower[i];
            double binary = Math.Round(Math.Log2(half));
            units[i] = half > 0 && Math.Abs(binary) <= MostBinary ? Math.ScaleB(1, (int)binary) : 1;
        }

        return units;
    }
}
