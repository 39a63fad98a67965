using System.Text;
using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;
using Preimage.Figures.Trails;

namespace Preimage.Figures;

/// <summary>
/// A report as one HTML page that opens offline: the figures as inline SVG, a readout under the pointer, a view to turn by hand
/// where there is a third direction, the run's record as a table; light or dark as the reader's system is. No address in it is
/// ever fetched.
/// </summary>
public static class HtmlPage
{
    internal const string Turning =
        "Drag or use the arrow keys to turn, wheel or + and − to zoom, double click or 0 to start again.";

    /// <summary>The page.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static string Text(FiberReport report) => Text(report, Figure.Curve(report), Figure.Profile(report));

    /// <summary>The page of what was found on a plane.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static string Text(PlaneReport report) => Text(report, Figure.Plane(report));

    /// <summary>The page with the report's picture.</summary>
    internal static string Text(PlaneReport report, Picture plane)
    {
        bool surface = FieldSurface.Of(report) is not null;
        return Page(
            report.Title,
            [
                SvgWriter.Inline(plane, "plane"),
                .. surface ? [SurfaceView] : Array.Empty<string>(),
                PageTable.Of(report),
            ],
            PageData.Json(report, plane),
            ["readout.js", .. surface ? ["stage.js", "surface.js"] : Array.Empty<string>()]
        );
    }

    /// <summary>The page of a spectrum.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static string Text(SpectrumReport report) => Text(report, Figure.Spectrum(report));

    /// <summary>The page with the report's picture.</summary>
    internal static string Text(SpectrumReport report, Picture spectrum) =>
        Page(report.Title, [SvgWriter.Inline(spectrum, "spectrum"), PageTable.Of(report)], "{}", []);

    /// <summary>The page of a trail.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static string Text(TrailReport report)
    {
        TrailCheck.Demand(report);
        return TrailPage.Text(report, new TrailDrawing(report));
    }

    /// <summary>The page with the report's pictures.</summary>
    internal static string Text(FiberReport report, Picture curve, Picture profile)
    {
        bool space = report.Fiber.Curve.Dimension == 3;
        bool surface = FieldSurface.Of(report) is not null;
        return Page(
            report.Title,
            [
                space ? SpaceView(report, curve) : SvgWriter.Inline(curve, "curve"),
                SvgWriter.Inline(profile, "profile"),
                .. surface ? [SurfaceView] : Array.Empty<string>(),
                PageTable.Of(report),
            ],
            PageData.Json(report, space ? null : curve, profile),
            [
                "readout.js",
                .. space || surface ? ["stage.js"] : Array.Empty<string>(),
                .. space ? ["space.js"] : Array.Empty<string>(),
                .. surface ? ["surface.js"] : Array.Empty<string>(),
            ]
        );
    }

    private static string SurfaceView =>
        $"""
            <h2>The output over the plane</h2>
            <canvas id="surface" tabindex="0" role="img" aria-label="the output as a surface over the plane of the inputs, with what was found lifted onto it"></canvas>
            <p class="hint">{Turning}</p>

            """;

    private static string SpaceView(FiberReport report, Picture curve) =>
        $"""
            <h1>{SvgWriter.Escape(report.Title)}</h1>
            <p class="caption">{FiberHeading.Caption(report.Fiber.Curve)}</p>
            <canvas id="space" tabindex="0" aria-label="the curve in space"></canvas>
            <p class="hint">{Turning}</p>
            <noscript>{SvgWriter.Inline(curve, "curve")}</noscript>

            """;

    internal static string Page(string title, string[] sections, string data, string[] scripts)
    {
        StringBuilder page = new();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append(
                $"<title>{SvgWriter.Escape(title)}</title>\n<style>\n{Resource("page.css")}{Levels()}</style>\n</head>\n"
            )
            .Append("<body>\n<main>\n");
        foreach (string section in sections)
        {
            page.Append("<section class=\"card\">\n").Append(section).Append("</section>\n");
        }

        page.Append("</main>\n<div id=\"readout\" hidden></div>\n")
            .Append($"<script type=\"application/json\" id=\"data\">{data}</script>\n<script>\n");
        foreach (string script in scripts)
        {
            page.Append(Resource(script));
        }

        return page.Append("</script>\n</body>\n</html>\n").ToString();
    }

    /// <summary>The lighter level colours of a dark page.</summary>
    private static string Levels()
    {
        StringBuilder css = new("@media (prefers-color-scheme: dark) {\n");
        for (int i = 0; i < LevelColors.Steps; i++)
        {
            string color = $"#{LevelColors.Dark[i]:x6}";
            css.Append($".s-l{i}{{stroke:{color}}}.f-l{i}{{fill:{color}}}\n");
        }

        return css.Append("}\n").ToString();
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Replace("\r", "", StringComparison.Ordinal);
    }
}
