namespace Preimage.Bench;

/// <summary>Orders by fit.</summary>
internal static class Slope
{
    /// <summary>The slope of ln y over ln x by least squares; NaN for fewer than two points.</summary>
    public static double Fit(IReadOnlyCollection<(double X, double Y)> points)
    {
        if (points.Count < 2)
        {
            return double.NaN;
        }

        double x = points.Average(p => Math.Log(p.X));
        double y = points.Average(p => Math.Log(p.Y));
        return points.Sum(p => (Math.Log(p.X) - x) * (Math.Log(p.Y) - y))
            / points.Sum(p => (Math.Log(p.X) - x) * (Math.Log(p.X) - x));
    }
}
