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

    /// <summary>The files that --out asks for.</summary>
    public static FigureTarget Parse(string path)
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

        return new FigureTarget(path, FigureFormats.Default);
    }

    /// <summary>Finds out before the run whether the files could be written.</summary>
    /// <exception cref="OutputException">They could not.</exception>
    public void Probe() => FigureFiles.Probe(Path);

    /// <summary>Writes them.</summary>
    /// <returns>Their paths.</returns>
    public IReadOnlyList<string> Write(FiberReport report) => FigureFiles.Write(Path, report, Formats);
}
