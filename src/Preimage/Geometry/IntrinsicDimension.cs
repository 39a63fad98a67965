using System.Collections.Immutable;

namespace Preimage.Geometry;

/// <summary>How many dimensions a spectrum speaks of, by three measures that need not agree.</summary>
/// <param name="Knee">k at the steepest fall, where lambda_k / lambda_(k+1) is largest; values lost in rounding count as the rounding level.</param>
/// <param name="Fall">That ratio.</param>
/// <param name="Participation">(sum lambda)^2 / sum lambda^2: k where k values are equal and the others 0.</param>
/// <param name="Share99">The fewest values that make up 99 % of the whole sum; null where those that are known do not.</param>
public sealed record IntrinsicDimension(int Knee, double Fall, double Participation, int? Share99)
{
    private const double Most = 0.99;

    // A spectrum that falls evenly has a steepest place, too.
    private const double LeastFall = 10;

    /// <summary>Whether the knee is one: behind it the values are less than a tenth.</summary>
    public bool IsClear => Fall >= LeastFall;

    /// <summary>The measures of a spectrum.</summary>
    /// <param name="spectrum">lambda, largest first, not negative.</param>
    /// <param name="isWhole">Whether nothing follows but zeros; else the last value can be no knee.</param>
    /// <param name="trace">The sum of the whole spectrum; null where it is that of the values given.</param>
    /// <exception cref="ArgumentException">The spectrum is empty, zero or not finite.</exception>
    public static IntrinsicDimension Of(ImmutableArray<double> spectrum, bool isWhole, double? trace = null)
    {
        if (spectrum.IsEmpty || !(spectrum[0] > 0) || !Vectors.AreFinite(spectrum.AsSpan()))
        {
            throw new ArgumentException("The spectrum is empty, zero or not finite, and so of no dimension.");
        }

        // As parts of the largest, so that no square leaves the range of numbers.
        double largest = spectrum[0];
        spectrum = [.. spectrum.Select(value => value / largest)];
        double sum = trace is { } whole ? Math.Max(whole / largest, spectrum.Sum()) : spectrum.Sum();
        double squares = spectrum.Sum(value => value * value);
        (int knee, double fall) = Steepest(spectrum, isWhole);
        double part = 0;
        int share = 0;
        while (share < spectrum.Length && part < Most * sum)
        {
            part += spectrum[share++];
        }

        return new IntrinsicDimension(knee, fall, sum * sum / squares, part < Most * sum ? null : share);
    }

    private static (int Knee, double Fall) Steepest(ImmutableArray<double> spectrum, bool isWhole)
    {
        // Eigenvalues are squares of singular values, which are known to rounding of the largest.
        double level = spectrum.Length * Rounding.Epsilon;
        double floor = spectrum[0] * level * level;
        (int knee, double fall) = (spectrum.Length, 1);
        for (int k = 1; k <= spectrum.Length; k++)
        {
            bool known = k < spectrum.Length;
            if (!known && !isWhole)
            {
                break;
            }

            double ratio = Math.Max(floor, spectrum[k - 1]) / Math.Max(floor, known ? spectrum[k] : 0);
            if (ratio > fall)
            {
                (knee, fall) = (k, ratio);
            }
        }

        return (knee, fall);
    }
}
