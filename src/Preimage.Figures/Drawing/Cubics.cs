using System.Collections.Immutable;

namespace Preimage.Figures.Drawing;

/// <summary>Chains of cubic Bezier segments: p0, c, c, p1, c, c, p2, ...</summary>
internal static class Cubics
{
    /// <summary>The chain as a polyline; steps says into how many pieces the segment between two ends is cut.</summary>
    public static ImmutableArray<Spot> Flatten(ImmutableArray<Spot> points, Func<Spot, Spot, int> steps)
    {
        var line = ImmutableArray.CreateBuilder<Spot>();
        line.Add(points[0]);
        for (int i = 0; i + 3 < points.Length; i += 3)
        {
            (Spot p, Spot c, Spot d, Spot q) = (points[i], points[i + 1], points[i + 2], points[i + 3]);
            int count = steps(p, q);
            for (int k = 1; k <= count; k++)
            {
                double u = (double)k / count;
                double v = 1 - u;
                (double a, double b, double e, double f) = (v * v * v, 3 * v * v * u, 3 * v * u * u, u * u * u);
                line.Add(new(a * p.X + b * c.X + e * d.X + f * q.X, a * p.Y + b * c.Y + e * d.Y + f * q.Y));
            }
        }

        return line.ToImmutable();
    }
}
