using System.Numerics;
using System.Text;
using System.Text.Json;
using Preimage.Data;
using Preimage.Figures.Data;
using Preimage.Figures.Drawing;
using Preimage.Figures.Trails;
using Preimage.Results;

namespace Preimage.Figures;

/// <summary>Writes the files of a trail, each whole or not at all.</summary>
public static class TrailFiles
{
    private const FigureFormats Strip = FigureFormats.StripPng | FigureFormats.StripSvg;

    /// <summary>
    /// Writes the formats asked for as PATH.csv, PATH.json, PATH.npy, PATH.svg, PATH.png, PATH.strip.png, PATH.strip.svg, PATH.html; of
    /// several formats, such as <see cref="FigureFormats.Default"/>, the array of points, too, and where they are images the strip as PNG.
    /// </summary>
    /// <param name="path">PATH.</param>
    /// <param name="report">The trail.</param>
    /// <param name="result">Writes what the command itself found, before the trail, into the JSON object.</param>
    /// <param name="formats">The files wanted.</param>
    /// <returns>The paths written.</returns>
    /// <exception cref="OutputException">A file cannot be written; those before it stand.</exception>
    /// <exception cref="ArgumentException">The report does not fit together, or a format does not exist for it.</exception>
    public static IReadOnlyList<string> Write(
        string path,
        TrailReport report,
        Action<Utf8JsonWriter> result,
        FigureFormats formats
    )
    {
        TrailCheck.Demand(report);
        List<string> written = [];
        foreach ((FigureFormats format, string ending, Func<byte[]> bytes) in Files(report, result))
        {
            if (Asked(report, formats).HasFlag(format))
            {
                AtomicFile.Write(path + ending, bytes());
                written.Add(path + ending);
            }
        }

        return written;
    }

    private static IEnumerable<(FigureFormats, string, Func<byte[]>)> Files(
        TrailReport report,
        Action<Utf8JsonWriter> result
    )
    {
        Cloud cloud = report.Trail.Cloud;
        Lazy<TrailDrawing> drawing = new(() => new TrailDrawing(report));
        Lazy<Picture> strip = new(() => StripDrawing.Draw(report));
        return
        [
            (FigureFormats.Csv, ".csv", () => Utf8(TrailText.Csv(report))),
            (FigureFormats.Json, ".json", () => Utf8(TrailText.Json(report, result) + "\n")),
            (FigureFormats.Npy, ".npy", () => NpyBytes.Of(cloud.Points.AsSpan(), [cloud.Count, cloud.Dimension])),
            (FigureFormats.Svg, ".svg", () => Utf8(SvgWriter.Document(drawing.Value.Picture))),
            (FigureFormats.Png, ".png", () => Raster.Png(drawing.Value.Picture)),
            (FigureFormats.StripSvg, ".strip.svg", () => Utf8(SvgWriter.Document(strip.Value))),
            (FigureFormats.StripPng, ".strip.png", () => Raster.Png(strip.Value)),
            (FigureFormats.Html, ".html", () => Utf8(TrailPage.Text(report, drawing.Value))),
        ];
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static FigureFormats Asked(TrailReport report, FigureFormats formats)
    {
        if ((formats & (FigureFormats.ProfilePng | FigureFormats.ProfileSvg)) != FigureFormats.None)
        {
            throw new ArgumentException(
                $"The command '{report.Run.Command}' writes .csv, .json, .npy, .svg, .png, .strip.png, .strip.svg and .html, but no profile; name one of those, or none for all."
            );
        }

        if ((formats & Strip) != FigureFormats.None && report.Image is null)
        {
            throw new ArgumentException(
                "A strip shows points as images, and these are none; end the file's name with .png, .svg or .html."
            );
        }

        return BitOperations.PopCount((uint)formats) < 2 ? formats
            : report.Image is null ? formats | FigureFormats.Npy
            : formats | FigureFormats.Npy | FigureFormats.StripPng;
    }
}
