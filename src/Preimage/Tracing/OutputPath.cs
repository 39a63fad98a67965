using Preimage.Geometry;

namespace Preimage.Tracing;

/// <summary>
/// The straight way from one output to another, y(t) = from + t (to - from). With one output the goal may be infinite: as far as the lift goes.
/// </summary>
internal sealed class OutputPath
{
    private readonly double[] _from;
    private readonly double[] _to;
    private readonly double[] _along; // to - from, a unit vector
    private readonly bool _isEndless;

    /// <summary>from, to: [m], different.</summary>
    public OutputPath(ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        _from = from.ToArray();
        _to = to.ToArray();
        _along = new double[to.Length];
        for (int j = 0; j < _along.Length; j++)
        {
            _along[j] = to[j] - from[j];
        }

        _isEndless = !Vectors.AreFinite(_along);
        if (_along.Length == 1)
        {
            _along[0] = Math.Sign(_along[0]);
        }
        else
        {
            Vectors.Scale(_along, 1 / Vectors.Norm(_along));
        }
    }

    /// <summary>The unit vector along the way: [m].</summary>
    public ReadOnlySpan<double> Along => _along;

    /// <summary>How far the value has passed the goal; negative before it.  value: [m].</summary>
    public double Passed(ReadOnlySpan<double> value)
    {
        if (_isEndless)
        {
            return double.NegativeInfinity;
        }

        double sum = 0;
        for (int j = 0; j < _along.Length; j++)
        {
            sum += _along[j] * (value[j] - _to[j]);
        }

        return sum;
    }

    /// <summary>Aims at the goal.</summary>
    public void AimAtGoal(Arc arc) => arc.Aim(_to);

    /// <summary>Aims at the place of the way that is nearest to the trial's value: with one output, at that value.</summary>
    public void AimAtNearest(Arc arc)
    {
        double[] value = arc.Trial.Value;
        if (value.Length == 1)
        {
            arc.Aim(value);
            return;
        }

        double along = 0;
        for (int j = 0; j < value.Length; j++)
        {
            along += _along[j] * (value[j] - _from[j]);
        }

        double[] nearest = [.. _from];
        Vectors.AddScaled(nearest, along, _along);
        arc.Aim(nearest);
    }

    /// <summary>Whether both go the same way, so that a lift along one may go on along the other.</summary>
    public bool IsParallelTo(OutputPath? other) =>
        other is not null && _along.Length == 1 && other._along[0] == _along[0];
}
