using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Cli;

/// <summary>Samples one output over a rectangle of two inputs, for a heat map.</summary>
internal static class FieldSampler
{
    private const int PointsPerAxis = 128;

    /// <summary>The output on a regular grid over the window.</summary>
    public static Field Sample(IMap map, Box window, int output)
    {
        double[] xs = Axis(window.Lower[0], window.Upper[0]);
        double[] ys = Axis(window.Lower[1], window.Upper[1]);
        double[] points = new double[2 * xs.Length * ys.Length];
        for (int i = 0; i < xs.Length * ys.Length; i++)
        {
            points[2 * i] = xs[i % xs.Length];
            points[2 * i + 1] = ys[i / xs.Length];
        }

        double[] values = new double[map.Outputs * xs.Length * ys.Length];
        EvaluateMany(map, points, values);
        return new Field
        {
            X = [.. xs],
            Y = [.. ys],
            Values = [.. Enumerable.Range(0, xs.Length * ys.Length).Select(i => values[i * map.Outputs + output])],
        };
    }

    private static double[] Axis(double lower, double upper)
    {
        double[] axis = new double[PointsPerAxis];
        for (int i = 0; i < PointsPerAxis; i++)
        {
            double t = (double)i / (PointsPerAxis - 1);
            axis[i] = (1 - t) * lower + t * upper;
        }

        return axis;
    }

    private static void EvaluateMany(IMap map, double[] points, double[] values)
    {
        if (map is IBatchMap batch)
        {
            batch.EvaluateMany(points, values);
            return;
        }

        for (int i = 0; i < values.Length / map.Outputs; i++)
        {
            map.Evaluate(points.AsSpan(i * map.Inputs, map.Inputs), values.AsSpan(i * map.Outputs, map.Outputs));
        }
    }
}
