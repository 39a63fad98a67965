using Preimage.Maps;
using Preimage.Tests.Laws;

namespace Preimage.Tests.Walking;

public sealed class CircleWalkLaws : UniformityLaws
{
    protected override IMap Map => WalkSurfaces.Quadratic(1, 1);
    protected override double[] Start => [0.6, 0.8];
    protected override Box Box => Box.Cube(2, -2, 2);
    protected override int Thinning => 100;

    protected override double[] Uniforms(ReadOnlySpan<double> x) => [Turn(x[0], x[1])];
}

/// <summary>The right half of a circle: mirrors at both ends, which it meets squarely.</summary>
public sealed class HalfCircleWalkLaws : UniformityLaws
{
    protected override IMap Map => WalkSurfaces.Quadratic(1, 1);
    protected override double[] Start => [0.6, 0.8];
    protected override Box Box => new([0, -2], [2, 2]);
    protected override int Thinning => 100;

    protected override double[] Uniforms(ReadOnlySpan<double> x) => [0.5 + Math.Atan2(x[1], x[0]) / Math.PI];
}

/// <summary>An arc that meets its bounds askew: x from 1/4 to 1, y from -1/2 up.</summary>
public sealed class CutCircleWalkLaws : UniformityLaws
{
    protected override IMap Map => WalkSurfaces.Quadratic(1, 1);
    protected override double[] Start => [0.6, 0.8];
    protected override Box Box => new([0.25, -0.5], [2, 2]);
    protected override int Thinning => 100;

    protected override double[] Uniforms(ReadOnlySpan<double> x)
    {
        double from = Math.Asin(-0.5);
        return [(Math.Atan2(x[1], x[0]) - from) / (Math.Acos(0.25) - from)];
    }
}

/// <summary>x^2 + 4 y^2 = 1.</summary>
public sealed class EllipseWalkLaws : UniformityLaws
{
    private const double Half = 0.5;

    private static readonly double[] Lengths = ArcLengths();

    protected override IMap Map => WalkSurfaces.Quadratic(1, 4);
    protected override double[] Start => [1, 0];
    protected override Box Box => Box.Everything(2);
    protected override int Thinning => 300;

    protected override double[] Uniforms(ReadOnlySpan<double> x) => [ShareOfLength(x)];

    /// <summary>The length from (1, 0) to a point as a share of the ellipse's.</summary>
    internal static double ShareOfLength(ReadOnlySpan<double> x)
    {
        double at = Turn(x[0], x[1] / Half) * (Lengths.Length - 1);
        int node = Math.Min((int)at, Lengths.Length - 2);
        double length = Lengths[node] + (at - node) * (Lengths[node + 1] - Lengths[node]);
        return length / Lengths[^1];
    }

    /// <summary>Arc lengths over the parameter's turn, by the midpoint rule.</summary>
    private static double[] ArcLengths()
    {
        double[] lengths = new double[4097];
        for (int k = 1; k < lengths.Length; k++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * (k - 0.5) / (lengths.Length - 1));
            lengths[k] = lengths[k - 1] + Math.Sqrt(sine * sine + Half * Half * cosine * cosine);
        }

        return lengths;
    }
}

public sealed class SphereWalkLaws : UniformityLaws
{
    protected override IMap Map => WalkSurfaces.Quadratic(1, 1, 1);
    protected override double[] Start => [0.6, 0, 0.8];
    protected override Box Box => Box.Everything(3);
    protected override int Thinning => 100;

    /// <summary>Equal heights have equal areas. (Archimedes)</summary>
    protected override double[] Uniforms(ReadOnlySpan<double> x) => [(x[2] + 1) / 2, Turn(x[0], x[1])];
}

/// <summary>An eighth of the sphere, between three mirrors.</summary>
public sealed class OctantWalkLaws : UniformityLaws
{
    protected override IMap Map => WalkSurfaces.Quadratic(1, 1, 1);
    protected override double[] Start => [0, 0.6, 0.8];
    protected override Box Box => Box.Cube(3, 0, 1);
    protected override int Thinning => 100;

    protected override double[] Uniforms(ReadOnlySpan<double> x) => [x[2], 4 * Turn(x[0], x[1])];
}

/// <summary>A torus of radii 1 and 1/2.</summary>
public sealed class TorusWalkLaws : UnevenUniformityLaws
{
    private const double Tube = 0.5;

    protected override IMap Map => WalkSurfaces.Torus(1);
    protected override double[] Start => [1 + Tube, 0, 0];
    protected override int FirstSeed => 1001;
    protected override int Samples => 600;
    protected override double BiasedLength => 1.2;
    protected override Box Box => Box.Cube(3, -3, 3);
    protected override int Thinning => 80;

    /// <summary>The area at an angle around the tube is in proportion to the distance from the axis, 1 + cos / 2.</summary>
    protected override double[] Uniforms(ReadOnlySpan<double> x)
    {
        double tube = Turn(Math.Sqrt(x[0] * x[0] + x[1] * x[1]) - 1, x[2]);
        return [Turn(x[0], x[1]), tube + Tube * Math.Sin(2 * Math.PI * tube) / (2 * Math.PI)];
    }
}
