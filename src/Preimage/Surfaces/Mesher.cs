using System.Collections.Immutable;
using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Surfaces;

/// <summary>
/// A recipe that meshes the two-dimensional fiber { x : N(x) = N(x0) } through a point: an atlas of charts that grows over the surface until it
/// closes or leaves the box, the mesh dual to it, cut exactly along the box. Each corner is on the fiber to rounding, and the mesh is checked to be
/// a surface before anything is said about it. What is smaller than an edge is not seen, nor a bulge through a face of the box that is no higher than the chord; the map is asked up to a few edges outside the box.
/// Immutable, may be shared between threads.  [Henderson2002]
/// </summary>
public sealed record Mesher
{
    /// <summary>Singular values below this share of the largest count as zero, as for curves.</summary>
    internal const double RankTolerance = 1e-12;

    /// <summary>A disc smaller than this, in half widths of the box, is lost in rounding.</summary>
    internal const double LeastRadius = 1e-9;

    /// <summary>How dense the corners stand.</summary>
    public ISpacing Spacing { get; init; } = new ChordSpacing();

    /// <summary>About how many triangles to make at most.</summary>
    public long MostTriangles { get; init; } = 400_000;

    /// <summary>Meshes the component of the fiber through a point, as far as it is in the box.</summary>
    /// <param name="map">N: R^n -> R^m, of rank n - 2.</param>
    /// <param name="start">x0, in the box: [n].</param>
    /// <param name="box">Where to mesh.</param>
    /// <param name="progress">Is told the number of corners now and then.</param>
    /// <param name="cancellation">Ends the run with what was meshed so far.</param>
    /// <exception cref="ArgumentException">The start has another length than the map's inputs, is not finite, or lies outside the box.</exception>
    /// <exception cref="GeometryException">
    /// The output is constant or singular at the start, the fiber has another dimension than 2, or the triangles are no surface: two sheets come
    /// nearer than the edges tell apart.
    /// </exception>
    public Surface Mesh(
        IMap map,
        ReadOnlySpan<double> start,
        Box box,
        IProgress<long>? progress = null,
        CancellationToken cancellation = default
    )
    {
        double[] target = SurfaceEntrance.Check(map, start, box);
        ScaledMap scaled = new(map, box);
        Covering covering = new(scaled, scaled.Scaled(start), target, Spacing);
        covering.Run(MostTriangles / 2, progress, cancellation);
        Mesh whole = Triangulation.Of(covering.Atlas);
        PinnedPoints pinned = new(scaled, target);
        Trimming trimming = new(scaled, pinned, whole);
        Mesh mesh = MeshTopology.Component(trimming.Run());
        SurfaceArea area = new(scaled, pinned, mesh);
        area.Refine();
        Dictionary<(int From, int To), int> edges = mesh.Edges();
        List<(int From, int To)> border = MeshTopology.Border(edges);
        Ending ending = trimming.HasFailed ? Ending.StepTooSmall : EndingOf(covering, mesh, pinned, border);
        int edgeCount = (edges.Count + border.Count) / 2;
        return new Surface
        {
            Area = area.Measure(),
            AreaOrder = covering.HasKinks ? 1 : 4,
            Chord = area.Chord,
            Corners = Corners(scaled, mesh, target),
            Triangles = [.. mesh.Triangles.SelectMany(t => new[] { t.A, t.B, t.C })],
            Euler = mesh.Points.Count - edgeCount + mesh.Triangles.Count,
            Borders = MeshTopology.Loops(border),
            Ending = ending,
            Target = [.. target],
            Evaluations = scaled.Evaluations,
        };
    }

    /// <summary>What is thrown where triangles make no surface.</summary>
    internal static GeometryException NotASurface() =>
        new(
            "The triangles do not make a surface: two sheets of the fiber may come nearer than the triangles' edges tell apart, or kinks stand too close; give a smaller --chord or --edge."
        );

    private static Ending EndingOf(Covering covering, Mesh mesh, PinnedPoints pinned, List<(int From, int To)> border)
    {
        bool onBox = border.All(edge =>
            pinned.Faces(mesh.Points[edge.From]).Exists(i => mesh.Points[edge.From][i] == mesh.Points[edge.To][i])
        );
        if (onBox && mesh.Triangles.Count > 0 && covering.Trouble is Ending.Unknown or Ending.StepTooSmall)
        {
            return border.Count == 0 ? Ending.Closed : Ending.LeftBox;
        }

        bool isNothing = mesh.Triangles.Count == 0 && covering.Trouble == Ending.StepTooSmall;
        return covering.Trouble == Ending.Unknown || isNothing ? throw NotASurface() : covering.Trouble;
    }

    private static Cloud Corners(ScaledMap map, Mesh mesh, double[] target)
    {
        int n = map.Inputs;
        int m = map.Outputs;
        double[] points = new double[mesh.Points.Count * n];
        double[] values = new double[mesh.Points.Count * m];
        double[] defects = new double[mesh.Points.Count];
        for (int i = 0; i < mesh.Points.Count; i++)
        {
            map.Unscale(mesh.Points[i], points.AsSpan(i * n, n));
            map.Evaluate(mesh.Points[i], values.AsSpan(i * m, m));
            defects[i] = Vectors.LargestDifference(values.AsSpan(i * m, m), target);
        }

        return new Cloud
        {
            Dimension = n,
            Outputs = m,
            Points = ImmutableArray.Create(points),
            Values = ImmutableArray.Create(values),
            Defects = ImmutableArray.Create(defects),
        };
    }
}
