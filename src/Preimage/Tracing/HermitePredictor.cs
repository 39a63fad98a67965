using System.Runtime.CompilerServices;

namespace Preimage.Tracing;

/// <summary>
/// Extrapolates the polynomial over arc length through the last k points and their tangents: a line from one, a cubic from two, degree 2 k - 1.
/// Its error is of the order of h^(2 k).
/// </summary>
/// <param name="Stations">The most points used, at most <see cref="Arc.Memory"/>.</param>
public sealed record HermitePredictor(int Stations = Arc.Memory) : IPredictor
{
    // Extrapolation over more than so many times a past arc magnifies its rounding too much.
    private const double Farthest = 10;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Predict(Arc arc)
    {
        int known = Math.Min(arc.Known, Stations);
        Span<double> nodes = stackalloc double[Arc.Memory]; // arc lengths of the stations, the last at 0
        nodes[0] = 0;
        int count = 1;
        while (count < known && arc.ArcBack(count - 1) * Farthest >= arc.Step)
        {
            nodes[count] = nodes[count - 1] - arc.ArcBack(count - 1);
            count++;
        }

        Span<double> pulls = stackalloc double[Arc.Memory];
        Span<double> slopes = stackalloc double[Arc.Memory];
        Weights(nodes[..count], arc.Step, pulls, slopes);
        Station last = arc.From;
        double[] point = arc.Trial.Point;
        for (int i = 0; i < point.Length; i++)
        {
            double here = last.Point[i];
            double shift = 0;
            double slope = slopes[0] * last.Tangent[i];
            for (int k = 1; k < count; k++)
            {
                Station station = arc.Back(k);
                shift += pulls[k] * (station.Point[i] - here);
                slope += slopes[k] * station.Tangent[i];
            }

            point[i] = here + (shift + arc.Scale[i] * slope);
        }
    }

    /// <summary>
    /// The Hermite basis at h: H_k = (1 - 2 (h - s_k) l_k'(s_k)) l_k(h)^2 for the points, of sum one, and K_k = (h - s_k) l_k(h)^2 for the tangents,
    /// with l_k the Lagrange basis.
    /// </summary>
    private static void Weights(ReadOnlySpan<double> nodes, double h, Span<double> points, Span<double> tangents)
    {
        for (int k = 0; k < nodes.Length; k++)
        {
            double above = 1;
            double below = 1;
            double sum = 0; // derivative = sum of 1 / gap = sum / below
            for (int j = 0; j < nodes.Length; j++)
            {
                if (j != k)
                {
                    double gap = nodes[k] - nodes[j];
                    above *= h - nodes[j];
                    sum = sum * gap + below;
                    below *= gap;
                }
            }

            double inverse = 1 / below;
            double lagrange = above * inverse;
            double derivative = sum * inverse;
            tangents[k] = (h - nodes[k]) * lagrange * lagrange;
            points[k] = lagrange * lagrange - 2 * derivative * tangents[k];
        }
    }
}
