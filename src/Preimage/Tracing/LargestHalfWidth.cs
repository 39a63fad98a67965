using Preimage.Maps;

namespace Preimage.Tracing;

/// <summary>
/// One unit for all inputs, half of the box's largest finite width: angles are those of the input units, and steps go with the size of the box.
/// One input unit where no width is finite and positive.
/// </summary>
public sealed record LargestHalfWidth : IScale
{
    /// <inheritdoc/>
    public double[] Units(Box box)
    {
        double[] units = new HalfWidths().Units(box);
        double largest = 0;
        for (int i = 0; i < units.Length; i++)
        {
            largest = Math.Max(largest, box.Upper[i] - box.Lower[i] >= units[i] ? units[i] : 0);
        }

        Array.Fill(units, largest > 0 ? largest : 1);
        return units;
    }
}
