namespace Preimage.Tracing;

/// <summary>A place on a curve, as the parts of a run see it. Its arrays are used again: read them, don't keep them.</summary>
public sealed class Station
{
    internal Station(int inputs, int outputs)
    {
        Point = new double[inputs];
        Tangent = new double[inputs];
        Value = new double[outputs];
        Jacobian = new double[outputs * inputs];
    }

    /// <summary>x, in input units: [n].</summary>
    public double[] Point { get; }

    /// <summary>Unit tangent in the run's coordinates x_i / scale_i: [n].</summary>
    public double[] Tangent { get; }

    /// <summary>N(x): [m].</summary>
    public double[] Value { get; }

    /// <summary>DN(x), row-major: [m * n].</summary>
    public double[] Jacobian { get; }

    /// <summary>Max norm of N(x) - target.</summary>
    public double Defect { get; set; }

    /// <summary>The smallest singular value that counts, with the sign of det [J; tangent] where that exists.</summary>
    public double Strength { get; set; }

    /// <summary>Curvature of the arc that leads here.</summary>
    public double Bend { get; set; }

    internal void CopyFrom(Station other)
    {
        other.Point.CopyTo(Point, 0);
        other.Tangent.CopyTo(Tangent, 0);
        other.Value.CopyTo(Value, 0);
        other.Jacobian.CopyTo(Jacobian, 0);
        Defect = other.Defect;
        Strength = other.Strength;
        Bend = other.Bend;
    }
}
