namespace Preimage.Maps;

/// <summary>A map that counts how often it is evaluated, with or without its Jacobian.</summary>
public sealed class CountingMap(IMap map) : IMap
{
    private long _evaluations;

    /// <summary>Evaluations so far.</summary>
    public long Evaluations => Interlocked.Read(ref _evaluations);

    /// <inheritdoc/>
    public int Inputs => map.Inputs;

    /// <inheritdoc/>
    public int Outputs => map.Outputs;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        Interlocked.Increment(ref _evaluations);
        map.Evaluate(x, y);
    }

    /// <inheritdoc/>
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        Interlocked.Increment(ref _evaluations);
        map.Linearize(x, y, jacobian);
    }
}
