using Preimage.Geometry;

namespace Preimage.Surfaces;

/// <summary>
/// Cuts a mesh along the faces of a box, one after the other: corners near a face are moved onto it, edges through it get a corner there. A corner
/// on a face has that coordinate bit for bit, and is brought onto the fiber with it held; where border edges meet the next face two are held.
/// </summary>
internal sealed class Trimming
{
    // Corners nearer to a face than this share of their shortest edge are moved onto it: else triangles would be slivers.
    private const double Snap = 0.2;

    // Corners on another face stay where they are, but for rounding.
    private const double Touch = 1e-9;

    // And move no farther than this share of it.
    private const double Move = 0.4;

    private readonly ScaledMap _map;
    private readonly PinnedPoints _pinned;
    private readonly Mesh _mesh;

    /// <summary>For a mesh of the fiber of a target. The mesh's corners are changed.</summary>
    public Trimming(ScaledMap map, PinnedPoints pinned, Mesh mesh)
    {
        _map = map;
        _pinned = pinned;
        _mesh = mesh;
    }

    /// <summary>Whether some corner could not be brought onto the fiber and its face; it stays near both.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Cuts along all faces.</summary>
    public Mesh Run()
    {
        for (int i = 0; i < _map.Inputs; i++)
        {
            Cut(i, _map.Box.Lower[i], +1);
            Cut(i, _map.Box.Upper[i], -1);
        }

        return _mesh;
    }

    private void Cut(int coordinate, double bound, int sense)
    {
        if (!double.IsFinite(bound))
        {
            return;
        }

        double Inside(int v) => sense * (_mesh.Points[v][coordinate] - bound);
        HashSet<int> used = [.. _mesh.Triangles.SelectMany(t => new[] { t.A, t.B, t.C })];
        Dictionary<(int From, int To), int> edges = _mesh.Edges();
        if (!used.Any(v => Inside(v) < 0))
        {
            return;
        }

        MoveOnto(coordinate, bound, edges, used);
        Dictionary<(int, int), int> cuts = [];
        List<(int, int, int)> kept = [];
        List<int> polygon = [];
        foreach ((int a, int b, int c) in _mesh.Triangles)
        {
            polygon.Clear();
            Span<int> corners = [a, b, c];
            for (int k = 0; k < 3; k++)
            {
                int here = corners[k];
                int next = corners[(k + 1) % 3];
                double now = Inside(here);
                double then = Inside(next);
                if (now >= 0)
                {
                    polygon.Add(here);
                }

                if (now > 0 && then < 0 || now < 0 && then > 0)
                {
                    (int, int) key = (Math.Min(here, next), Math.Max(here, next));
                    if (!cuts.TryGetValue(key, out int corner))
                    {
                        bool border = !edges.ContainsKey((here, next)) || !edges.ContainsKey((next, here));
                        corner = Between((here, next), now / (now - then), (coordinate, bound), border);
                        cuts.Add(key, corner);
                    }

                    polygon.Add(corner);
                }
            }

            AddTriangles(polygon, kept);
        }

        _mesh.Triangles = kept;
    }

    private void AddTriangles(List<int> polygon, List<(int, int, int)> kept)
    {
        if (polygon.Count < 3)
        {
            return;
        }

        if (polygon.Count == 3)
        {
            kept.Add((polygon[0], polygon[1], polygon[2]));
        }
        else if (_mesh.Distance(polygon[0], polygon[2]) <= _mesh.Distance(polygon[1], polygon[3]))
        {
            kept.Add((polygon[0], polygon[1], polygon[2]));
            kept.Add((polygon[0], polygon[2], polygon[3]));
        }
        else
        {
            kept.Add((polygon[1], polygon[2], polygon[3]));
            kept.Add((polygon[1], polygon[3], polygon[0]));
        }
    }

    /// <summary>Moves corners that are nearly on a face onto it; the start, the mesh's first corner, and corners on other faces stay.</summary>
    private void MoveOnto(int coordinate, double bound, Dictionary<(int From, int To), int> edges, HashSet<int> used)
    {
        Dictionary<int, double> shortest = [];
        foreach ((int from, int to) in edges.Keys)
        {
            double length = _mesh.Distance(from, to);
            shortest[from] = Math.Min(length, shortest.GetValueOrDefault(from, double.PositiveInfinity));
            shortest[to] = Math.Min(length, shortest.GetValueOrDefault(to, double.PositiveInfinity));
        }

        foreach (int v in used.Order())
        {
            double[] point = _mesh.Points[v];
            double away = Math.Abs(point[coordinate] - bound);
            List<int> faces = _pinned.Faces(point);
            if (v == 0 || away == 0 || away > (faces.Count > 0 ? Touch : Snap) * shortest[v])
            {
                continue;
            }

            double[] moved = [.. point];
            moved[coordinate] = bound;
            if (
                _pinned.Correct(moved, [.. faces.Append(coordinate).Order()], shortest[v])
                && Vectors.Distance(moved, point) <= Move * shortest[v]
            )
            {
                _mesh.Points[v] = moved;
            }
        }
    }

    /// <summary>A new corner where an edge goes through a face.</summary>
    private int Between((int A, int B) edge, double share, (int Coordinate, double Bound) face, bool border)
    {
        double[] a = _mesh.Points[edge.A];
        double[] b = _mesh.Points[edge.B];
        double[] point = new double[a.Length];
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = a[i] + share * (b[i] - a[i]);
        }

        List<int> held = border ? [.. _pinned.Faces(a).Intersect(_pinned.Faces(b))] : [];
        foreach (int i in held)
        {
            point[i] = a[i];
        }

        point[face.Coordinate] = face.Bound;
        int[] all = [.. held.Append(face.Coordinate).Distinct().Order()];
        if (!_pinned.Correct(point, all, Vectors.Distance(a, b)))
        {
            bool first = (a[face.Coordinate] < face.Bound) == (_map.Box.Lower[face.Coordinate] != face.Bound);
            double[]? found = _pinned.Between(first ? a : b, first ? b : a, face, [.. held.Order()]);
            HasFailed |= found is null;
            point = found ?? point;
        }

        _mesh.Points.Add(point);
        return _mesh.Points.Count - 1;
    }
}
