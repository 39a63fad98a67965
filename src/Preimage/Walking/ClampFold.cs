using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>Coordinates beyond a bound are moved onto it, which leaves the fiber: as the published algorithms do. [BenfenatiMarta2024]</summary>
public sealed record ClampFold : IFold
{
    /// <inheritdoc/>
    public long Onto(Box box, ReadOnlySpan<double> u, Span<double> x, Span<double> slopes)
    {
        long contacts = 0;
        for (int i = 0; i < u.Length; i++)
        {
            x[i] = Math.Clamp(u[i], box.Lower[i], box.Upper[i]);
            bool moved = x[i] != u[i];
            slopes[i] = moved ? 0 : 1;
            contacts += moved ? 1 : 0;
        }

        return contacts;
    }
}
