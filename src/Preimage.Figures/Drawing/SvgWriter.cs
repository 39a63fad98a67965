using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Preimage.Data.Images;

namespace Preimage.Figures.Drawing;

/// <summary>
/// A picture as SVG 1.1 without style sheets: colours are attributes (every viewer shows them) and the parts are class names
/// ("s-grid" strokes, "f-text" fills), by which a page can recolour it. Texts stay texts, drawn in the reader's own font.
/// </summary>
internal static class SvgWriter
{
    private const string Fonts = "Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif";

    private const string Namespaces =
        " xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

    /// <summary>The picture as a whole SVG document.</summary>
    public static string Document(Picture picture) =>
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + Element(picture, Namespaces);

    /// <summary>The picture as an svg element of an HTML page, which knows the namespaces by itself.</summary>
    public static string Inline(Picture picture, string id) => Element(picture, $" id=\"{id}\"");

    private static string Element(Picture picture, string attributes)
    {
        StringBuilder svg = new();
        string width = Number(picture.Width);
        string height = Number(picture.Height);
        svg.Append($"<svg{attributes} width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\"")
            .Append($" font-family=\"{Fonts}\">\n")
            .Append($"<rect width=\"{width}\" height=\"{height}\"{Paint("fill", Inks.Paper)}/>\n");
        foreach (Mark mark in picture.Marks)
        {
            Append(svg, mark);
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Text as XML content or attribute: escaped, and without the characters that XML forbids.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '"' => escaped.Append("&quot;"),
                < ' ' or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    private static void Append(StringBuilder svg, Mark mark)
    {
        switch (mark)
        {
            case PathMark path:
                AppendPath(svg, path);
                break;
            case AreaMark area:
                AppendArea(svg, area);
                break;
            case CloudMark cloud:
                AppendCloud(svg, cloud);
                break;
            case DotMark dot:
                svg.Append(
                        $"<circle cx=\"{Number(dot.Center.X)}\" cy=\"{Number(dot.Center.Y)}\" r=\"{Number(dot.Radius)}\""
                    )
                    .Append(Class(dot.Fill, dot.Rim.Ink))
                    .Append(Color("fill", dot.Fill))
                    .Append(Stroke(dot.Rim))
                    .Append("/>\n");
                break;
            case TextMark text:
                AppendText(svg, text);
                break;
            case HeatMark heat:
                AppendHeat(svg, heat);
                break;
            case PixelMark pixels:
                byte[] png = PngWriter.TrueColor(pixels.Columns, pixels.Rows, pixels.Colors.AsSpan());
                AppendImage(svg, pixels.Frame, png, "class=\"pixels\" image-rendering=\"pixelated\"");
                break;
        }
    }

    private static void AppendPath(StringBuilder svg, PathMark path)
    {
        if (path.Points.IsEmpty)
        {
            return;
        }

        svg.Append("<path").Append(Named(path.Name));
        svg.Append(Class(path.Fill, path.Pen?.Ink));
        svg.Append(path.Fill is { } fill ? Color("fill", fill) : " fill=\"none\"");
        if (path.Pen is { } pen)
        {
            svg.Append(Stroke(pen));
        }

        svg.Append(" d=\"").Append(Data(path)).Append("\"/>\n");
    }

    private static void AppendArea(StringBuilder svg, AreaMark area)
    {
        svg.Append("<path").Append(Named(area.Name)).Append(Class(area.Fill, area.Pen?.Ink));
        svg.Append(Color("fill", area.Fill)).Append(" fill-rule=\"evenodd\"");
        if (area.Pen is { } pen)
        {
            svg.Append(Stroke(pen));
        }

        svg.Append(" d=\"");
        foreach (ImmutableArray<Spot> ring in area.Rings)
        {
            svg.Append(Data(new PathMark(ring, Closed: true)));
        }

        svg.Append("\"/>\n");
    }

    /// <summary>Lines of no length with round ends: a dozen characters a disc.</summary>
    private static void AppendCloud(StringBuilder svg, CloudMark cloud)
    {
        svg.Append("<path").Append(Class(null, cloud.Ink)).Append(" fill=\"none\"");
        svg.Append(Stroke(new Pen(cloud.Ink, 2 * cloud.Radius))).Append(" d=\"");
        foreach (Spot center in cloud.Centers)
        {
            svg.Append($"M{Number(center.X)} {Number(center.Y)}h0");
        }

        svg.Append("\"/>\n");
    }

    private static string Named(string name) => name.Length > 0 ? $" data-name=\"{Escape(name)}\"" : "";

    private static StringBuilder Data(PathMark path)
    {
        ImmutableArray<Spot> points = path.Points;
        StringBuilder data = new();
        data.Append('M').Append(Number(points[0].X)).Append(' ').Append(Number(points[0].Y));
        for (int i = 1; i < points.Length; i++)
        {
            char command =
                !path.Cubic ? 'L'
                : i % 3 == 1 ? 'C'
                : ' ';
            data.Append(command).Append(Number(points[i].X)).Append(' ').Append(Number(points[i].Y));
        }

        return path.Closed ? data.Append('Z') : data;
    }

    private static void AppendText(StringBuilder svg, TextMark text)
    {
        if (text.Halo)
        {
            // Not every viewer knows paint-order, so the rim is a text of its own.
            string rim =
                $"{Class(null, Inks.Halo)} fill=\"none\"{Stroke(new Pen(Inks.Halo, TextMark.HaloWidth))} aria-hidden=\"true\"";
            AppendText(svg, text, rim);
        }

        AppendText(svg, text, Paint("fill", text.Ink));
    }

    private static void AppendText(StringBuilder svg, TextMark text, string paint)
    {
        string x = Number(text.At.X);
        string y = Number(text.At.Y);
        svg.Append($"<text x=\"{x}\" y=\"{y}\" font-size=\"{Number(text.Size)}\"{paint}");
        if (text.Anchor != Anchor.Start)
        {
            svg.Append($" text-anchor=\"{(text.Anchor == Anchor.Middle ? "middle" : "end")}\"");
        }

        if (text.Bold)
        {
            svg.Append(" font-weight=\"600\"");
        }

        if (text.Turned)
        {
            svg.Append($" transform=\"rotate(-90 {x} {y})\"");
        }

        svg.Append('>').Append(Escape(text.Text)).Append("</text>\n");
    }

    private static void AppendHeat(StringBuilder svg, HeatMark heat)
    {
        byte[] png = PngWriter.Indexed(heat.Columns, heat.Rows, heat.Levels.AsSpan(), heat.Palette.AsSpan());
        AppendImage(
            svg,
            heat.Frame,
            png,
            heat.IsCrisp ? "class=\"heat\" image-rendering=\"pixelated\"" : "class=\"heat\""
        );
    }

    private static void AppendImage(StringBuilder svg, Frame frame, byte[] png, string attributes) =>
        svg.Append(
            $"<image {attributes} x=\"{Number(frame.Left)}\" y=\"{Number(frame.Top)}\" width=\"{Number(frame.Width)}\" height=\"{Number(frame.Height)}\" preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64,{Convert.ToBase64String(png)}\"/>\n"
        );

    private static string Class(Ink? fill, Ink? stroke)
    {
        string names = (fill, stroke) switch
        {
            ({ } f, { } s) => $"f-{f.Part} s-{s.Part}",
            ({ } f, null) => $"f-{f.Part}",
            (null, { } s) => $"s-{s.Part}",
            _ => "",
        };
        return names.Length == 0 ? "" : $" class=\"{names}\"";
    }

    private static string Paint(string attribute, Ink ink) => Class(ink, null) + Color(attribute, ink);

    private static string Color(string attribute, Ink ink) =>
        ink.Opacity >= 1
            ? $" {attribute}=\"#{ink.Rgb:x6}\""
            : $" {attribute}=\"#{ink.Rgb:x6}\" {attribute}-opacity=\"{Number(ink.Opacity)}\"";

    private static string Stroke(Pen pen)
    {
        string dash = pen.Dash > 0 ? $" stroke-dasharray=\"{Number(pen.Dash)}\"" : "";
        return $"{Color("stroke", pen.Ink)} stroke-width=\"{Number(pen.Width)}\"{dash} stroke-linejoin=\"round\" stroke-linecap=\"{(pen.Dash > 0 ? "butt" : "round")}\"";
    }

    /// <summary>A hundredth of a pixel is finer than any screen or printer shows.</summary>
    private static string Number(double value) =>
        (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);
}
