namespace Preimage.Tests.Walking;

/// <summary>How likely samples are as far from a law as these, if it is theirs.</summary>
internal static class GoodnessOfFit
{
    /// <summary>The p-value of Kolmogorov and Smirnov's test that independent numbers are uniform in [0, 1], with Stephens' finite-sample factor.</summary>
    public static double Uniform(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        double largest = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            largest = Math.Max(
                largest,
                Math.Max(sorted[i] - (double)i / sorted.Length, (i + 1.0) / sorted.Length - sorted[i])
            );
        }

        return Kolmogorov(largest, sorted.Length);
    }

    /// <summary>The p-value of the same test that two sets of independent numbers have one law.</summary>
    public static double Same(IEnumerable<double> these, IEnumerable<double> those)
    {
        double[] a = [.. these.Order()];
        double[] b = [.. those.Order()];
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < a.Length && j < b.Length)
        {
            if (a[i] <= b[j])
            {
                i++;
            }
            else
            {
                j++;
            }

            largest = Math.Max(largest, Math.Abs((double)i / a.Length - (double)j / b.Length));
        }

        return Kolmogorov(largest, (double)a.Length * b.Length / (a.Length + b.Length));
    }

    /// <summary>P(D > distance) for so many draws: 2 sum (-1)^(k-1) exp(-2 k^2 t^2), t = (sqrt n + 0.12 + 0.11 / sqrt n) D.</summary>
    private static double Kolmogorov(double distance, double draws)
    {
        double root = Math.Sqrt(draws);
        double t = (root + 0.12 + 0.11 / root) * distance;
        double sum = 0;
        for (int k = 1; k <= 100; k++)
        {
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * t * t);
        }

        return t < 0.2 ? 1 : Math.Clamp(sum, 0, 1);
    }
}
