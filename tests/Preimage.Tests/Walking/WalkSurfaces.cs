using Preimage.Maps;

namespace Preimage.Tests.Walking;

/// <summary>Maps whose fibers' areas are known.</summary>
internal static class WalkSurfaces
{
    /// <summary>sum a_i x_i^2.</summary>
    public static IMap Quadratic(params double[] a) =>
        new FunctionMap(
            a.Length,
            1,
            (x, y, j) =>
            {
                y[0] = 0;
                for (int i = 0; i < a.Length; i++)
                {
                    y[0] += a[i] * x[i] * x[i];
                    if (j.Length > 0)
                    {
                        j[i] = 2 * a[i] * x[i];
                    }
                }
            }
        );

    /// <summary>(sqrt(x^2 + y^2) - R)^2 + z^2, whose fiber is a torus around the z axis.</summary>
    public static IMap Torus(double radius) =>
        new FunctionMap(
            3,
            1,
            (x, y, j) =>
            {
                double r = Math.Sqrt(x[0] * x[0] + x[1] * x[1]);
                y[0] = (r - radius) * (r - radius) + x[2] * x[2];
                if (j.Length > 0)
                {
                    j[0] = 2 * (r - radius) * x[0] / r;
                    j[1] = 2 * (r - radius) * x[1] / r;
                    j[2] = 2 * x[2];
                }
            }
        );
}
