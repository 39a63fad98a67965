using Preimage.Maps;

namespace Preimage.Levels;

/// <summary>g = f - level, which is 0 on the level set: for a classifier of one output with its border at 1/2, f - 1/2.</summary>
public sealed class LevelMargin : IMap
{
    private readonly IMap _map;

    /// <summary>Takes a map f: R^n -> R.</summary>
    /// <exception cref="ArgumentException">The map has several outputs, or the level is not finite.</exception>
    public LevelMargin(IMap map, double level)
    {
        DemandOne(map.Outputs);
        DemandFinite(level);
        _map = map;
        Level = level;
    }

    /// <summary>The level.</summary>
    public double Level { get; }

    /// <inheritdoc/>
    public int Inputs => _map.Inputs;

    /// <inheritdoc/>
    public int Outputs => 1;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        _map.Evaluate(x, y);
        y[0] -= Level;
    }

    /// <inheritdoc/>
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        _map.Linearize(x, y, jacobian);
        y[0] -= Level;
    }

    internal static void DemandOne(int outputs)
    {
        if (outputs != 1)
        {
            throw new ArgumentException(
                $"The map has {outputs} outputs, but a level is of one; select one of the outputs, or take the margin of a class."
            );
        }
    }

    internal static void DemandFinite(double level)
    {
        if (!double.IsFinite(level))
        {
            throw new ArgumentException($"The level is {level:R}; give a finite number.");
        }
    }
}
