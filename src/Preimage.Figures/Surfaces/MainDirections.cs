using Preimage.Results;

namespace Preimage.Figures.Surfaces;

/// <summary>The three directions along which corners spread the most about their mean: eigenvectors of their covariance, by Jacobi's rotations.</summary>
internal static class MainDirections
{
    private const int Sweeps = 30;

    /// <summary>The corners' coordinates along the three.  places: [3 * corners.Count].</summary>
    /// <returns>The largest magnitude of a coordinate.</returns>
    public static double Place(Cloud corners, double[] places)
    {
        int n = corners.Dimension;
        double[] mean = Mean(corners);
        double[] covariance = Covariance(corners, mean);
        double[] vectors = Rotated(covariance, n);
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(k => covariance[k * n + k]).Take(3)];
        double largest = 0;
        for (int i = 0; i < places.Length; i++)
        {
            ReadOnlySpan<double> point = corners.Point(i / 3);
            for (int d = 0; d < n; d++)
            {
                places[i] += vectors[d * n + order[i % 3]] * (point[d] - mean[d]);
            }

            largest = Math.Max(largest, Math.Abs(places[i]));
        }

        return largest;
    }

    private static double[] Mean(Cloud corners)
    {
        double[] mean = new double[corners.Dimension];
        for (int i = 0; i < corners.Points.Length; i++)
        {
            mean[i % mean.Length] += corners.Points[i] / corners.Count;
        }

        return mean;
    }

    private static double[] Covariance(Cloud corners, double[] mean)
    {
        int n = mean.Length;
        double[] covariance = new double[n * n];
        for (int i = 0; i < corners.Count; i++)
        {
            ReadOnlySpan<double> point = corners.Point(i);
            for (int k = 0; k < n * n; k++)
            {
                covariance[k] += (point[k / n] - mean[k / n]) * (point[k % n] - mean[k % n]);
            }
        }

        return covariance;
    }

    /// <summary>Diagonalises a symmetric matrix in place.</summary>
    /// <returns>Its eigenvectors as columns, each with its largest entry positive.</returns>
    private static double[] Rotated(double[] a, int n)
    {
        double[] v = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            v[i * n + i] = 1;
        }

        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    Rotate(a, v, n, (p, q));
                }
            }
        }

        for (int k = 0; k < n; k++)
        {
            double most = 0;
            for (int i = 0; i < n; i++)
            {
                most = Math.Abs(v[i * n + k]) > Math.Abs(most) ? v[i * n + k] : most;
            }

            for (int i = 0; most < 0 && i < n; i++)
            {
                v[i * n + k] = -v[i * n + k];
            }
        }

        return v;
    }

    private static void Rotate(double[] a, double[] v, int n, (int P, int Q) pair)
    {
        (int p, int q) = pair;
        double off = a[p * n + q];
        if (off == 0)
        {
            return;
        }

        double theta = (a[q * n + q] - a[p * n + p]) / (2 * off);
        double t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double c = 1 / Math.Sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < n; k++)
        {
            (double x, double y) = (a[k * n + p], a[k * n + q]);
            (a[k * n + p], a[k * n + q]) = (c * x - s * y, s * x + c * y);
        }

        for (int k = 0; k < n; k++)
        {
            (double x, double y) = (a[p * n + k], a[q * n + k]);
            (a[p * n + k], a[q * n + k]) = (c * x - s * y, s * x + c * y);
            (x, y) = (v[k * n + p], v[k * n + q]);
            (v[k * n + p], v[k * n + q]) = (c * x - s * y, s * x + c * y);
        }
    }
}
