using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>What decides along a path: f_from - f_to, or f itself of one output, at the start and at the border.</summary>
internal sealed class CrossHeight
{
    private readonly IMap _map;
    private readonly (int From, int To) _labels;
    private readonly double[] _values;

    public CrossHeight(IMap map, Crossing crossing)
    {
        if (!crossing.Found || map.Inputs != crossing.From.Length)
        {
            throw new ArgumentException(
                crossing.Found
                    ? $"The crossing has {crossing.From.Length} inputs, but the map takes {map.Inputs}; give the map that was crossed."
                    : "No crossing was found, so there is no path to it."
            );
        }

        _map = map;
        _values = new double[map.Outputs];
        Start = crossing.From;
        End = crossing.At!.Value;
        double[] there = map.Evaluate(End.AsSpan());
        int from = Label(map.Evaluate(Start.AsSpan()));
        int to = Label(there, from);
        _labels = (from, to);
        First = At(Start.AsSpan());
        Last = At(End.AsSpan());
    }

    /// <summary>x0: [n].</summary>
    public ImmutableArray<double> Start { get; }

    /// <summary>The crossing: [n].</summary>
    public ImmutableArray<double> End { get; }

    /// <summary>At x0.</summary>
    public double First { get; }

    /// <summary>At the crossing.</summary>
    public double Last { get; }

    /// <summary>The map's value where it was evaluated last: [m].</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>At a point.  x: [n].</summary>
    public double At(ReadOnlySpan<double> x)
    {
        _map.Evaluate(x, _values);
        return _values.Length == 1 ? _values[0] : _values[_labels.From] - _values[_labels.To];
    }

    /// <summary>How far the height is on the way from the start's to the border's: 0 to 1, and beyond.</summary>
    public double Share(ReadOnlySpan<double> x) => (At(x) - First) / (Last - First);

    private static int Label(double[] values, int without = -1)
    {
        int best = without == 0 && values.Length > 1 ? 1 : 0;
        for (int j = 0; j < values.Length; j++)
        {
            best = j != without && values[j] > values[best] ? j : best;
        }

        return best;
    }
}
