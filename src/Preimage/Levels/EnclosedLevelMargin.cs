using Preimage.Enclosing;

namespace Preimage.Levels;

/// <summary>Encloses f - level and its derivatives, as <see cref="LevelMargin"/> has it.</summary>
public sealed class EnclosedLevelMargin : ICurvedEnclosedMap
{
    private readonly ICurvedEnclosedMap _map;
    private readonly double _level;

    /// <summary>Takes the enclosure of f: R^n -> R.</summary>
    /// <exception cref="ArgumentException">The map has several outputs, or the level is not finite.</exception>
    public EnclosedLevelMargin(ICurvedEnclosedMap map, double level)
    {
        LevelMargin.DemandOne(map.Outputs);
        LevelMargin.DemandFinite(level);
        _map = map;
        _level = level;
    }

    /// <inheritdoc/>
    public int Inputs => _map.Inputs;

    /// <inheritdoc/>
    public int Outputs => 1;

    /// <inheritdoc/>
    public void Enclose(ReadOnlySpan<Interval> x, Span<Interval> y)
    {
        _map.Enclose(x, y);
        y[0] -= _level;
    }

    /// <inheritdoc/>
    public void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian)
    {
        _map.EncloseJacobian(x, y, jacobian);
        y[0] -= _level;
    }

    /// <inheritdoc/>
    public void EncloseTangent(
        ReadOnlySpan<Interval> x,
        ReadOnlySpan<double> v,
        Span<Interval> y,
        Span<Interval> derivative
    )
    {
        _map.EncloseTangent(x, v, y, derivative);
        y[0] -= _level;
    }

    /// <inheritdoc/>
    public void EncloseHessian(
        ReadOnlySpan<Interval> x,
        Span<Interval> y,
        Span<Interval> jacobian,
        Span<Interval> hessian
    )
    {
        _map.EncloseHessian(x, y, jacobian, hessian);
        y[0] -= _level;
    }
}
