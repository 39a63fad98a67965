using System.Text;
using Preimage.Figures.Data;
using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;

namespace Preimage.Figures;

/// <summary>The files of a report.</summary>
[Flags]
public enum FigureFormats
{
    /// <summary>No file.</summary>
    None = 0,

    /// <summary>PATH.csv: the points with outputs, arc length, defect and curvature.</summary>
    Csv = 1,

    /// <summary>PATH.json: the run's record.</summary>
    Json = 2,

    /// <summary>PATH.svg: the curve.</summary>
    Svg = 4,

    /// <summary>PATH.png: the curve.</summary>
    Png = 8,

    /// <summary>PATH.html: curve, profile and record on one page that needs no network.</summary>
    Html = 16,

    /// <summary>PATH.npy: the points as a NumPy array.</summary>
    Npy = 32,

    /// <summary>PATH.profile.svg: outputs, defect, curvature and singular values along the curve.</summary>
    ProfileSvg = 64,

    /// <summary>PATH.profile.png: the same as pixels.</summary>
    ProfilePng = 128,

    /// <summary>PATH.strip.svg: the points of a trail as images, with what changed.</summary>
    StripSvg = 256,

    /// <summary>PATH.strip.png: the same as pixels.</summary>
    StripPng = 512,

    /// <summary>What a trace writes when nothing else is said.</summary>
    Default = Csv | Json | Svg | Png | Html,
}

/// <summary>The texts of a result, made only when they are written.</summary>
/// <param name="Json">One JSON object, such as <see cref="LevelSetText.Json"/>.</param>
/// <param name="Csv">A table with a header, such as <see cref="LevelSetText.Csv"/>.</param>
public sealed record ResultTexts(Func<string> Json, Func<string> Csv);

/// <summary>Writes a report's files, each whole or not at all.</summary>
public static class FigureFiles
{
    /// <summary>Writes the formats asked for as PATH.csv, PATH.json and so on; what is not asked for costs nothing.</summary>
    /// <returns>The paths written, in the order of <see cref="FigureFormats"/>.</returns>
    /// <exception cref="OutputException">A file cannot be written; those before it stand.</exception>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static IReadOnlyList<string> Write(string path, FiberReport report, FigureFormats formats)
    {
        Figure.Check(report);
        Lazy<Picture> curve = new(() => Figure.Curve(report));
        Lazy<Picture> profile = new(() => Figure.Profile(report));
        List<string> written = [];
        void When(FigureFormats format, string ending, Action<string> write)
        {
            if (formats.HasFlag(format))
            {
                string target = path + ending;
                write(target);
                written.Add(target);
            }
        }

        When(FigureFormats.Csv, ".csv", p => CsvFile.Write(p, report.Fiber.Curve, report.Signature));
        When(FigureFormats.Json, ".json", p => JsonText.Write(p, report.Run, report.Fiber));
        When(FigureFormats.Svg, ".svg", p => AtomicFile.Write(p, SvgWriter.Document(curve.Value)));
        When(FigureFormats.Png, ".png", p => AtomicFile.Write(p, Raster.Png(curve.Value)));
        When(FigureFormats.Html, ".html", p => AtomicFile.Write(p, HtmlPage.Text(report, curve.Value, profile.Value)));
        When(FigureFormats.Npy, ".npy", p => NpyFile.Write(p, report.Fiber.Curve));
        When(FigureFormats.ProfileSvg, ".profile.svg", p => AtomicFile.Write(p, SvgWriter.Document(profile.Value)));
        When(FigureFormats.ProfilePng, ".profile.png", p => AtomicFile.Write(p, Raster.Png(profile.Value)));
        return written;
    }

    /// <summary>Writes the formats asked for of what was found on a plane; there is no profile and no array of it.</summary>
    /// <returns>The paths written, in the order of <see cref="FigureFormats"/>.</returns>
    /// <exception cref="OutputException">A file cannot be written; those before it stand.</exception>
    /// <exception cref="ArgumentException">The report does not fit together, or a format does not exist for it.</exception>
    public static IReadOnlyList<string> Write(string path, PlaneReport report, ResultTexts texts, FigureFormats formats)
    {
        Figure.Check(report);
        if ((formats & ~FigureFormats.Default) != FigureFormats.None)
        {
            throw new ArgumentException(
                $"The command '{report.Run.Command}' writes .csv, .json, .svg, .png and .html, but no profile and no .npy; name one of those, or none for all five."
            );
        }

        return Write(path, texts, formats, () => Figure.Plane(report), plane => HtmlPage.Text(report, plane));
    }

    /// <summary>Writes the formats asked for of a spectrum; there is no profile and no array of it.</summary>
    /// <returns>The paths written, in the order of <see cref="FigureFormats"/>.</returns>
    /// <exception cref="OutputException">A file cannot be written; those before it stand.</exception>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static IReadOnlyList<string> Write(
        string path,
        SpectrumReport report,
        ResultTexts texts,
        FigureFormats formats
    )
    {
        Figure.Check(report);
        return Write(path, texts, formats, () => Figure.Spectrum(report), picture => HtmlPage.Text(report, picture));
    }

    private static List<string> Write(
        string path,
        ResultTexts texts,
        FigureFormats formats,
        Func<Picture> draw,
        Func<Picture, string> page
    )
    {
        Lazy<Picture> picture = new(draw);
        List<string> written = [];
        foreach (
            (FigureFormats format, string ending, Func<byte[]> bytes) in new (FigureFormats, string, Func<byte[]>)[]
            {
                (FigureFormats.Csv, ".csv", () => Encoding.UTF8.GetBytes(texts.Csv())),
                (FigureFormats.Json, ".json", () => Encoding.UTF8.GetBytes(texts.Json() + "\n")),
                (FigureFormats.Svg, ".svg", () => Encoding.UTF8.GetBytes(SvgWriter.Document(picture.Value))),
                (FigureFormats.Png, ".png", () => Raster.Png(picture.Value)),
                (FigureFormats.Html, ".html", () => Encoding.UTF8.GetBytes(page(picture.Value))),
            }
        )
        {
            if (formats.HasFlag(format))
            {
                AtomicFile.Write(path + ending, bytes());
                written.Add(path + ending);
            }
        }

        return written;
    }

    /// <summary>Finds out, before a long run, whether files could be written at PATH; makes its folder where it is missing.</summary>
    /// <exception cref="OutputException">They could not.</exception>
    public static void Probe(string path) => AtomicFile.Probe(path + ".json");
}

/// <summary>A report as SVG, with its texts as texts.</summary>
public static class SvgFigure
{
    /// <summary>The curve: on the plane (n = 2), in space (n = 3) or pair by pair (n > 3).</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static string Text(FiberReport report) => SvgWriter.Document(Figure.Curve(report));

    /// <summary>What was found on a plane.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static string Text(PlaneReport report) => SvgWriter.Document(Figure.Plane(report));

    /// <summary>A spectrum with its leading directions.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static string Text(SpectrumReport report) => SvgWriter.Document(Figure.Spectrum(report));

    /// <summary>A trail on its principal axes, with outputs, defect and distance along it.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static string Text(TrailReport report) => SvgWriter.Document(Figure.Trail(report));

    /// <summary>The points of a trail as images, with what changed.</summary>
    /// <exception cref="ArgumentException">The report does not fit together, or its points are no images.</exception>
    public static string Strip(TrailReport report) => SvgWriter.Document(Figure.Strip(report));

    /// <summary>Outputs, defect, curvature and singular values along the curve.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static string Profile(FiberReport report) => SvgWriter.Document(Figure.Profile(report));
}

/// <summary>A report as PNG, two pixels to a CSS pixel, with the same bytes on every machine.</summary>
public static class PngFigure
{
    /// <summary>The curve: on the plane (n = 2), in space (n = 3) or pair by pair (n > 3).</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static byte[] Bytes(FiberReport report) => Raster.Png(Figure.Curve(report));

    /// <summary>What was found on a plane.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static byte[] Bytes(PlaneReport report) => Raster.Png(Figure.Plane(report));

    /// <summary>A spectrum with its leading directions.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static byte[] Bytes(SpectrumReport report) => Raster.Png(Figure.Spectrum(report));

    /// <summary>A trail on its principal axes, with outputs, defect and distance along it.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static byte[] Bytes(TrailReport report) => Raster.Png(Figure.Trail(report));

    /// <summary>The points of a trail as images, with what changed.</summary>
    /// <exception cref="ArgumentException">The report does not fit together, or its points are no images.</exception>
    public static byte[] Strip(TrailReport report) => Raster.Png(Figure.Strip(report));

    /// <summary>Outputs, defect, curvature and singular values along the curve.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static byte[] Profile(FiberReport report) => Raster.Png(Figure.Profile(report));
}
