using Preimage.Figures.Drawing;

namespace Preimage.Figures.Plots;

/// <summary>The pens of a report's curves: by the level where there are several, else by the name; dashed for comparison only.</summary>
internal sealed class PlanePens
{
    // Families of more curves than this are drawn finer.
    private const int Few = 8;
    private readonly List<string> names;
    private readonly double width;

    public PlanePens(PlaneReport report)
    {
        names = [.. report.Curves.Select(c => c.Name).Distinct()];
        width = report.Curves.Count(c => !c.Beside) > Few ? 1.7 : 2.4;
        Scale = LevelScale.Of(report.Curves);
        Legend = [.. names.Where(n => n.Length > 0).Select(name => Entry(report, name))];
    }

    /// <summary>The scale of the levels; null for fewer than two.</summary>
    public LevelScale? Scale { get; }

    /// <summary>One entry for each name.</summary>
    public IReadOnlyList<LegendEntry> Legend { get; }

    public Ink Ink(PlaneCurve curve) =>
        curve is { Level: { } level, Beside: false } && double.IsFinite(level) && Scale is { } scale
            ? scale.Ink(level)
            : Inks.Curve(names.IndexOf(curve.Name));

    public Pen Pen(PlaneCurve curve) => curve.Beside ? new(Ink(curve), 1.4, 5) : new(Ink(curve), width);

    /// <summary>A name's sample: its one pen, or, where its curves have several colours, the lowest to the highest.</summary>
    private LegendEntry Entry(PlaneReport report, string name)
    {
        PlaneCurve[] curves = [.. report.Curves.Where(c => c.Name == name).OrderBy(c => c.Level)];
        Pen[] pens = [.. curves.Select(Pen).Distinct()];
        if (pens.Length == 1)
        {
            return CurveDrawing.Entry(name, pens[0]);
        }

        const int Parts = 4;
        return new(
            name,
            (sheet, at) =>
            {
                for (int i = 0; i < Parts; i++)
                {
                    double Along(int k) => at.X + LegendEntry.SampleWidth * k / Parts;
                    Pen pen = pens[i * (pens.Length - 1) / (Parts - 1)];
                    sheet.Line(pen, new Spot(Along(i), at.Y), new Spot(Along(i + 1), at.Y));
                }
            }
        );
    }
}
