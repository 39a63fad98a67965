using Preimage.Geometry;

namespace Preimage.Surfaces;

/// <summary>Corners and oriented triangles while they are being made.</summary>
internal sealed class Mesh
{
    /// <summary>The corners: [n] each.</summary>
    public List<double[]> Points { get; init; } = [];

    /// <summary>The triangles, by their corners, in one sense.</summary>
    public List<(int A, int B, int C)> Triangles { get; set; } = [];

    /// <summary>The directed edges of the triangles, each with the corner opposite.</summary>
    public Dictionary<(int From, int To), int> Edges()
    {
        Dictionary<(int, int), int> edges = new(3 * Triangles.Count);
        foreach ((int a, int b, int c) in Triangles)
        {
            bool once = edges.TryAdd((a, b), c) & edges.TryAdd((b, c), a) & edges.TryAdd((c, a), b);
            if (!once)
            {
                throw Mesher.NotASurface();
            }
        }

        return edges;
    }

    /// <summary>The distance of two corners.</summary>
    public double Distance(int a, int b) => Vectors.Distance(Points[a], Points[b]);
}
