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
}
