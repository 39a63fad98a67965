using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>Maps whose fibers are known, and what is asked of morphs in them.</summary>
internal static class MorphMaps
{
    /// <summary>|x|^2.</summary>
    public static FunctionMap Sphere(int n) => Ellipsoid([.. Enumerable.Repeat(1.0, n)]);

    /// <summary>sum w_i x_i^2.</summary>
    public static FunctionMap Ellipsoid(double[] weights) =>
        new(
            weights.Length,
            1,
            (x, y, jacobian) =>
            {
                y[0] = 0;
                for (int i = 0; i < x.Length; i++)
                {
                    y[0] += weights[i] * x[i] * x[i];
                    jacobian[i] = 2 * weights[i] * x[i];
                }
            }
        );

    /// <summary>w . x.</summary>
    public static FunctionMap Plane(double[] normal) =>
        new(
            normal.Length,
            1,
            (x, y, jacobian) =>
            {
                y[0] = 0;
                for (int i = 0; i < x.Length; i++)
                {
                    y[0] += normal[i] * x[i];
                    jacobian[i] = normal[i];
                }
            }
        );

    /// <summary>(sqrt(x^2 + y^2) - 2)^2 + z^2: fibers of level r^2 are tori.</summary>
    public static FunctionMap Torus { get; } =
        new(
            3,
            1,
            (x, y, jacobian) =>
            {
                double ring = Math.Sqrt(x[0] * x[0] + x[1] * x[1]);
                y[0] = (ring - 2) * (ring - 2) + x[2] * x[2];
                jacobian[0] = 2 * (ring - 2) * x[0] / ring;
                jacobian[1] = 2 * (ring - 2) * x[1] / ring;
                jacobian[2] = 2 * x[2];
            }
        );

    /// <summary>|x_1| + x_2, of n inputs: fibers are roofs with a ridge at x_1 = 0.</summary>
    public static FunctionMap Roof(int n) =>
        new(
            n,
            1,
            (x, y, jacobian) =>
            {
                y[0] = Math.Abs(x[0]) + x[1];
                jacobian.Clear();
                jacobian[0] = x[0] >= 0 ? 1 : -1;
                jacobian[1] = 1;
            }
        );

    /// <summary>The softmax of n/3-fold sums: three outputs of rank 2.</summary>
    public static FunctionMap Softmax(double[] weights)
    {
        int n = weights.Length / 3;
        return new FunctionMap(
            n,
            3,
            (x, y, jacobian) =>
            {
                double sum = 0;
                for (int k = 0; k < 3; k++)
                {
                    double score = 0;
                    for (int i = 0; i < n; i++)
                    {
                        score += weights[k * n + i] * Math.Sin(x[i]);
                    }

                    y[k] = Math.Exp(score);
                    sum += y[k];
                }

                for (int k = 0; k < 3; k++)
                {
                    y[k] /= sum;
                }

                for (int k = 0; k < 3; k++)
                {
                    for (int i = 0; i < n; i++)
                    {
                        double mean = 0;
                        for (int j = 0; j < 3; j++)
                        {
                            mean += y[j] * weights[j * n + i];
                        }

                        jacobian[k * n + i] = y[k] * (weights[k * n + i] - mean) * Math.Cos(x[i]);
                    }
                }
            }
        );
    }

    public static Morphing Go(this Morpher morpher, IMap map, double[] start, double[] target, Box? box = null) =>
        morpher.Run(
            new MorphQuestion
            {
                Map = map,
                Start = [.. start],
                Target = [.. target],
                Box = box ?? Box.Everything(map.Inputs),
            }
        );

    /// <summary>Independent numbers, evenly spread: no zeros or ties, at which a path may be undecided.</summary>
    public static double[] Uniform(this Generator random, int count, double low, double high) =>
        [.. Enumerable.Range(0, count).Select(_ => low + (high - low) * random.Uniform())];

    public static double[] End(this Morphing path) => path.Frames.Point(path.Frames.Count - 1).ToArray();

    public static double Norm(IEnumerable<double> x) => Math.Sqrt(x.Sum(value => value * value));

    public static double Distance(double[] x, double[] y) => Norm(x.Zip(y, (a, b) => a - b));
}
