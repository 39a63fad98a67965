using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>
/// Solves x = P(x) for a nearest point of a smooth border, P the projection of x0 onto the border linearised at x, by Anderson's acceleration: the last
/// few steps are combined so that their residuals nearly cancel. It needs no second derivatives and converges where the plain iteration turns in circles,
/// as on a border that is more curved than the sphere around x0. At a kink it stands still, and nothing is lost. [WalkerNi2011]
/// </summary>
public sealed record CrossPolish
{
    // A residual of this share of the distance is rounding.
    private const double Rounded = 1e-15;

    /// <summary>The most steps, one gradient each.</summary>
    public int Steps { get; init; } = 60;

    /// <summary>How many steps are combined.</summary>
    public int Memory { get; init; } = 8;

    /// <summary>Steps without a smaller residual after which it ends.</summary>
    public int Patience { get; init; } = 8;

    /// <summary>Improves a point near a nearest one.</summary>
    /// <param name="ground">Where.</param>
    /// <param name="margin">g.</param>
    /// <param name="point">On the border, nearly: [n].</param>
    /// <returns>A point with a smaller residual |P(x) - x|, or the same.</returns>
    internal double[] Improve(CrossGround ground, CrossMargin margin, double[] point)
    {
        int n = point.Length;
        double[] x = [.. point];
        double[] best = x;
        double least = double.PositiveInfinity;
        List<(double[] Point, double[] Residual)> past = [];
        int waited = 0;
        for (int k = 0; k < Steps && waited <= Patience && ground.Goes; k++)
        {
            if (ground.Cut(margin, x, out _) is not { } cut)
            {
                break;
            }

            double[] residual = new double[n];
            if (ground.Projection.Shortest([cut], residual) is null)
            {
                break;
            }

            for (int i = 0; i < n; i++)
            {
                residual[i] -= x[i] - ground.Origin[i];
            }

            double size = Vectors.Norm(residual);
            waited = size < least ? 0 : waited + 1;
            (best, least) = size < least ? (x, size) : (best, least);
            if (size <= Rounded * ground.Distance(x))
            {
                break;
            }

            past.Add((x, residual));
            if (past.Count > Memory + 1)
            {
                past.RemoveAt(0);
            }

            x = Next(ground, past);
        }

        return best;
    }

    /// <summary>The combination of the last steps, with weights that sum to 1, whose residuals cancel best; then its step.</summary>
    private static double[] Next(CrossGround ground, List<(double[] Point, double[] Residual)> past)
    {
        (double[] point, double[] residual) = past[^1];
        int n = point.Length;
        int count = past.Count - 1;
        double[] next = new double[n];
        for (int i = 0; i < n; i++)
        {
            next[i] = point[i] + residual[i];
        }

        if (count > 0)
        {
            double[] weights = Weights(past);
            for (int k = 0; k < count; k++)
            {
                for (int i = 0; i < n; i++)
                {
                    next[i] -= weights[k] * (point[i] - past[k].Point[i] + residual[i] - past[k].Residual[i]);
                }
            }
        }

        ground.Between(point, [.. next], 1, next);
        return next;
    }

    private static double[] Weights(List<(double[] Point, double[] Residual)> past)
    {
        double[] residual = past[^1].Residual;
        int count = past.Count - 1;
        double[][] changes =
        [
            .. Enumerable.Range(0, count).Select(k => residual.Zip(past[k].Residual, (a, b) => a - b).ToArray()),
        ];
        double[] matrix = new double[count * count];
        double[] right = new double[count];
        double trace = 0;
        for (int p = 0; p < count; p++)
        {
            for (int q = 0; q < count; q++)
            {
                matrix[p * count + q] = Vectors.Dot(changes[p], changes[q]);
            }

            right[p] = Vectors.Dot(changes[p], residual);
            trace += matrix[p * count + p];
        }

        for (int p = 0; p < count; p++)
        {
            matrix[p * count + p] += 1e-13 * trace;
        }

        return CrossSystem.Solve(matrix, right) && Vectors.AreFinite(right) ? right : new double[count];
    }
}
