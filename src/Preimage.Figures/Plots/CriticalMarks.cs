using Preimage.Figures.Drawing;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>
/// The marks of critical points: a triangle that points down for a minimum and up for a maximum, a cross for a saddle, a square for what is
/// not decided; hollow where not proved, smaller on the border of the box.
/// </summary>
internal static class CriticalMarks
{
    private const double Radius = 6;
    private const double OnBorder = 4.2;

    public static void Draw(Sheet sheet, Spot at, CriticalPoint point)
    {
        double radius = point.Place == CriticalPlace.Interior ? Radius : OnBorder;
        Draw(sheet, at, point.Kind, (radius, point.Verdict == Verdict.Proved));
    }

    /// <summary>One entry for each kind, and one for what small and hollow marks mean.</summary>
    public static IEnumerable<LegendEntry> Legend(IReadOnlyList<CriticalPoint> points)
    {
        CriticalKind[] order = [CriticalKind.Minimum, CriticalKind.Maximum, CriticalKind.Saddle, CriticalKind.Unknown];
        bool anyInside = points.Any(p => p.Place == CriticalPlace.Interior);
        foreach (CriticalKind kind in order.Where(k => points.Any(p => p.Kind == k)))
        {
            bool proved = points.Any(p => p.Kind == kind && p.Verdict == Verdict.Proved);
            bool inside = points.Any(p => p.Kind == kind && p.Place == CriticalPlace.Interior);
            string text = Name(kind) + (anyInside ? "" : " on the border");
            double radius = inside ? Radius : OnBorder;
            yield return LegendEntry.Mark(text, (s, at) => Draw(s, at, kind, (radius, proved)));
        }

        if (anyInside && points.Any(p => p.Place != CriticalPlace.Interior))
        {
            yield return LegendEntry.Mark(
                "small: on the border",
                (s, at) =>
                {
                    // Both ways up, so that it is taken for neither.
                    Draw(s, new(at.X - OnBorder, at.Y), CriticalKind.Maximum, (OnBorder, true));
                    Draw(s, new(at.X + OnBorder, at.Y), CriticalKind.Minimum, (OnBorder, true));
                }
            );
        }

        if (points.Any(p => p.Verdict != Verdict.Proved))
        {
            yield return LegendEntry.Mark(
                "hollow: not proved",
                (s, at) => Draw(s, at, CriticalKind.Maximum, (OnBorder, false))
            );
        }
    }

    /// <summary>The kind in a word or two.</summary>
    public static string Name(CriticalKind kind) =>
        kind switch
        {
            CriticalKind.Minimum => "minimum",
            CriticalKind.Maximum => "maximum",
            CriticalKind.Saddle => "saddle",
            CriticalKind.Unknown => "critical, kind not decided",
        };

    private static void Draw(Sheet sheet, Spot at, CriticalKind kind, (double Radius, bool Proved) style)
    {
        (double radius, bool proved) = style;
        Ink fill = proved ? Inks.Text : Inks.Paper;
        Pen rim = new(proved ? Inks.Paper : Inks.Text, proved ? 1.2 : 1.4);
        double sign = kind == CriticalKind.Minimum ? 1 : -1;
        switch (kind)
        {
            case CriticalKind.Minimum or CriticalKind.Maximum:
                Spot tip = new(at.X, at.Y + sign * radius);
                double back = at.Y - sign * 0.72 * radius;
                sheet.Polygon(rim, fill, tip, new(at.X + radius, back), new(at.X - radius, back));
                break;
            case CriticalKind.Saddle:
                CurveDrawing.DrawCross(sheet, at, 0.8 * radius, new Pen(Inks.Paper, 0.85 * radius));
                CurveDrawing.DrawCross(sheet, at, 0.8 * radius, new Pen(Inks.Text, (proved ? 0.45 : 0.2) * radius));
                break;
            case CriticalKind.Unknown:
                double half = 0.75 * radius;
                sheet.Rectangle(new Frame(at.X - half, at.Y - half, 2 * half, 2 * half), rim, fill);
                break;
        }
    }
}
