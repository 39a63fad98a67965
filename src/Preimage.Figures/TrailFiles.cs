using System.Text;
using System.Text.Json;
using Preimage.Data;
using Preimage.Figures.Data;
using Preimage.Figures.Trails;
using Preimage.Results;

namespace Preimage.Figures;

/// <summary>Writes the files of a trail, each whole or not at all.</summary>
public static class TrailFiles
{
    private const FigureFormats Strip = FigureFormats.StripPng | FigureFormats.StripSvg;

    /// <summary>
    /// Writes the formats asked for as PATH.csv, PATH.json, PATH.npy, PATH.svg, PATH.png, PATH.strip.png, PATH.strip.svg, PATH.html; of
    /// <see cref="FigureFormats.Default"/> all of these, the strip as PNG where points are images.
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
        yield return (FigureFormats.Csv, ".csv", () => Encoding.UTF8.GetBytes(TrailText.Csv(report)));
        yield return (FigureFormats.Json, ".json", () => Encoding.UTF8.GetBytes(TrailText.Json(report, result) + "\n"));
        yield return (
            FigureFormats.Npy,
            ".npy",
            () => NpyBytes.Of(cloud.Points.AsSpan(), [cloud.Count, cloud.Dimension])
        );
    }

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

        return formats != FigureFormats.Default ? formats
            : report.Image is null ? formats | FigureFormats.Npy
            : formats | FigureFormats.Npy | FigureFormats.StripPng;
    }
}
