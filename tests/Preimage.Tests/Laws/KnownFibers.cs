using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Laws;

/// <summary>x^2 + y^2.</summary>
internal static class KnownMaps
{
    public static IMap Circle { get; } = Quadratic(1, 1);

    /// <summary>a x^2 + b y^2.</summary>
    public static IMap Quadratic(double a, double b) =>
        new FunctionMap(
            2,
            1,
            (x, y, j) =>
            {
                y[0] = a * x[0] * x[0] + b * x[1] * x[1];
                if (j.Length > 0)
                {
                    j[0] = 2 * a * x[0];
                    j[1] = 2 * b * x[1];
                }
            }
        );

    /// <summary>(x - cos z, y - sin z).</summary>
    public static IMap Helix { get; } =
        new FunctionMap(
            3,
            2,
            (x, y, j) =>
            {
                (double sine, double cosine) = Math.SinCos(x[2]);
                y[0] = x[0] - cosine;
                y[1] = x[1] - sine;
                if (j.Length > 0)
                {
                    (j[0], j[1], j[2]) = (1, 0, sine);
                    (j[3], j[4], j[5]) = (0, 1, -cosine);
                }
            }
        );

    /// <summary>(x^2 + y^2 + z^2, x + y + z).</summary>
    public static IMap SphereAndPlane { get; } =
        new FunctionMap(
            3,
            2,
            (x, y, j) =>
            {
                y[0] = x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
                y[1] = x[0] + x[1] + x[2];
                if (j.Length > 0)
                {
                    double[] rows = [2 * x[0], 2 * x[1], 2 * x[2], 1, 1, 1];
                    rows.CopyTo(j);
                }
            }
        );

    /// <summary>softmax of three logits that are linear in three inputs: rank two, always.</summary>
    public static IMap Softmax { get; } =
        new FunctionMap(
            3,
            3,
            (x, y, j) =>
            {
                double[] weights = [1, 0.5, 0, -0.25, 1, 0.5, 0, -0.5, 1];
                double[] logits = new double[3];
                for (int i = 0; i < 3; i++)
                {
                    logits[i] = weights[3 * i] * x[0] + weights[3 * i + 1] * x[1] + weights[3 * i + 2] * x[2];
                }

                double sum = logits.Sum(Math.Exp);
                for (int i = 0; i < 3; i++)
                {
                    y[i] = Math.Exp(logits[i]) / sum;
                }

                for (int k = 0; k < j.Length; k++)
                {
                    double mean = y[0] * weights[k % 3] + y[1] * weights[3 + k % 3] + y[2] * weights[6 + k % 3];
                    j[k] = y[k / 3] * (weights[k] - mean);
                }
            }
        );

    /// <summary>Three functions of x^2 + y^2 alone: three outputs, two inputs, rank one.</summary>
    public static IMap Radial { get; } =
        new FunctionMap(
            2,
            3,
            (x, y, j) =>
            {
                double r = x[0] * x[0] + x[1] * x[1];
                y[0] = r;
                y[1] = r * r;
                y[2] = Math.Exp(-r);
                if (j.Length > 0)
                {
                    double[] slopes = [1, 2 * r, -Math.Exp(-r)];
                    for (int k = 0; k < 6; k++)
                    {
                        j[k] = slopes[k / 2] * 2 * x[k % 2];
                    }
                }
            }
        );

    /// <summary>P V / R, in pascal, cubic metres and kelvin.</summary>
    public static IMap IdealGas { get; } =
        new FunctionMap(
            2,
            1,
            (x, y, j) =>
            {
                y[0] = x[0] * x[1] / 8.314;
                if (j.Length > 0)
                {
                    j[0] = x[1] / 8.314;
                    j[1] = x[0] / 8.314;
                }
            }
        );

    /// <summary>The length of an ellipse with these half axes: the trapezoidal rule converges exponentially on a period.</summary>
    public static double EllipseLength(double a, double b)
    {
        const int nodes = 4096;
        double sum = 0;
        for (int k = 0; k < nodes; k++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * k / nodes);
            sum += Math.Sqrt(a * a * sine * sine + b * b * cosine * cosine);
        }

        return 2 * Math.PI * sum / nodes;
    }
}

public sealed class CircleLaws : TracerLaws
{
    protected override IMap Map => KnownMaps.Circle;
    protected override double[] Start => [0.3, 0.4];
    protected override Box Box => Box.Cube(2, -1, 1);
    protected override double Length => Math.PI;
    protected override Ending Ending => Ending.Closed;
}

public sealed class CutCircleLaws : TracerLaws
{
    protected override IMap Map => KnownMaps.Circle;
    protected override double[] Start => [-0.3, 0.4];
    protected override Box Box => new([-1, -1], [0.25, 1]);

    /// <summary>The arc of the circle of radius 1/2 left of x = 1/4.</summary>
    protected override double Length => Math.PI - 2 * 0.5 * Math.Acos(0.5);
    protected override Ending Ending => Ending.LeftBox;
}

public sealed class TouchingCircleLaws : TracerLaws
{
    protected override IMap Map => KnownMaps.Circle;
    protected override double[] Start => [0.3, 0.4];

    /// <summary>The circle touches all four faces and leaves through none.</summary>
    protected override Box Box => Box.Cube(2, -0.5, 0.5);
    protected override double Length => Math.PI;
    protected override Ending Ending => Ending.Closed;
}

public sealed class EllipseLaws : TracerLaws
{
    protected override IMap Map => KnownMaps.Quadratic(1, 9);
    protected override double[] Start => [0.6, 0.1];
    protected override Box Box => new([-1, -2], [1, 1]);
    protected override double Length => KnownMaps.EllipseLength(Math.Sqrt(0.45), Math.Sqrt(0.05));
    protected override Ending Ending => Ending.Closed;
}

public sealed class SpaceCircleLaws : TracerLaws
{
    protected override IMap Map => KnownMaps.SphereAndPlane;
    protected override double[] Start => [1, 0, 0];
    protected override Box Box => Box.Cube(3, -2, 2);

    /// <summary>Radius sqrt(1 - 1/3).</summary>
    protected override double Length => 2 * Math.PI * Math.Sqrt(2.0 / 3);
    protected override Ending Ending => Ending.Closed;
}

public sealed class HelixLaws : TracerLaws
{
    protected override IMap Map => KnownMaps.Helix;
    protected override double[] Start => [1, 0, 0];
    protected override Box Box => new([-2, -2, -3], [2, 2, 5]);
    protected override double Length => 8 * Math.Sqrt(2);
    protected override Ending Ending => Ending.LeftBox;
}

public sealed class DiagonalLaws : TracerLaws
{
    protected override IMap Map { get; } =
        new FunctionMap(
            2,
            1,
            (x, y, j) =>
            {
                y[0] = x[0] - x[1];
                if (j.Length > 0)
                {
                    j[0] = 1;
                    j[1] = -1;
                }
            }
        );
    protected override double[] Start => [0.2, 0.2];

    /// <summary>From corner to corner.</summary>
    protected override Box Box => Box.Cube(2, -1, 1);
    protected override double Length => Math.Sqrt(8);
    protected override Ending Ending => Ending.LeftBox;
    protected override bool IsStraight => true;
}

public sealed class SoftmaxLaws : TracerLaws
{
    protected override IMap Map => KnownMaps.Softmax;
    protected override double[] Start => [0.1, 0.2, -0.1];
    protected override Box Box => Box.Cube(3, -1, 1);

    /// <summary>The logits rise together along W^-1 (1, 1, 1), proportional to (4, 3, 7); it crosses the box in the last input first.</summary>
    protected override double Length => 2 * Math.Sqrt(Slope[0] * Slope[0] + Slope[1] * Slope[1] + 1);
    protected override Ending Ending => Ending.LeftBox;
    protected override bool IsStraight => true;

    /// <summary>W^-1 (1, 1, 1) with its last entry one, by Cramer's rule.</summary>
    private static double[] Slope => [4.0 / 7, 3.0 / 7];
}

public sealed class RadialLaws : TracerLaws
{
    protected override IMap Map => KnownMaps.Radial;
    protected override double[] Start => [0.3, 0.4];
    protected override Box Box => Box.Cube(2, -1, 1);
    protected override double Length => Math.PI;
    protected override Ending Ending => Ending.Closed;
}

public sealed class IdealGasLaws : TracerLaws
{
    protected override IMap Map => KnownMaps.IdealGas;
    protected override double[] Start => [1.5e5, 0.05];
    protected override Box Box => new([1e5, 0.025], [2e5, 0.075]);

    /// <summary>P = 7500 / V from P = 1e5 (V = 0.075) to P = 2e5; the volume adds 1e-12 of a pascal's length.</summary>
    protected override double Length => 1e5;
    protected override Ending Ending => Ending.LeftBox;
    protected override bool IsStraight => true;
}
