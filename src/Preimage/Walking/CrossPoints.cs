namespace Preimage.Walking;

/// <summary>Points at which another answer is looked for: far ones first, as the borders near the start are approached by themselves.</summary>
internal static class CrossPoints
{
    private const int Corners = 3;

    // Random points around the start: how far, as shares of the widths, in turn.
    private const double Nearest = 0.05;
    private const int Distances = 4;

    /// <summary>The k-th point: the lowest corner, the highest, the centre; then in turn a point of the box and one around the start.  x: [n].</summary>
    public static void Write(CrossGround ground, Generator generator, int k, double[] x)
    {
        double share = Nearest * (1 << (k / 2 % Distances));
        for (int i = 0; i < x.Length; i++)
        {
            (double low, double high, double width) = Side(ground, i);
            double value = k switch
            {
                0 => low,
                1 => high,
                2 => low + 0.5 * (high - low),
                _ when (k - Corners) % 2 == 0 => low + generator.Uniform() * (high - low),
                _ => ground.Origin[i] + share * width * generator.Normal(),
            };
            x[i] = Math.Min(Math.Max(value, ground.Box.Lower[i]), ground.Box.Upper[i]);
        }
    }

    /// <summary>The side of the box; where it is unbounded, one of the start's own size around it.</summary>
    private static (double Low, double High, double Width) Side(CrossGround ground, int i)
    {
        (double low, double high) = (ground.Box.Lower[i], ground.Box.Upper[i]);
        if (double.IsFinite(high - low))
        {
            return (low, high, high - low);
        }

        double size = 2 * Math.Max(ground.Size, Math.Abs(ground.Origin[i]));
        return (Math.Max(low, ground.Origin[i] - size), Math.Min(high, ground.Origin[i] + size), 2 * size);
    }
}
