using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Tests.Walking;

/// <summary>
/// Points of a level set { f = Value } by rejection: points uniform in a cube around 0, kept in the thin shell |f - Value| &lt;= Band with probability |grad f| over
/// its largest. A uniform point of the shell has density 1 / |grad f| on the level set, so that those kept are uniform in its area as the shell gets thin.
/// (Co-area formula)
/// </summary>
internal sealed record NetworkLevelRejection
{
    /// <summary>f: R^n -> R.</summary>
    public required IMap Map { get; init; }

    /// <summary>The level.</summary>
    public required double Value { get; init; }

    /// <summary>No gradient in the shell is longer; infinite to leave the weight out.</summary>
    public required double LargestGradient { get; init; }

    /// <summary>Half the side of the cube.</summary>
    public double Half { get; init; } = 1;

    /// <summary>How far from the level points may be.</summary>
    public required double Band { get; init; }

    /// <summary>So many points: arrays of [n].</summary>
    public double[][] Draw(int seed, int samples)
    {
        Generator random = new(seed);
        List<double[]> points = [];
        double[] x = new double[Map.Inputs];
        double[] value = new double[1];
        double[] gradient = new double[Map.Inputs];
        while (points.Count < samples)
        {
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = Half * (2 * random.Uniform() - 1);
            }

            Map.Evaluate(x, value);
            if (Math.Abs(value[0] - Value) > Band)
            {
                continue;
            }

            Map.Linearize(x, value, gradient);
            double norm = Vectors.Norm(gradient);
            Assert.InRange(norm, 0, 1.01 * LargestGradient);
            if (double.IsInfinity(LargestGradient) || random.Uniform() * LargestGradient < norm)
            {
                points.Add([.. x]);
            }
        }

        return [.. points];
    }
}
