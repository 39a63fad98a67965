using Preimage.Maps;

namespace Preimage.Tests.Surfaces;

/// <summary>Maps whose two-dimensional fibers are known surfaces.</summary>
internal static class KnownSurfaces
{
    /// <summary>x^2 + y^2 + z^2.</summary>
    public static IMap Sphere { get; } = Ellipsoid(1, 1, 1);

    /// <summary>(x / a)^2 + (y / b)^2 + (z / c)^2.</summary>
    public static IMap Ellipsoid(double a, double b, double c) =>
        Scalar(x =>
            (
                x[0] * x[0] / (a * a) + x[1] * x[1] / (b * b) + x[2] * x[2] / (c * c),
                [2 * x[0] / (a * a), 2 * x[1] / (b * b), 2 * x[2] / (c * c)]
            )
        );

    /// <summary>(sqrt(x^2 + y^2) - 1)^2 + z^2: tori around the unit circle.</summary>
    public static IMap Torus { get; } =
        Scalar(x =>
        {
            double radius = Math.Sqrt(x[0] * x[0] + x[1] * x[1]);
            double d = radius - 1;
            return (d * d + x[2] * x[2], [2 * d * x[0] / radius, 2 * d * x[1] / radius, 2 * x[2]]);
        });

    /// <summary>(x^2 (1 - x^2) - y^2)^2 + z^2: around a figure of eight, surfaces of genus 2.</summary>
    public static IMap Eight { get; } =
        Scalar(x =>
        {
            double g = x[0] * x[0] * (1 - x[0] * x[0]) - x[1] * x[1];
            return (g * g + x[2] * x[2], [2 * g * (2 * x[0] - 4 * x[0] * x[0] * x[0]), -4 * g * x[1], 2 * x[2]]);
        });

    /// <summary>(x^2 + y^2, z^2 + w^2): Clifford tori in R^4.</summary>
    public static IMap Clifford { get; } =
        new FunctionMap(
            4,
            2,
            (x, y, j) =>
            {
                y[0] = x[0] * x[0] + x[1] * x[1];
                y[1] = x[2] * x[2] + x[3] * x[3];
                j.Clear();
                (j[0], j[1], j[6], j[7]) = (2 * x[0], 2 * x[1], 2 * x[2], 2 * x[3]);
            }
        );

    /// <summary>A map R^3 -> R of its value and gradient.</summary>
    public static IMap Scalar(Func<double[], (double Value, double[] Gradient)> function) =>
        new FunctionMap(
            3,
            1,
            (x, y, j) =>
            {
                (y[0], double[] gradient) = function(x.ToArray());
                gradient.CopyTo(j);
            }
        );

    /// <summary>x . normal.  normal: [n].</summary>
    public static IMap Plane(params double[] normal) =>
        new FunctionMap(
            normal.Length,
            1,
            (x, y, j) =>
            {
                y[0] = 0;
                for (int i = 0; i < normal.Length; i++)
                {
                    y[0] += normal[i] * x[i];
                }

                normal.CopyTo(j);
            }
        );

    /// <summary>
    /// A map R^3 -> R as one R^n -> R^(n - 2) whose fibers are the same surfaces, turned at random: (f(z_1, z_2, z_3), z_4 - bend z_1^2, ..., z_n - bend z_1^2)
    /// at z = Q x. Without bend the surfaces are congruent.
    /// </summary>
    /// <returns>The map, and where a point of R^3 lies in R^n.</returns>
    public static (IMap Map, Func<double[], double[]> Place) Turned(IMap map, int n, int seed, double bend = 0)
    {
        double[] q = Rotation(n, seed);
        FunctionMap turned = new(
            n,
            n - 2,
            (x, y, j) =>
            {
                double[] z = new double[n];
                for (int k = 0; k < n * n; k++)
                {
                    z[k / n] += q[k] * x[k % n];
                }

                double[] gradient = new double[3];
                map.Linearize(z.AsSpan(0, 3), y[..1], gradient);
                for (int i = 0; i < n; i++)
                {
                    j[i] = gradient[0] * q[i] + gradient[1] * q[n + i] + gradient[2] * q[2 * n + i];
                }

                for (int o = 1; o < n - 2; o++)
                {
                    y[o] = z[o + 2] - bend * z[0] * z[0];
                    for (int i = 0; i < n; i++)
                    {
                        j[o * n + i] = q[(o + 2) * n + i] - 2 * bend * z[0] * q[i];
                    }
                }
            }
        );
        return (turned, Place);

        double[] Place(double[] point)
        {
            double[] x = new double[n];
            for (int k = 0; k < n; k++)
            {
                double z = k < 3 ? point[k] : bend * point[0] * point[0];
                for (int i = 0; i < n; i++)
                {
                    x[i] += q[k * n + i] * z;
                }
            }

            return x;
        }
    }

    /// <summary>Orthonormal rows, drawn at random: [n * n].</summary>
    private static double[] Rotation(int n, int seed)
    {
        Generator generator = new(seed);
        double[] q = new double[n * n];
        generator.Normals(q);
        for (int i = 0; i < n; i++)
        {
            for (int pass = 0; pass < 2 * i; pass++)
            {
                double dot = 0;
                for (int k = 0; k < n; k++)
                {
                    dot += q[i * n + k] * q[pass % i * n + k];
                }

                for (int k = 0; k < n; k++)
                {
                    q[i * n + k] -= dot * q[pass % i * n + k];
                }
            }

            double length = Math.Sqrt(Enumerable.Range(0, n).Sum(k => q[i * n + k] * q[i * n + k]));
            for (int k = 0; k < n; k++)
            {
                q[i * n + k] /= length;
            }
        }

        return q;
    }
}
