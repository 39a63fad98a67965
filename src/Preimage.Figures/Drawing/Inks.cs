namespace Preimage.Figures.Drawing;

/// <summary>The colours of figures and the parts they play.</summary>
internal static class Inks
{
    public static Ink Paper { get; } = new("paper", 0xFFFFFF);

    public static Ink Text { get; } = new("text", 0x1F2933);

    public static Ink Soft { get; } = new("soft", 0x5B6673);

    public static Ink Frame { get; } = new("frame", 0x8A94A0);

    public static Ink Grid { get; } = new("grid", 0xE3E7EB);

    public static Ink Shadow { get; } = new("shadow", 0xB9C1CA);

    public static Ink Contour { get; } = new("contour", 0x33424F, 0.38);

    public static Ink Halo { get; } = new("halo", 0xFFFFFF, 0.85);

    public static Ink Region { get; } = new("region", 0x1E8A6E, 0.38);

    public static Ink RegionEdge { get; } = new("region", 0x1E8A6E);

    public static Ink Undecided { get; } = new("undecided", 0xC2189B);

    public static Ink Veil { get; } = new("paper", 0xFFFFFF, 0.6);

    public static Ink Cloud { get; } = new("text", 0x1F2933, 0.55);

    // Vermilion, ink blue, green, violet: apart in hue and in lightness, also for most colour-blind eyes.
    private static ReadOnlySpan<uint> Series => [0xCC2F1B, 0x123E7C, 0x2C7D46, 0x8A3FA0];

    /// <summary>The colour of the i-th curve.</summary>
    public static Ink Curve(int i) => new($"c{i % Series.Length}", Series[i % Series.Length]);
}
