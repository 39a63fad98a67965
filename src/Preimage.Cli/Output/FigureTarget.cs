using System.Text.Json;
using Preimage.Cli.Arguments;
using Preimage.Figures;

namespace Preimage.Cli.Output;

/// <summary>Where a report's files go, and which of them are wanted: all of PATH.*, or the one whose ending PATH has.</summary>
internal sealed record FigureTarget(string Path, FigureFormats Formats)
{
    private static readonly (string Ending, FigureFormats Format)[] Endings =
    [
        (".profile.svg", FigureFormats.ProfileSvg),
        (".profile.png", FigureFormats.ProfilePng),
        (".csv", FigureFormats.Csv),
        (".json", FigureFormats.Json),
        (".svg", FigureFormats.Svg),
        (".png", FigureFormats.Png),
        (".html", FigureFormats.Html),
        (".npy", FigureFormats.Npy),
    ];

    // What only a trail has; of any other, x.strip.png is the picture of x.strip.
    private static readonly (string Ending, FigureFormats Format)[] StripEndings =
    [
        (".strip.svg", FigureFormats.StripSvg),
        (".strip.png", FigureFormats.StripPng),
    ];

    // Endings that a person may take for formats that are written.
    private static readonly string[] Foreign =
    [
        ".PDF",
        ".JPG",
        ".JPEG",
        ".GIF",
        ".TIF",
        ".TIFF",
        ".EPS",
        ".PS",
        ".WEBP",
        ".TXT",
        ".XLSX",
        ".PARQUET",
        ".HTM",
        ".ONNX",
        ".BMP",
        ".TEX",
        ".MD",
        ".XML",
        ".YAML",
        ".YML",
        ".NPZ",
        ".H5",
        ".SHP",
        ".KML",
        ".GPKG",
        ".GEOJSON",
        ".WKT",
        ".PLY",
        ".OBJ",
        ".STL",
        ".VTP",
        ".GLTF",
        ".GLB",
    ];

    /// <summary>The files that --out asks for.</summary>
    /// <param name="path">What was said.</param>
    /// <param name="more">Endings that the command writes besides, for a refusal.</param>
    public static FigureTarget Parse(string path, params string[] more)
    {
        if (path.Length == 0 || System.IO.Path.EndsInDirectorySeparator(path) || Directory.Exists(path))
        {
            throw new ArgumentException(
                $"--out names the folder '{path}'; add the files' common name, as in {System.IO.Path.Combine(path, "class")}."
            );
        }

        foreach ((string ending, FigureFormats format) in Endings)
        {
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return new FigureTarget(path[..^ending.Length], format);
            }
        }

        string[] endings =
        [
            .. Endings
                .Where(e => more.Length == 0 || (e.Format & ~FigureFormats.Default) == FigureFormats.None)
                .Select(e => e.Ending),
        ];
        string unknown = System.IO.Path.GetExtension(path).ToUpperInvariant();
        return Array.IndexOf(Foreign, unknown) < 0
            ? new FigureTarget(path, FigureFormats.Default)
            : throw new ArgumentException(
                $"--out names '{path}', a format that is not written; end it with {string.Join(", ", (string[])[.. endings, .. more])}, or with nothing for the default files."
            );
    }

    /// <summary>The files that --out asks for of a command that draws on a plane; null where it is not given.</summary>
    /// <exception cref="ArgumentException">There is no such file of it, or it would lie over an input.</exception>
    public static FigureTarget? ParsePlane(string? path, SliceWords words, params string[] more)
    {
        KeepOffPath(path, words);
        FigureTarget? target = path is null ? null : Parse(path, more);
        target?.KeepOff(words);
        return target is null || (target.Formats & ~FigureFormats.Default) == FigureFormats.None
            ? target
            : throw new ArgumentException(
                $"--out names '{path}', which only trace writes; end it with .csv, .json, .svg, .png or .html, or with nothing for all of these."
            );
    }

    /// <summary>The files that --out asks for of a trail (a walk, a morph, a crossing's path).</summary>
    /// <param name="path">What was said.</param>
    /// <param name="words">Whose inputs are not written over.</param>
    /// <param name="more">Endings that the command writes besides, for a refusal.</param>
    /// <exception cref="ArgumentException">There is no such file of it, or it would lie over an input.</exception>
    public static FigureTarget ParseTrail(string path, SliceWords words, params string[] more)
    {
        KeepOffPath(path, words);
        (string ending, FigureFormats format) = Array.Find(
            StripEndings,
            e => path.EndsWith(e.Ending, StringComparison.OrdinalIgnoreCase)
        );
        FigureTarget target = ending is null
            ? Parse(path, [".npy", .. StripEndings.Select(e => e.Ending), .. more])
            : new FigureTarget(path[..^ending.Length], format);
        target.KeepOff(words);
        return (target.Formats & (FigureFormats.ProfilePng | FigureFormats.ProfileSvg)) == FigureFormats.None
            ? target
            : throw new ArgumentException(
                $"--out names '{path}', which only trace writes; end it with .csv, .json, .npy, .svg, .png, .strip.png or .html, or with nothing for all of these."
            );
    }

    /// <summary>Refuses the path of an input itself, whatever its ending.</summary>
    /// <exception cref="ArgumentException">It is one.</exception>
    public static void KeepOffPath(string? path, SliceWords words) =>
        KeepOffPath(path, words.Model.Path, words.At is { } at ? PointArgument.File(at) : null);

    /// <summary>Refuses the path of a file that is read, whatever its ending.</summary>
    /// <param name="path">What --out says.</param>
    /// <param name="inputs">The files, null for none.</param>
    /// <exception cref="ArgumentException">It is one.</exception>
    public static void KeepOffPath(string? path, params string?[] inputs)
    {
        if (!string.IsNullOrEmpty(path) && Array.Find(inputs, i => IsOne(i, path)) is { } input)
        {
            throw new ArgumentException($"--out would write over the input '{input}'; choose another name.");
        }
    }

    private static bool IsOne(string? input, string path) =>
        !string.IsNullOrEmpty(input) && System.IO.Path.GetFullPath(input) == System.IO.Path.GetFullPath(path);

    /// <summary>Refuses to write over the model, or over the table of points.</summary>
    /// <exception cref="ArgumentException">One of the files is the input.</exception>
    public void KeepOff(SliceWords words)
    {
        KeepOff(words.Model.Path);
        if (words.At is { } at && PointArgument.File(at) is { } points)
        {
            KeepOff(points);
        }
    }

    /// <summary>Refuses to write over a file that is read.</summary>
    /// <exception cref="ArgumentException">One of the files is the input.</exception>
    public void KeepOff(string input)
    {
        if (Writes(input))
        {
            throw new ArgumentException($"--out would write over the input '{input}'; choose another name.");
        }
    }

    /// <summary>Whether a file is one of those that are written.</summary>
    public bool Writes(string file) =>
        Array.Exists(
            [.. Endings, .. StripEndings],
            e =>
                Formats.HasFlag(e.Format)
                && System.IO.Path.GetFullPath(Path + e.Ending) == System.IO.Path.GetFullPath(file)
        );

    /// <summary>Finds out before the run whether the files could be written.</summary>
    /// <exception cref="OutputException">They could not.</exception>
    public void Probe() => FigureFiles.Probe(Path);

    /// <summary>Writes them.</summary>
    /// <returns>Their paths.</returns>
    public IReadOnlyList<string> Write(FiberReport report) => FigureFiles.Write(Path, report, Formats);

    /// <summary>Writes what was found on a plane.</summary>
    /// <returns>Their paths.</returns>
    public IReadOnlyList<string> Write(PlaneReport report, ResultTexts texts) =>
        FigureFiles.Write(Path, report, texts, Formats);

    /// <summary>Writes a trail; <paramref name="result"/> adds what the command found to the JSON object.</summary>
    /// <returns>Their paths.</returns>
    public IReadOnlyList<string> Write(TrailReport report, Action<Utf8JsonWriter> result) =>
        TrailFiles.Write(Path, report, result, Formats);

    /// <summary>Writes what has no figure: in other dimensions than two, or where the plane's own search found none.</summary>
    /// <returns>Their paths.</returns>
    /// <exception cref="ArgumentException">Only a figure was asked for.</exception>
    public IReadOnlyList<string> WriteTexts(ResultTexts texts, bool figureIsDue = false)
    {
        FigureFormats formats = Formats & (FigureFormats.Csv | FigureFormats.Json);
        if (formats == FigureFormats.None && !figureIsDue)
        {
            throw new ArgumentException(
                "--out asks for a figure, and only of two free inputs there is one; end it with .csv or .json, or name two inputs with --free."
            );
        }

        List<string> written = [];
        if (formats.HasFlag(FigureFormats.Csv))
        {
            AtomicFile.Write(Path + ".csv", texts.Csv());
            written.Add(Path + ".csv");
        }

        if (formats.HasFlag(FigureFormats.Json))
        {
            AtomicFile.Write(Path + ".json", texts.Json() + "\n");
            written.Add(Path + ".json");
        }

        return written;
    }
}
