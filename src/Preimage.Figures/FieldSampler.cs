using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures;

/// <summary>Samples an output over the window of a figure.</summary>
public static class FieldSampler
{
    /// <summary>Grid nodes along each input: level lines look smooth, and a small network takes under a millisecond.</summary>
    public const int Nodes = 81;

    /// <summary>
    /// The report with the field of its output <see cref="FiberReport.FieldOutput"/>; unchanged unless n = 2.
    /// Costs <see cref="Nodes"/> squared evaluations, side by side where the map can.
    /// </summary>
    /// <exception cref="ArgumentException">The map does not have the report's inputs and outputs.</exception>
    public static FiberReport WithField(FiberReport report, IMap map)
    {
        Curve curve = report.Fiber.Curve;
        if (map.Inputs != curve.Dimension || map.Outputs != curve.Outputs)
        {
            throw new ArgumentException(
                $"The map takes {map.Inputs} inputs to {map.Outputs} outputs, but the curve has {curve.Dimension} and {curve.Outputs}; give the map that was traced."
            );
        }

        return map.Inputs == 2
            ? report with
            {
                Field = Sample(map, FigureWindow.Of(report), report.FieldOutput),
            }
            : report;
    }

    /// <summary>The report with the field of the map's one output over its figure's window.</summary>
    /// <exception cref="ArgumentException">The map does not have two inputs and one output.</exception>
    public static PlaneReport WithField(PlaneReport report, IMap map) =>
        map is { Inputs: 2, Outputs: 1 }
            ? report with
            {
                Field = Sample(map, FigureWindow.Of(report), 0),
            }
            : throw new ArgumentException(
                $"A figure on the plane shows one output of two inputs, but the map takes {map.Inputs} to {map.Outputs}; choose an output and fix the other inputs."
            );

    private static Field Sample(IMap map, Box window, int output)
    {
        double[] x = Grid(window.Lower[0], window.Upper[0]);
        double[] y = Grid(window.Lower[1], window.Upper[1]);
        double[] points = new double[2 * Nodes * Nodes];
        for (int k = 0; k < Nodes * Nodes; k++)
        {
            points[2 * k] = x[k % Nodes];
            points[2 * k + 1] = y[k / Nodes];
        }

        double[] values = new double[map.Outputs * Nodes * Nodes];
        Evaluate(map, points, values);
        double[] chosen = [.. Enumerable.Range(0, Nodes * Nodes).Select(k => values[k * map.Outputs + output])];
        return new Field
        {
            X = [.. x],
            Y = [.. y],
            Values = [.. chosen],
        };
    }

    private static void Evaluate(IMap map, double[] points, double[] values)
    {
        if (map is IBatchMap batch)
        {
            batch.EvaluateMany(points, values);
            return;
        }

        for (int k = 0; k < points.Length / 2; k++)
        {
            map.Evaluate(points.AsSpan(2 * k, 2), values.AsSpan(k * map.Outputs, map.Outputs));
        }
    }

    /// <summary>Evenly spaced from low to high, both exact.</summary>
    private static double[] Grid(double low, double high)
    {
        double[] nodes = new double[Nodes];
        for (int i = 0; i < Nodes; i++)
        {
            double share = (double)i / (Nodes - 1);
            nodes[i] = (1 - share) * low + share * high;
        }

        return nodes;
    }
}
