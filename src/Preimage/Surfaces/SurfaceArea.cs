using Preimage.Geometry;

namespace Preimage.Surfaces;

/// <summary>
/// The area of a mesh whose triangles are bent: quadratic patches through the corners and the middles of the edges, each brought onto the
/// fiber (and, on the border, held on the box). Neighbours share their edge, so no gap opens; the error falls as the fourth power of the edges.
/// </summary>
internal sealed class SurfaceArea
{
    // A symmetric rule of 6 points, exact for polynomials of degree 4 [Dunavant1985]: weight and the two equal coordinates.
    private static readonly (double Weight, double Share)[] Rule =
    [
        (0.223381589678011, 0.445948490915965),
        (0.109951743655322, 0.091576213509771),
    ];

    private readonly ScaledMap _map;
    private readonly PinnedPoints _pinned;
    private readonly Mesh _mesh;
    private readonly Dictionary<(int, int), double[]> _middles = [];

    /// <summary>For a mesh of a fiber.</summary>
    public SurfaceArea(ScaledMap map, PinnedPoints pinned, Mesh mesh)
    {
        _map = map;
        _pinned = pinned;
        _mesh = mesh;
    }

    /// <summary>The largest distance between the middle of an edge and the fiber, in half widths of the box.</summary>
    public double Chord { get; private set; }

    /// <summary>The area in input units.</summary>
    public double Measure()
    {
        Dictionary<(int From, int To), int> edges = _mesh.Edges();
        foreach ((int from, int to) in edges.Keys)
        {
            if (!edges.ContainsKey((to, from)))
            {
                _middles.Add(Key(from, to), Middle(from, to, border: true));
            }
            else if (from < to)
            {
                _middles.Add((from, to), Middle(from, to, border: false));
            }
        }

        double[][] corners = [.. _mesh.Points.Select(Unscaled)];
        double area = 0;
        foreach ((int a, int b, int c) in _mesh.Triangles)
        {
            area += Patch([corners[a], corners[b], corners[c], Between(b, c), Between(c, a), Between(a, b)]);
        }

        return area;
    }

    private double[] Between(int a, int b) => _middles[Key(a, b)];

    private static (int, int) Key(int a, int b) => (Math.Min(a, b), Math.Max(a, b));

    private double[] Unscaled(double[] u)
    {
        double[] x = new double[u.Length];
        _map.Unscale(u, x);
        return x;
    }

    private double[] Middle(int from, int to, bool border)
    {
        double[] a = _mesh.Points[from];
        double[] b = _mesh.Points[to];
        double[] flat = [.. a.Zip(b, (x, y) => 0.5 * (x + y))];
        double[] point = [.. flat];
        int[] held = border ? [.. _pinned.Faces(a).Where(i => a[i] == b[i])] : [];
        if (_pinned.Correct(point, held, 0.5 * Vectors.Distance(a, b)))
        {
            Chord = Math.Max(Chord, Vectors.Distance(flat, point));
        }

        return Unscaled(point);
    }

    /// <summary>The area of a quadratic patch.  nodes: three corners, then the middles opposite to them.</summary>
    private static double Patch(double[][] nodes)
    {
        double area = 0;
        foreach ((double weight, double share) in Rule)
        {
            double rest = 1 - 2 * share;
            area +=
                weight
                * (
                    Element(nodes, (rest, share, share))
                    + Element(nodes, (share, rest, share))
                    + Element(nodes, (share, share, rest))
                );
        }

        return 0.5 * area;
    }

    /// <summary>|x_s ^ x_t| at barycentric coordinates, with s and t those of the second and third corner.</summary>
    private static double Element(double[][] nodes, (double A, double B, double C) at)
    {
        (double a, double b, double c) = at;
        Span<double> alongS = [1 - 4 * a, 4 * b - 1, 0, 4 * c, -4 * c, 4 * (a - b)];
        Span<double> alongT = [1 - 4 * a, 0, 4 * c - 1, 4 * b, 4 * (a - c), -4 * b];
        double ss = 0;
        double st = 0;
        double tt = 0;
        for (int i = 0; i < nodes[0].Length; i++)
        {
            double s = 0;
            double t = 0;
            for (int k = 0; k < 6; k++)
            {
                s += alongS[k] * nodes[k][i];
                t += alongT[k] * nodes[k][i];
            }

            ss += s * s;
            st += s * t;
            tt += t * t;
        }

        return Math.Sqrt(Math.Max(0, ss * tt - st * st));
    }
}
