using System.Globalization;
using System.Text;
using Preimage.Figures.Drawing;
using Preimage.Figures.Surfaces;
using Preimage.Figures.Trails;
using Preimage.Results;

namespace Preimage.Figures;

/// <summary>The honest figures of a run as a table: what was reached, how, with which model and settings.</summary>
internal static class PageTable
{
    /// <summary>Of a fiber.</summary>
    public static string Of(FiberReport report) => Text([.. Rows(report), .. Rows(report.Run)]);

    /// <summary>Of what was found on a plane.</summary>
    public static string Of(PlaneReport report) => Text([.. report.Facts, .. Rows(report.Run)]);

    /// <summary>Of a spectrum.</summary>
    public static string Of(SpectrumReport report) => Text([.. report.Facts, .. Rows(report.Run)]);

    /// <summary>Of a trail.</summary>
    public static string Of(TrailReport report) => Text([.. report.Facts, .. Rows(report), .. Rows(report.Run)]);

    private static IEnumerable<(string Name, string Value)> Rows(TrailReport report)
    {
        foreach (Trail trail in (Trail[])[report.Trail, .. report.Beside])
        {
            yield return ($"{trail.Name}: points", trail.Cloud.Count.ToString(CultureInfo.InvariantCulture));
            yield return ($"{trail.Name}: largest defect", Number(trail.Defect));
            double[] distances = TrailFigures.Distances(report, trail.Cloud);
            yield return report.Target.IsEmpty
                ? ($"{trail.Name}: farthest from the start", Number(distances.Max()))
                : ($"{trail.Name}: nearest to the target", Number(distances.Min()));
            if (trail.Cloud.Outputs > 1)
            {
                long changes = TrailFigures.Changes(trail);
                yield return ($"{trail.Name}: ranking changes", changes.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>Of a surface.</summary>
    public static string Of(SurfaceReport report) => Text([.. SurfacePage.Facts(report), .. Rows(report.Run)]);

    private static string Text((string Name, string Value)[] rows)
    {
        StringBuilder page = new("<h2>Record</h2>\n<table id=\"record\">\n");
        foreach ((string name, string value) in rows)
        {
            page.Append($"<tr><th>{SvgWriter.Escape(name)}</th><td>{SvgWriter.Escape(value)}</td></tr>\n");
        }

        return page.Append("</table>\n").ToString();
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
            yield return other.IsTruth
                ? ($"{other.Name}: length", Number(other.Curve.Length))
                : ($"{other.Name}: length, defect", Vector([other.Curve.Length, other.Curve.Defect]));
        }
    }

    private static IEnumerable<(string Name, string Value)> Rows(RunRecord run)
    {
        yield return ("model", run.ModelPath);
        yield return ("SHA-256", run.ModelHash);
        foreach (Setting setting in run.Settings)
        {
            yield return (setting.Name, setting.ToString());
        }

        yield return ("seconds", Number(run.Seconds));
        yield return ("version", run.Version);
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
