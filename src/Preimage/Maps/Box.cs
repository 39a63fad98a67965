using System.Collections.Immutable;

namespace Preimage.Maps;

/// <summary>The box { x : lower_i &lt;= x_i &lt;= upper_i } in R^n; bounds may be infinite.</summary>
public sealed record Box
{
    /// <summary>Makes a box from its bounds.  lower, upper: [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ, a bound is NaN, or a lower bound exceeds its upper bound.</exception>
    public Box(ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        if (lower.Length != upper.Length)
        {
            throw new ArgumentException(
                $"A box needs as many lower as upper bounds, but got {lower.Length} and {upper.Length}."
            );
        }

        for (int i = 0; i < lower.Length; i++)
        {
            if (!(lower[i] <= upper[i]))
            {
                throw new ArgumentException(
                    $"The box is reversed in input {i + 1}: its lower bound {lower[i]:R} is not below its upper bound {upper[i]:R}; give the smaller one first."
                );
            }
        }

        Lower = [.. lower];
        Upper = [.. upper];
    }

    /// <summary>Lower bounds: [Dimension].</summary>
    public ImmutableArray<double> Lower { get; }

    /// <summary>Upper bounds: [Dimension].</summary>
    public ImmutableArray<double> Upper { get; }

    /// <summary>n.</summary>
    public int Dimension => Lower.Length;

    /// <summary>The whole of R^n.</summary>
    public static Box Everything(int dimension) => Cube(dimension, double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>[lower, upper]^n.</summary>
    public static Box Cube(int dimension, double lower, double upper)
    {
        double[] lowers = new double[dimension];
        double[] uppers = new double[dimension];
        Array.Fill(lowers, lower);
        Array.Fill(uppers, upper);
        return new Box(lowers, uppers);
    }

    /// <summary>Whether x lies in the closed box.  x: [Dimension].</summary>
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

    /// <summary>Boxes are equal when all their bounds are.</summary>
    public bool Equals(Box? other) =>
        other is not null
        && Lower.AsSpan().SequenceEqual(other.Lower.AsSpan())
        && Upper.AsSpan().SequenceEqual(other.Upper.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (double bound in Lower)
        {
            hash.Add(bound);
        }

        foreach (double bound in Upper)
        {
            hash.Add(bound);
        }

        return hash.ToHashCode();
    }
}
