using System.Text;
using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;

namespace Preimage.Figures;

/// <summary>
/// A report as one HTML page that opens offline: the figures as inline SVG, a readout under the pointer, a view to turn by hand
/// where the curve lies in space, the run's record as a table; light or dark as the reader's system is. No address in it is
/// ever fetched.
/// </summary>
public static class HtmlPage
{
    /// <summary>The page.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static string Text(FiberReport report) => Text(report, Figure.Curve(report), Figure.Profile(report));

    /// <summary>The page with the report's pictures.</summary>
    internal static string Text(FiberReport report, Picture curve, Picture profile)
    {
        bool space = report.Fiber.Curve.Dimension == 3;
        StringBuilder page = new();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append(
                $"<title>{SvgWriter.Escape(report.Title)}</title>\n<style>\n{Resource("page.css")}</style>\n</head>\n<body>\n"
            )
            .Append("<main>\n<section class=\"card\">\n");
        if (space)
        {
            page.Append(
                    $"<h1>{SvgWriter.Escape(report.Title)}</h1>\n<p class=\"caption\">{Heading.Caption(report.Fiber.Curve)}</p>\n"
                )
                .Append("<canvas id=\"space\" tabindex=\"0\" aria-label=\"the curve in space\"></canvas>\n")
                .Append("<p class=\"hint\">Drag to turn, wheel to zoom, double click to start again.</p>\n")
                .Append($"<noscript>{SvgWriter.Inline(curve, "curve")}</noscript>\n");
        }
        else
        {
            page.Append(SvgWriter.Inline(curve, "curve"));
        }

        page.Append("</section>\n<section class=\"card\">\n").Append(SvgWriter.Inline(profile, "profile"));
        page.Append("</section>\n<section class=\"card\">\n");
        PageTable.Append(page, report);
        page.Append("</section>\n</main>\n<div id=\"readout\" hidden></div>\n")
            .Append(
                $"<script type=\"application/json\" id=\"data\">{PageData.Json(report, space ? null : curve, profile)}</script>\n"
            )
            .Append(
                $"<script>\n{Resource("readout.js")}{(space ? Resource("space.js") : "")}</script>\n</body>\n</html>\n"
            );
        return page.ToString();
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Replace("\r", "", StringComparison.Ordinal);
    }
}
