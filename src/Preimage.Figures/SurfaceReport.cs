using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures;

/// <summary>A surface with all that a figure of it shows.</summary>
public sealed record SurfaceReport
{
    /// <summary>The run that gave the surface; its signature labels every axis.</summary>
    public required RunRecord Run { get; init; }

    /// <summary>The surface.</summary>
    public required Surface Surface { get; init; }

    /// <summary>The box in which it was meshed; infinite bounds are allowed.</summary>
    public required Box Box { get; init; }

    /// <summary>The heading of the figure.</summary>
    public string Title { get; init; } = "Surface";

    /// <summary>The starting point: [n], or empty to leave it out.</summary>
    public ImmutableArray<double> Start { get; init; } = [];

    /// <summary>
    /// The three inputs that are shown, from 0; where it is empty the inputs themselves if there are three, else the three principal axes of the
    /// corners.
    /// </summary>
    public ImmutableArray<int> Axes { get; init; } = [];

    /// <summary>The input, from 0, that colours the surface; where it is null the first that is not shown, and one colour where all are.</summary>
    public int? Color { get; init; }
}

/// <summary>The files of a surface.</summary>
[Flags]
public enum SurfaceFormats
{
    /// <summary>No file.</summary>
    None = 0,

    /// <summary>PATH.csv: the corners with outputs and defect.</summary>
    Csv = 1,

    /// <summary>PATH.json: the run's record, corners and triangles.</summary>
    Json = 2,

    /// <summary>PATH.svg: the surface.</summary>
    Svg = 4,

    /// <summary>PATH.png: the surface.</summary>
    Png = 8,

    /// <summary>PATH.html: the surface to turn by hand, and its record.</summary>
    Html = 16,

    /// <summary>PATH.ply: the mesh with every input and the defect, in double precision.</summary>
    Ply = 32,

    /// <summary>PATH.obj: the mesh.</summary>
    Obj = 64,

    /// <summary>PATH.vtp: the mesh with every input and the defect, for ParaView and its kind.</summary>
    Vtp = 128,

    /// <summary>PATH.gltf: the mesh with normals and colours, in single precision.</summary>
    Gltf = 256,

    /// <summary>PATH.glb: the same in one binary file.</summary>
    Glb = 512,

    /// <summary>What is written when nothing else is said.</summary>
    Default = Csv | Json | Svg | Png | Html | Ply,
}
