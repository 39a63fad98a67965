using System.Collections.Immutable;

namespace Preimage.Figures.Drawing;

/// <summary>
/// The colours of curves by their level: lightness and hue change linearly in OKLab (indigo, magenta, orange), so equal steps of the level
/// look equal, at a chroma that the heat map never has. A dark page takes the same steps lighter. [Ottosson2020]
/// </summary>
internal static class LevelColors
{
    public const int Steps = 64;

    /// <summary>On paper, 0xRRGGBB: [Steps].</summary>
    public static ImmutableArray<uint> Light { get; } =
    [.. Enumerable.Range(0, Steps).Select(i => Color(i, 0.33, 0.62))];

    /// <summary>On a dark page, 0xRRGGBB: [Steps].</summary>
    public static ImmutableArray<uint> Dark { get; } =
    [.. Enumerable.Range(0, Steps).Select(i => Color(i, 0.60, 0.88))];

    /// <summary>The colour of a share of the scale, 0 to 1.</summary>
    public static Ink Of(double share)
    {
        int step = Math.Clamp((int)Math.Round(share * (Steps - 1)), 0, Steps - 1);
        return new Ink($"l{step}", Light[step]);
    }

    private static uint Color(int step, double from, double to)
    {
        double share = step / (Steps - 1.0);
        double lightness = from + (to - from) * share;
        double chroma = 0.145 + 0.03 * Math.Sin(Math.PI * share);
        double hue = (280 + 135 * share) * Math.PI / 180;
        return HeatColors.FromOklab(lightness, chroma * Math.Cos(hue), chroma * Math.Sin(hue));
    }
}
