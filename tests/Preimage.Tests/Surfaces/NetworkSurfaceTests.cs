using Preimage.Maps;
using Preimage.Results;
using Preimage.Surfaces;

namespace Preimage.Tests.Surfaces;

/// <summary>Level surfaces of networks with one hidden layer, against a grid of tetrahedra that knows nothing of charts.</summary>
public class NetworkSurfaceTests
{
    private const int Neurons = 8;

    /// <summary>What two grids, extrapolated, and a mesh to a chord of 3e-3 leave of an area: both are within a few 1e-4 of it.</summary>
    private const double GridError = 2e-3;

    private static readonly Box Cube = Box.Cube(3, -1, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TheArea_IsThatOfAGrid(int seed)
    {
        IMap map = Network(seed);
        Surface surface = new Mesher { Spacing = new ChordSpacing(3e-3) }.Meshed(map, [0.1, 0.2, -0.1], Cube);
        MeshRules.Hold(surface, map, Cube);
        Assert.True(surface.Ending.IsComplete());
        double coarse = GridArea(map, surface.Target[0], 24);
        double fine = GridArea(map, surface.Target[0], 48);
        Assert.Equal(fine + (fine - coarse) / 3, surface.Area, GridError * surface.Area);
    }

    /// <summary>sum_k a_k tanh(w_k . x + b_k): monotone in x_1, so that a level has one component.</summary>
    private static IMap Network(int seed)
    {
        Generator generator = new(seed);
        double[] weights = new double[5 * Neurons];
        generator.Normals(weights);
        return KnownSurfaces.Scalar(x =>
        {
            double value = 0;
            double[] gradient = new double[3];
            for (int k = 0; k < Neurons; k++)
            {
                Span<double> w = weights.AsSpan(5 * k, 5);
                double scale = Math.Abs(w[4]);
                double tanh = Math.Tanh((Math.Abs(w[0]) * x[0]) + (w[1] * x[1]) + (w[2] * x[2]) + w[3]);
                value += scale * tanh;
                gradient[0] += scale * (1 - tanh * tanh) * Math.Abs(w[0]);
                gradient[1] += scale * (1 - tanh * tanh) * w[1];
                gradient[2] += scale * (1 - tanh * tanh) * w[2];
            }

            return (value, gradient);
        });
    }

    /// <summary>The area of a level in [-1, 1]^3, linear in each of six tetrahedra of each of cells^3 cubes.</summary>
    private static double GridArea(IMap map, double level, int cells)
    {
        int[][] tetrahedra =
        [
            [0, 1, 3, 7],
            [0, 1, 5, 7],
            [0, 2, 3, 7],
            [0, 2, 6, 7],
            [0, 4, 5, 7],
            [0, 4, 6, 7],
        ];
        double Coordinate(int i) => -1 + 2.0 * i / cells;
        double[] values = new double[(cells + 1) * (cells + 1) * (cells + 1)];
        int Index(int i, int j, int k) => (i * (cells + 1) + j) * (cells + 1) + k;
        for (int v = 0; v < values.Length; v++)
        {
            int k = v % (cells + 1);
            int j = v / (cells + 1) % (cells + 1);
            int i = v / (cells + 1) / (cells + 1);
            values[v] = map.Evaluate([Coordinate(i), Coordinate(j), Coordinate(k)])[0] - level;
        }

        double area = 0;
        for (int c = 0; c < cells * cells * cells; c++)
        {
            (int i, int j, int k) = (c / cells / cells, c / cells % cells, c % cells);
            foreach (int[] tetrahedron in tetrahedra)
            {
                area += Slice([
                    .. tetrahedron
                        .Select(q => (i + (q & 1), j + (q >> 1 & 1), k + (q >> 2 & 1)))
                        .Select(p =>
                            (
                                new[] { Coordinate(p.Item1), Coordinate(p.Item2), Coordinate(p.Item3) },
                                values[Index(p.Item1, p.Item2, p.Item3)]
                            )
                        ),
                ]);
            }
        }

        return area;
    }

    /// <summary>The area where a linear function on a tetrahedron is 0.</summary>
    private static double Slice((double[] At, double Value)[] corners)
    {
        var below = corners.Where(c => c.Value < 0).ToArray();
        var above = corners.Where(c => c.Value >= 0).ToArray();
        double[][] cut =
        [
            .. below.SelectMany(
                (b, n) =>
                    (n % 2 == 0 ? above : above.Reverse()).Select(a =>
                        a.At.Zip(b.At, (x, y) => x + a.Value / (a.Value - b.Value) * (y - x)).ToArray()
                    )
            ),
        ];
        return cut.Length switch
        {
            3 => Triangle(cut[0], cut[1], cut[2]),
            4 => Triangle(cut[0], cut[1], cut[2]) + Triangle(cut[0], cut[2], cut[3]),
            _ => 0,
        };
    }

    private static double Triangle(double[] a, double[] b, double[] c)
    {
        double[] u = [.. b.Zip(a, (x, y) => x - y)];
        double[] v = [.. c.Zip(a, (x, y) => x - y)];
        double uu = u.Sum(x => x * x);
        double vv = v.Sum(x => x * x);
        double uv = u.Zip(v, (x, y) => x * y).Sum();
        return 0.5 * Math.Sqrt(Math.Max(0, uu * vv - uv * uv));
    }
}
