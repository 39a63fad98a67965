using Preimage.Maps;

namespace Preimage.Tracing;

/// <summary>The input units as they stand.</summary>
public sealed record InputUnits : IScale
{
    /// <inheritdoc/>
    public double[] Units(Box box)
    {
        double[] units = new double[box.Dimension];
        Array.Fill(units, 1.0);
        return units;
    }
}
