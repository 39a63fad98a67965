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

    private const int Halvings = 4;

    private readonly ScaledMap _map;
    private readonly PinnedPoints _pinned;
    private readonly Mesh _mesh;
    private readonly Dictionary<(int, int), double[]> _middles = [];
    private readonly HashSet<(int A, int B, int C)> _halved = [];

    /// <summary>For a mesh of a fiber.</summary>
    public SurfaceArea(ScaledMap map, PinnedPoints pinned, Mesh mesh)
    {
        _map = map;
        _pinned = pinned;
        _mesh = mesh;
    }

    /// <summary>The largest distance between the middle of an edge and the fiber, in half widths of the box.</summary>
    public double Chord { get; private set; }

    /// <summary>Finds the middles of all edges, and halves border edges that leave the surface by more than those inside do, until none does.</summary>
    public void Refine()
    {
        Dictionary<(int From, int To), int> edges = _mesh.Edges();
        List<(int From, int To)> border = [];
        foreach ((int from, int to) in edges.Keys)
        {
            if (!edges.ContainsKey((to, from)))
            {
                border.Add((from, to));
            }
            else if (from < to)
            {
                Chord = Math.Max(Chord, AddMiddle(from, to, border: false));
            }
        }

        double most = 0;
        for (int round = 0; border.Count > 0; round++)
        {
            List<(int From, int To)> halves = [];
            foreach ((int from, int to) in border)
            {
                double away = AddMiddle(from, to, border: true);
                if (away > Chord && Chord > 0 && round < Halvings)
                {
                    int middle = Halve(from, to, edges);
                    halves.Add((from, middle));
                    halves.Add((middle, to));
                }
                else
                {
                    most = Math.Max(most, away);
                }
            }

            border = halves;
        }

        Chord = Math.Max(Chord, most);
        _mesh.Triangles = [.. _mesh.Triangles.Where(t => !IsHalved(t))];
    }

    private bool IsHalved((int A, int B, int C) t) =>
        _halved.Count > 0
        && (_halved.Contains(t) || _halved.Contains((t.B, t.C, t.A)) || _halved.Contains((t.C, t.A, t.B)));

    /// <summary>Puts a corner in the middle of a border edge: its triangle becomes two.</summary>
    private int Halve(int from, int to, Dictionary<(int From, int To), int> edges)
    {
        int top = edges[(from, to)];
        int middle = _mesh.Points.Count;
        _mesh.Points.Add(_middles[Key(from, to)]);
        edges.Remove((from, to));
        foreach ((int a, int b, int c) in (ReadOnlySpan<(int, int, int)>)[(from, middle, top), (middle, to, top)])
        {
            _mesh.Triangles.Add((a, b, c));
            edges[(a, b)] = c;
            edges[(b, c)] = a;
            edges[(c, a)] = b;
        }

        _halved.Add((from, to, top));
        AddMiddle(middle, top, border: false);
        return middle;
    }

    private double AddMiddle(int from, int to, bool border)
    {
        double[] a = _mesh.Points[from];
        double[] b = _mesh.Points[to];
        double[] flat = [.. a.Zip(b, (x, y) => 0.5 * (x + y))];
        double[] point = [.. flat];
        int[] held = border ? [.. _pinned.Faces(a).Where(i => a[i] == b[i])] : [];
        bool found = _pinned.Correct(point, held, 0.5 * Vectors.Distance(a, b));
        _middles.Add(Key(from, to), point);
        return found ? Vectors.Distance(flat, point) : 0;
    }

    /// <summary>The area in input units.</summary>
    public double Measure()
    {
        double[][] corners = [.. _mesh.Points.Select(Shape)];
        double area = 0;
        foreach ((int a, int b, int c) in _mesh.Triangles)
        {
            area += Patch([corners[a], corners[b], corners[c], Between(b, c), Between(c, a), Between(a, b)]);
        }

        return area * _map.LargestUnit * _map.LargestUnit;
    }

    private double[] Between(int a, int b) => Shape(_middles[Key(a, b)]);

    private static (int, int) Key(int a, int b) => (Math.Min(a, b), Math.Max(a, b));

    /// <summary>The point in input units over the largest unit: fourth powers of very small inputs would vanish. Bit for bit, as units are powers of two.</summary>
    private double[] Shape(double[] u)
    {
        double[] x = new double[u.Length];
        _map.Unscale(u, x);
        return [.. x.Select(each => each / _map.LargestUnit)];
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
