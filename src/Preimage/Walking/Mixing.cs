using System.Numerics.Tensors;

namespace Preimage.Walking;

/// <summary>
/// How well chains of one number mixed: each chain is cut into halves, so that one that drifts disagrees with itself.  [Geyer1992], [Vehtari2021]
/// </summary>
public static class Mixing
{
    /// <summary>Draws of a chain below which nothing can be said.</summary>
    public const int Least = 8;

    /// <summary>
    /// How many independent draws tell the mean as well as these do: the draws over 1 + 2 sum rho_t, summed while the pairs rho_2k + rho_2k+1 are positive, and no
    /// pair counted for more than the one before. NaN where the draws do not differ or are too few. Cost O(draws lags).
    /// </summary>
    /// <param name="chains">Chains of equal length: arrays of [draws].</param>
    /// <exception cref="ArgumentException">There are no chains, or their lengths differ.</exception>
    public static double EffectiveSize(IReadOnlyList<double[]> chains)
    {
        Halves halves = new(chains);
        if (!halves.Vary)
        {
            return double.NaN;
        }

        double sum = 0;
        double previous = double.PositiveInfinity;
        for (int lag = 0; lag + 1 < halves.Length; lag += 2)
        {
            double pair = halves.Correlation(lag) + halves.Correlation(lag + 1);
            if (!(pair > 0))
            {
                break;
            }

            previous = Math.Min(previous, pair);
            sum += previous;
        }

        // Anti-correlated draws tell more than independent ones, but how much more is not known so well.
        double draws = (double)halves.Count * halves.Length;
        return draws / Math.Max(2 * sum - 1, 1 / Math.Log10(draws));
    }

    /// <summary>
    /// Split R-hat: the standard deviation of all draws together over that within the chains; above 1.01 the chains have not mixed. NaN where the draws do not
    /// differ or are too few.
    /// </summary>
    /// <param name="chains">Chains of equal length: arrays of [draws].</param>
    /// <exception cref="ArgumentException">There are no chains, or their lengths differ.</exception>
    public static double ScaleReduction(IReadOnlyList<double[]> chains)
    {
        Halves halves = new(chains);
        return halves.Vary ? Math.Sqrt(halves.Variance / halves.Within) : double.NaN;
    }

    /// <summary>The halves of the chains, centred.</summary>
    private sealed class Halves
    {
        private readonly double[][] _centred;

        public Halves(IReadOnlyList<double[]> chains)
        {
            if (chains.Count == 0 || chains.Any(chain => chain.Length != chains[0].Length))
            {
                throw new ArgumentException(
                    "Chains of equal length are compared, at least one; cut them to the shortest."
                );
            }

            Length = chains[0].Length / 2;
            Count = 2 * chains.Count;
            _centred = new double[Count][];
            double[] means = new double[Count];
            for (int k = 0; k < Count; k++)
            {
                ReadOnlySpan<double> chain = chains[k / 2];
                _centred[k] = (k % 2 == 0 ? chain[..Length] : chain[^Length..]).ToArray();
                // From its first draw, so that a half that never moves is zero to the last bit.
                double first = Length == 0 ? 0 : _centred[k][0];
                TensorPrimitives.Subtract<double>(_centred[k], first, _centred[k]);
                double mean = Length == 0 ? 0 : TensorPrimitives.Sum<double>(_centred[k]) / Length;
                TensorPrimitives.Subtract<double>(_centred[k], mean, _centred[k]);
                means[k] = first + mean;
            }

            double middle = means.Average();
            double between = means.Sum(each => (each - middle) * (each - middle)) / (Count - 1);
            Within = Covariance(0) * Length / (Length - 1);
            Variance = Covariance(0) + between;
            Vary = chains[0].Length >= Least && double.IsFinite(Variance) && Within > 0;
        }

        /// <summary>How many halves.</summary>
        public int Count { get; }

        /// <summary>Draws of each.</summary>
        public int Length { get; }

        /// <summary>The mean variance within a half.</summary>
        public double Within { get; }

        /// <summary>The variance of all draws, over-estimated where the halves disagree.</summary>
        public double Variance { get; }

        /// <summary>Whether there is something to compare.</summary>
        public bool Vary { get; }

        /// <summary>The correlation of draws so far apart.</summary>
        public double Correlation(int lag) => 1 - (Within - Covariance(lag) * Length / (Length - 1)) / Variance;

        private double Covariance(int lag) =>
            _centred.Average(half =>
                TensorPrimitives.Dot<double>(half.AsSpan(lag), half.AsSpan(0, Length - lag)) / Length
            );
    }
}
