using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>Input units, for all inputs alike: the walk is uniform in the fiber's own area.</summary>
public sealed record WalkInputUnits : IWalkUnits
{
    /// <inheritdoc/>
    public double[] Of(Box box)
    {
        double[] units = new double[box.Dimension];
        Array.Fill(units, 1);
        return units;
    }
}
