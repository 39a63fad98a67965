using System.Collections.Immutable;

namespace Preimage.Figures.Drawing;

/// <summary>
/// The heat map's 256 colours: perceptually uniform by construction (lightness falls linearly in OKLab, with low chroma,
/// from warm white to slate blue), so that a curve in full colour stands out everywhere. Entry 255 means "no value".
/// [Ottosson2020]
/// </summary>
internal static class HeatColors
{
    public const byte Missing = 255;
    public const int Levels = 255;

    /// <summary>0xRRGGBB: [256].</summary>
    public static ImmutableArray<uint> Palette { get; } = [.. Enumerable.Range(0, 256).Select(Color)];

    /// <summary>The same ramp for a dark page, from dark to light: [Levels].</summary>
    public static ImmutableArray<uint> Dark { get; } = [.. Enumerable.Range(0, Levels).Select(DarkColor)];

    /// <summary>The palette entry of a value between low and high.</summary>
    public static byte Level(double value, double low, double high)
    {
        if (!double.IsFinite(value))
        {
            return Missing;
        }

        double share = high > low ? (value - low) / (high - low) : 0.5;
        return (byte)Math.Clamp((int)(share * Levels), 0, Levels - 1);
    }

    private static uint Color(int level)
    {
        if (level == Missing)
        {
            return 0xD9D9D9;
        }

        double share = level / (Levels - 1.0);
        double lightness = 0.975 - 0.415 * share;
        double chroma = 0.022 + 0.062 * share;
        double hue = (100 + 150 * Math.Pow(share, 0.8)) * Math.PI / 180;
        return FromOklab(lightness, chroma * Math.Cos(hue), chroma * Math.Sin(hue));
    }

    private static uint DarkColor(int level)
    {
        double share = level / (Levels - 1.0);
        double hue = (280 - 60 * share) * Math.PI / 180;
        double chroma = 0.05 + 0.02 * share;
        return FromOklab(0.30 + 0.36 * share, chroma * Math.Cos(hue), chroma * Math.Sin(hue));
    }

    internal static uint FromOklab(double lightness, double a, double b)
    {
        double l = Math.Pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
        double m = Math.Pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
        double s = Math.Pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
        uint red = Encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
        uint green = Encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
        uint blue = Encode(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
        return red << 16 | green << 8 | blue;
    }

    /// <summary>A linear channel in sRGB's encoding, 0 to 255.</summary>
    private static uint Encode(double linear)
    {
        double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055;
        return (uint)Math.Round(255 * Math.Clamp(value, 0, 1));
    }
}
