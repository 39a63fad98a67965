using System.Collections.Immutable;

namespace Preimage.Figures.Drawing;

/// <summary>
/// Colours of signed numbers: blue below 0, warm white at 0, vermilion above, of one lightness at one distance from 0. Entry 255 means "no value".
/// [Ottosson2020]
/// </summary>
internal static class DivergingColors
{
    private const int Middle = (HeatColors.Levels - 1) / 2;

    /// <summary>0xRRGGBB: [256].</summary>
    public static ImmutableArray<uint> Palette { get; } = [.. Enumerable.Range(0, 256).Select(Color)];

    /// <summary>The palette entry of a value between -largest and largest.</summary>
    public static byte Level(double value, double largest)
    {
        if (!double.IsFinite(value))
        {
            return HeatColors.Missing;
        }

        double share = largest > 0 ? Math.Clamp(value / largest, -1, 1) : 0;
        return (byte)(Middle + (int)Math.Round(share * Middle));
    }

    private static uint Color(int level)
    {
        if (level == HeatColors.Missing)
        {
            return 0xD9D9D9;
        }

        double share = (level - Middle) / (double)Middle;
        double distance = Math.Abs(share);
        double hue = (share < 0 ? 255 : 38) * Math.PI / 180;
        double chroma = 0.005 + 0.145 * distance;
        return HeatColors.FromOklab(0.975 - 0.46 * distance, chroma * Math.Cos(hue), chroma * Math.Sin(hue));
    }
}
