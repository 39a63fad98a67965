using System.Globalization;
using System.Text;
using Preimage.Figures.Drawing;
using Preimage.Results;

namespace Preimage.Figures;

/// <summary>The honest figures of a run as a table: what was reached, how, with which model and settings.</summary>
internal static class PageTable
{
    public static void Append(StringBuilder page, FiberReport report)
    {
        page.Append("<h2>Record</h2>\n<table>\n");
        foreach ((string name, string value) in Rows(report))
        {
            page.Append($"<tr><th>{SvgWriter.Escape(name)}</th><td>{SvgWriter.Escape(value)}</td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static IEnumerable<(string Name, string Value)> Rows(FiberReport report)
    {
        Fiber fiber = report.Fiber;
        Curve curve = fiber.Curve;
        yield return ("start", Vector(report.Start.AsSpan()));
        yield return ("output there", Vector(fiber.Target.AsSpan()));
        yield return ("length", Number(curve.Length));
        yield return ("length in the pullback metric", Number(fiber.PseudoLength));
        yield return ("largest defect", Number(curve.Defect));
        yield return ("first end", curve.Start.Advice());
        yield return ("last end", curve.End.Advice());
        yield return ("points", curve.Count.ToString(CultureInfo.InvariantCulture));
        yield return ("evaluations", fiber.Evaluations.ToString(CultureInfo.InvariantCulture));
        yield return ("refused steps", fiber.Rejections.ToString(CultureInfo.InvariantCulture));
        yield return ("rank tolerance", Number(fiber.RankTolerance));
        foreach (NamedCurve other in report.Others)
        {
            yield return ($"{other.Name}: length, defect", Vector([other.Curve.Length, other.Curve.Defect]));
        }

        yield return ("model", report.Run.ModelPath);
        yield return ("SHA-256", report.Run.ModelHash);
        foreach (Setting setting in report.Run.Settings)
        {
            yield return (setting.Name, setting.ToString());
        }

        yield return ("seconds", Number(report.Run.Seconds));
        yield return ("version", report.Run.Version);
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Vector(ReadOnlySpan<double> values)
    {
        List<string> texts = [];
        foreach (double value in values)
        {
            texts.Add(Number(value));
        }

        return string.Join(", ", texts);
    }
}
