namespace Preimage.Tracing;

/// <summary>x + h t.</summary>
public sealed record EulerPredictor : IPredictor
{
    /// <inheritdoc/>
    public void Predict(Arc arc)
    {
        Station from = arc.From;
        double[] point = arc.Trial.Point;
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = from.Point[i] + arc.Scale[i] * (arc.Step * from.Tangent[i]);
        }
    }
}

/// <summary>
/// Extrapolates the polynomial through the last points and tangents over arc length: of degree 5 from three stations,
/// cubic from two, a line from one. Its error is of the order of h^6, h^4, h^2.
/// </summary>
public sealed record HermitePredictor : IPredictor
{
    // Extrapolation over more than so many times a past arc magnifies its rounding too much.
    private const double Farthest = 8;
    private static readonly EulerPredictor Line = new();

    /// <inheritdoc/>
    public void Predict(Arc arc)
    {
        double shortest = arc.Step / Farthest;
        if (arc.Known < 2 || arc.ArcBack(0) < shortest)
        {
            Line.Predict(arc);
        }
        else if (arc.Known < 3 || arc.ArcBack(1) < shortest)
        {
            Cubic(arc);
        }
        else
        {
            Quintic(arc);
        }
    }

    private static void Cubic(Arc arc)
    {
        // Nodes at 0 and -a, evaluated at h; u = h / a.
        double a = arc.ArcBack(0);
        double u = arc.Step / a;
        double pull = u * u * (3 + 2 * u); // weight of the older point; the newer one has the rest
        double newer = arc.Step * (1 + u) * (1 + u);
        double older = arc.Step * u * (1 + u);
        Station p = arc.Back(0);
        Station q = arc.Back(1);
        double[] point = arc.Trial.Point;
        for (int i = 0; i < point.Length; i++)
        {
            double slope = newer * p.Tangent[i] + older * q.Tangent[i];
            point[i] = p.Point[i] + (pull * (q.Point[i] - p.Point[i]) + arc.Scale[i] * slope);
        }
    }

    private static void Quintic(Arc arc)
    {
        // Nodes s0 = 0, s1 = -a, s2 = -b, evaluated at h, by the Hermite basis
        // H_i = (1 - 2 (h - s_i) l_i'(s_i)) l_i(h)^2 and K_i = (h - s_i) l_i(h)^2; the H_i sum to one.
        double h = arc.Step;
        double a = arc.ArcBack(0);
        double b = a + arc.ArcBack(1);
        double l0 = (h + a) * (h + b) / (a * b);
        double l1 = h * (h + b) / (-a * (b - a));
        double l2 = h * (h + a) / (b * (b - a));
        double k0 = h * l0 * l0;
        double k1 = (h + a) * l1 * l1;
        double k2 = (h + b) * l2 * l2;
        double h1 = l1 * l1 - 2 * k1 * (1 / (b - a) - 1 / a);
        double h2 = l2 * l2 + 2 * k2 * (1 / b + 1 / (b - a));
        Station p = arc.Back(0);
        Station q = arc.Back(1);
        Station r = arc.Back(2);
        double[] point = arc.Trial.Point;
        for (int i = 0; i < point.Length; i++)
        {
            double slope = k0 * p.Tangent[i] + k1 * q.Tangent[i] + k2 * r.Tangent[i];
            double shift = h1 * (q.Point[i] - p.Point[i]) + h2 * (r.Point[i] - p.Point[i]);
            point[i] = p.Point[i] + (shift + arc.Scale[i] * slope);
        }
    }
}
