using Preimage.Maps;

namespace Preimage.Training.Data;

/// <summary>A way to choose points of a box.</summary>
public interface ISampling
{
    /// <summary>Points of a bounded box, one after the other: [Count * Dimension].</summary>
    double[] Points(Box box);
}

/// <summary>Count points, uniform and independent, from a seed.</summary>
public sealed record UniformSampling(int Count, int Seed = 1) : ISampling
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Count is below two.</exception>
    public double[] Points(Box box)
    {
        if (Count < 2)
        {
            throw new ArgumentException($"A sample of {Count} points is too small; ask for at least two.");
        }

        var generator = new Generator(Seed);
        double[] points = new double[Count * box.Dimension];
        for (int i = 0; i < points.Length; i++)
        {
            int j = i % box.Dimension;
            points[i] = box.Lower[j] + (box.Upper[j] - box.Lower[j]) * generator.Uniform();
        }

        return points;
    }
}

/// <summary>A regular grid of PerAxis points an axis, bounds included, the last coordinate fastest.</summary>
public sealed record GridSampling(int PerAxis) : ISampling
{
    private const double MostPoints = 10_000_000;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">PerAxis is below two, or the grid has more than ten million points.</exception>
    public double[] Points(Box box)
    {
        int n = box.Dimension;
        if (PerAxis < 2 || Math.Pow(PerAxis, n) > MostPoints)
        {
            throw new ArgumentException(
                $"A grid of {PerAxis} points an axis in {n} dimensions is not possible; take at least 2 an axis and at most ten million in all, or a uniform sample."
            );
        }

        int count = (int)Math.Round(Math.Pow(PerAxis, n));
        double[] points = new double[count * n];
        for (int i = 0; i < count; i++)
        {
            for (int j = n - 1, rest = i; j >= 0; j--, rest /= PerAxis)
            {
                double t = (double)(rest % PerAxis) / (PerAxis - 1);
                points[i * n + j] = (1 - t) * box.Lower[j] + t * box.Upper[j];
            }
        }

        return points;
    }
}
