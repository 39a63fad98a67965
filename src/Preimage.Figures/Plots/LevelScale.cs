using Preimage.Figures.Drawing;
using Preimage.Maps;

namespace Preimage.Figures.Plots;

/// <summary>Which colour a level has: the whole scale between the lowest and the highest level of a family.</summary>
internal sealed class LevelScale
{
    private readonly double low;
    private readonly double high;

    private LevelScale(double[] levels)
    {
        Levels = levels;
        (low, high) = (levels[0], levels[^1]);
    }

    /// <summary>The distinct levels, ascending.</summary>
    public IReadOnlyList<double> Levels { get; }

    /// <summary>The scale of the curves' levels; null for fewer than two.</summary>
    public static LevelScale? Of(IEnumerable<PlaneCurve> curves)
    {
        double[] levels = [.. curves.Select(c => c.Level).OfType<double>().Where(double.IsFinite).Distinct().Order()];
        return levels.Length > 1 ? new LevelScale(levels) : null;
    }

    public Ink Ink(double level) => LevelColors.Of(low == high ? 0.5 : (level - low) / (high - low));

    /// <summary>A bar of its own, where no heat map carries one; null where the legend of two levels says all.</summary>
    public ColorBar? Bar(Variable output) =>
        Levels.Count == 2
            ? null
            : new(Axis.Linear(output, low, high, 9), Fill, [.. Levels.Select(l => new Pointer(l, Ink(l)))]);

    private static void Fill(Sheet sheet, Frame frame)
    {
        // From the top down, each over the rest of the bar: no seam shows between neighbours.
        for (int i = LevelColors.Steps; i > 0; i--)
        {
            double height = frame.Height * i / LevelColors.Steps;
            Frame part = frame with { Top = frame.Bottom - height, Height = height };
            sheet.Rectangle(part, null, LevelColors.Of((i - 1) / (LevelColors.Steps - 1.0)));
        }
    }
}
