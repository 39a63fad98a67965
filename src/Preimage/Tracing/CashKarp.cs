using Preimage.Geometry;

namespace Preimage.Tracing;

/// <summary>
/// One step of the Runge-Kutta method of order 5 along a direction that depends on the point alone. Nothing pulls a lift back along the fibers,
/// so that the order of the step is the order of the lift. How far the embedded method of order 4 is off counts as the trial's move.
/// Stages outside the box are put on it: beyond it the map may not exist.  [CashKarp1990]
/// </summary>
internal sealed record CashKarp(IDirection Direction) : IPredictor
{
    private const int Stages = 6;

    // Row s: what of the slopes 0 to s - 1 leads to stage s.
    private static ReadOnlySpan<double> Lower =>
        [
            1.0 / 5,
            3.0 / 40,
            9.0 / 40,
            3.0 / 10,
            -9.0 / 10,
            6.0 / 5,
            -11.0 / 54,
            5.0 / 2,
            -70.0 / 27,
            35.0 / 27,
            1631.0 / 55296,
            175.0 / 512,
            575.0 / 13824,
            44275.0 / 110592,
            253.0 / 4096,
        ];

    private static ReadOnlySpan<double> Fourth =>
        [2825.0 / 27648, 0, 18575.0 / 48384, 13525.0 / 55296, 277.0 / 14336, 1.0 / 4];

    private static ReadOnlySpan<double> Fifth => [37.0 / 378, 0, 250.0 / 621, 125.0 / 594, 0, 512.0 / 1771];

    /// <inheritdoc/>
    public void Predict(Arc arc)
    {
        int n = arc.Scale.Length;
        double[] slopes = new double[Stages * n];
        double[] point = arc.Trial.Point;
        arc.From.Tangent.CopyTo(slopes, 0);
        ReadOnlySpan<double> lower = Lower;
        for (int s = 1; s < Stages; s++)
        {
            Place(arc, slopes, lower[..s]);
            for (int i = 0; i < n; i++)
            {
                point[i] = Math.Clamp(point[i], arc.Box.Lower[i], arc.Box.Upper[i]);
            }

            if (!arc.Linearize() || !Direction.Orient(arc))
            {
                return; // the trial stays where there is no direction, which the correction will find
            }

            arc.Trial.Tangent.CopyTo(slopes, s * n);
            lower = lower[s..];
        }

        Place(arc, slopes, Fourth);
        double[] step = new double[n];
        for (int s = 0; s < Stages; s++)
        {
            Vectors.AddScaled(step, arc.Step * (Fifth[s] - Fourth[s]), slopes.AsSpan(s * n, n));
        }

        arc.Move(step, Vectors.Norm(step));
    }

    /// <summary>The trial at h times a combination of slopes from the last station.</summary>
    private static void Place(Arc arc, double[] slopes, ReadOnlySpan<double> weights)
    {
        int n = arc.Scale.Length;
        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            for (int s = 0; s < weights.Length; s++)
            {
                sum += weights[s] * slopes[s * n + i];
            }

            arc.Trial.Point[i] = arc.From.Point[i] + arc.Scale[i] * (arc.Step * sum);
        }
    }
}
