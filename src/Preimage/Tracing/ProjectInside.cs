namespace Preimage.Tracing;

/// <summary>Projects every step onto the box, as the published algorithms do: the points stay in the box and leave the fiber.</summary>
public sealed record ProjectInside : IBoundary
{
    /// <inheritdoc/>
    public TrialVerdict Confine(Arc arc)
    {
        double[] point = arc.Trial.Point;
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = Math.Clamp(point[i], arc.Box.Lower[i], arc.Box.Upper[i]);
        }

        return TrialVerdict.Pass;
    }
}
