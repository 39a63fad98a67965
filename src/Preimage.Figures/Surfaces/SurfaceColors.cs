using System.Collections.Immutable;
using Preimage.Figures.Drawing;

namespace Preimage.Figures.Surfaces;

/// <summary>The colours of a surface: from slate blue over green to warm yellow, lightness rising evenly in OKLab, so that shading and colour stay apart.</summary>
internal static class SurfaceColors
{
    private const int Levels = 64;

    /// <summary>0xRRGGBB: [64].</summary>
    public static ImmutableArray<uint> Palette { get; } = [.. Enumerable.Range(0, Levels).Select(Color)];

    /// <summary>The colour of a share from 0 to 1.</summary>
    public static uint At(double share) => Palette[Math.Clamp((int)(share * Levels), 0, Levels - 1)];

    /// <summary>A colour under light, from 0 (none) to 1 (as it is), and a little beyond.</summary>
    public static uint Lit(uint rgb, double light)
    {
        uint Channel(int shift) => (uint)Math.Clamp(Math.Round((rgb >> shift & 0xFF) * light), 0, 255);
        return Channel(16) << 16 | Channel(8) << 8 | Channel(0);
    }

    /// <summary>A colour with a share of another.</summary>
    public static uint Mixed(uint rgb, uint other, double share)
    {
        uint Channel(int shift) =>
            (uint)Math.Round((1 - share) * (rgb >> shift & 0xFF) + share * (other >> shift & 0xFF));
        return Channel(16) << 16 | Channel(8) << 8 | Channel(0);
    }

    private static uint Color(int level)
    {
        double share = level / (Levels - 1.0);
        double hue = (265 - 165 * share) * Math.PI / 180;
        double chroma = 0.10 + 0.02 * Math.Sin(Math.PI * share);
        return HeatColors.FromOklab(0.50 + 0.36 * share, chroma * Math.Cos(hue), chroma * Math.Sin(hue));
    }
}
