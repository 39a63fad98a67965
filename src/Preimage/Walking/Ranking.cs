namespace Preimage.Walking;

/// <summary>The outputs in order of size, and how often that order changed. Outputs that differ by no more than rounding may stand in either order.</summary>
internal sealed class Ranking
{
    private readonly int[] _order;
    private readonly double[] _keys;
    private readonly double _tolerance;

    /// <summary>Room for the order of m outputs.</summary>
    public Ranking(int outputs, double tolerance)
    {
        _order = new int[outputs];
        _keys = new double[outputs];
        _tolerance = tolerance;
    }

    /// <summary>How often the order changed.</summary>
    public long Changes { get; set; }

    /// <summary>Takes the order of a value.  value: [m].</summary>
    public void Stand(ReadOnlySpan<double> value)
    {
        for (int j = 0; j < _order.Length; j++)
        {
            _order[j] = j;
            _keys[j] = -value[j];
        }

        Array.Sort(_keys, _order);
    }

    /// <summary>Takes the order of the next value, and counts a change where it is another than that of the one before.  value: [m].</summary>
    public void Compare(ReadOnlySpan<double> value)
    {
        for (int j = 1; j < _order.Length; j++)
        {
            if (value[_order[j]] > value[_order[j - 1]] + _tolerance)
            {
                Changes++;
                break;
            }
        }

        Stand(value);
    }
}
