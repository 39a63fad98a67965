using Preimage.Figures.Drawing;

namespace Preimage.Figures.Trails;

/// <summary>The pens of a trail's figures: full colours for the chains of what was found, dashes for what stands beside it.</summary>
internal static class TrailPens
{
    // As many colours as tell chains apart by name; more go along the scale of levels.
    public const int MostNamed = 4;

    /// <summary>The colour of a chain of the main trail.</summary>
    public static Ink Chain(int chain, int chains) =>
        chains <= MostNamed ? Inks.Curve(chain) : LevelColors.Of(chain / (chains - 1.0));

    /// <summary>The pen of the i-th trail beside the main one.</summary>
    public static Pen Beside(int i) => new(i == 0 ? Inks.Soft : Inks.Frame, 1.3, 4 + 3 * i);

    /// <summary>The colour of the k-th class that is shown.</summary>
    public static Ink Class(int k, int count) =>
        count <= MostNamed ? Inks.Curve(k) : LevelColors.Of(k / (double)Math.Max(1, count - 1));
}
