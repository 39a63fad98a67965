namespace Preimage.Walking;

/// <summary>Measures the length of the way.</summary>
public interface IWayLength
{
    /// <summary>The length after a step.</summary>
    /// <param name="soFar">The length before it.</param>
    /// <param name="step">The distance between the two points.</param>
    double After(double soFar, double step);
}

/// <summary>The distances between successive points, added up.</summary>
public sealed record SummedLength : IWayLength
{
    /// <inheritdoc/>
    public double After(double soFar, double step) => soFar + step;
}

/// <summary>A slip of published code: each step overwrites the length, which is that of the last step.</summary>
public sealed record LastStepLength : IWayLength
{
    /// <inheritdoc/>
    public double After(double soFar, double step) => step;
}
