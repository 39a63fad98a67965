namespace Preimage.Tracing;

/// <summary>Receives the points of a run as they come.</summary>
public interface ISink
{
    /// <summary>Takes the next point. The spans are valid during the call only.</summary>
    void Accept(in TracePoint point);
}

/// <summary>A point of a run, as a sink sees it.</summary>
public readonly ref struct TracePoint(Station station, double length, int direction)
{
    /// <summary>x: [n].</summary>
    public ReadOnlySpan<double> Point => station.Point;

    /// <summary>Unit tangent in the run's coordinates, in the direction of the run: [n].</summary>
    public ReadOnlySpan<double> Tangent => station.Tangent;

    /// <summary>N(x): [m].</summary>
    public ReadOnlySpan<double> Value => station.Value;

    /// <summary>DN(x), row-major: [m * n].</summary>
    public ReadOnlySpan<double> Jacobian => station.Jacobian;

    /// <summary>Max norm of N(x) - target.</summary>
    public double Defect => station.Defect;

    /// <summary>Length from the start, in the run's coordinates.</summary>
    public double Length => length;

    /// <summary>+1 for the first direction, -1 for the second.</summary>
    public int Direction => direction;
}
