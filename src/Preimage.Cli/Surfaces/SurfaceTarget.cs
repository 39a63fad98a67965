using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;

namespace Preimage.Cli.Surfaces;

/// <summary>Where a surface's files go, and which of them are wanted: the default ones as PATH.*, or the one whose ending PATH has.</summary>
internal sealed record SurfaceTarget(string Path, SurfaceFormats Formats)
{
    private static readonly (string Ending, SurfaceFormats Format)[] Endings =
    [
        (".ply", SurfaceFormats.Ply),
        (".obj", SurfaceFormats.Obj),
        (".vtp", SurfaceFormats.Vtp),
        (".gltf", SurfaceFormats.Gltf),
        (".glb", SurfaceFormats.Glb),
        (".csv", SurfaceFormats.Csv),
        (".json", SurfaceFormats.Json),
        (".html", SurfaceFormats.Html),
        (".svg", SurfaceFormats.Svg),
        (".png", SurfaceFormats.Png),
    ];

    // Mesh formats that a person may take for ones that are written.
    private static readonly string[] Foreign =
    [
        ".STL",
        ".VTK",
        ".VTU",
        ".OFF",
        ".DAE",
        ".FBX",
        ".X3D",
        ".NPY",
        ".3MF",
        ".USDZ",
    ];

    /// <summary>The files that --out asks for.</summary>
    /// <exception cref="ArgumentException">It names a folder, an input, or a format that is not written.</exception>
    public static SurfaceTarget Parse(string path, SliceWords words)
    {
        FigureTarget.KeepOffPath(path, words);
        foreach ((string ending, SurfaceFormats format) in Endings)
        {
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && path.Length > ending.Length)
            {
                return new SurfaceTarget(path[..^ending.Length], format).Apart(words);
            }
        }

        if (Foreign.Contains(System.IO.Path.GetExtension(path).ToUpperInvariant()))
        {
            throw new ArgumentException(
                $"--out names '{path}', a format that is not written of a surface; end it with {string.Join(", ", Endings.Select(e => e.Ending))}, or with nothing for the default files."
            );
        }

        FigureTarget.Parse(
            path,
            [.. Endings.Select(e => e.Ending).Where(e => e is ".ply" or ".obj" or ".vtp" or ".gltf" or ".glb")]
        );
        return new SurfaceTarget(path, SurfaceFormats.Default).Apart(words);
    }

    /// <summary>Finds out before the run whether the files could be written.</summary>
    /// <exception cref="OutputException">They could not.</exception>
    public void Probe() => FigureFiles.Probe(Path);

    private SurfaceTarget Apart(SliceWords words)
    {
        foreach ((string ending, SurfaceFormats format) in Endings)
        {
            if (Formats.HasFlag(format))
            {
                FigureTarget.KeepOffPath(Path + ending, words);
            }
        }

        return this;
    }
}
