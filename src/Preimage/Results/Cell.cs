using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>A bounded closed box of R^n, as a part of a result.</summary>
/// <param name="Lower">Lower bounds: [n].</param>
/// <param name="Upper">Upper bounds: [n].</param>
public sealed record Cell(ImmutableArray<double> Lower, ImmutableArray<double> Upper)
{
    /// <summary>n.</summary>
    public int Dimension => Lower.Length;

    /// <summary>The largest edge.</summary>
    public double Width => Enumerable.Range(0, Dimension).Max(i => Upper[i] - Lower[i]);

    /// <summary>The product of the edges, rounded to nearest.</summary>
    public double Volume => Enumerable.Range(0, Dimension).Aggregate(1.0, (v, i) => v * (Upper[i] - Lower[i]));

    /// <summary>The middle: [n].</summary>
    public double[] Middle => [.. Lower.Zip(Upper, (low, high) => low + (high - low) / 2)];

    /// <summary>Whether x lies in the cell.  x: [n].</summary>
    public bool Contains(ReadOnlySpan<double> x)
    {
        for (int i = 0; i < Lower.Length; i++)
        {
            if (!(x[i] >= Lower[i] && x[i] <= Upper[i]))
            {
                return false;
            }
        }

        return true;
    }
}
