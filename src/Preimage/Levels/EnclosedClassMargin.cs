using Preimage.Enclosing;

namespace Preimage.Levels;

/// <summary>
/// Encloses the margin of a class, as <see cref="ClassMargin"/> has it, and its derivatives: by the hull over the rivals that may be the strongest
/// somewhere in the box. Where several may be, the margin may have a kink, and its second derivative is everything.
/// </summary>
public sealed class EnclosedClassMargin : ICurvedEnclosedMap
{
    private readonly ICurvedEnclosedMap _map;
    private readonly int _label;

    /// <summary>Takes the enclosure of a classifier's map and a class, from 0.</summary>
    /// <exception cref="ArgumentException">The map has one output, or no such class.</exception>
    public EnclosedClassMargin(ICurvedEnclosedMap map, int label)
    {
        ClassMargin.DemandClass(map.Outputs, label);
        _map = map;
        _label = label;
    }

    /// <inheritdoc/>
    public int Inputs => _map.Inputs;

    /// <inheritdoc/>
    public int Outputs => 1;

    /// <inheritdoc/>
    public void Enclose(ReadOnlySpan<Interval> x, Span<Interval> y)
    {
        Interval[] scores = new Interval[_map.Outputs];
        _map.Enclose(x, scores);
        y[0] = Strongest(scores) - scores[_label];
    }

    /// <inheritdoc/>
    public void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian)
    {
        Interval[] scores = new Interval[_map.Outputs];
        Interval[] rows = new Interval[_map.Outputs * Inputs];
        _map.EncloseJacobian(x, scores, rows);
        y[0] = Strongest(scores) - scores[_label];
        Differences(scores, rows, jacobian);
    }

    /// <inheritdoc/>
    public void EncloseTangent(
        ReadOnlySpan<Interval> x,
        ReadOnlySpan<double> v,
        Span<Interval> y,
        Span<Interval> derivative
    )
    {
        Interval[] scores = new Interval[_map.Outputs];
        Interval[] rates = new Interval[_map.Outputs];
        _map.EncloseTangent(x, v, scores, rates);
        y[0] = Strongest(scores) - scores[_label];
        Differences(scores, rates, derivative);
    }

    /// <inheritdoc/>
    public void EncloseHessian(
        ReadOnlySpan<Interval> x,
        Span<Interval> y,
        Span<Interval> jacobian,
        Span<Interval> hessian
    )
    {
        Interval[] scores = new Interval[_map.Outputs];
        Interval[] rows = new Interval[_map.Outputs * Inputs];
        Interval[] second = new Interval[rows.Length * Inputs];
        _map.EncloseHessian(x, scores, rows, second);
        y[0] = Strongest(scores) - scores[_label];
        if (Differences(scores, rows, jacobian) == 1)
        {
            Differences(scores, second, hessian);
        }
        else
        {
            hessian.Fill(Interval.Everything);
        }
    }

    /// <summary>The hull over the possible rivals of their row less the class's row.  rows: [scores.Length * differences.Length].</summary>
    /// <returns>How many rivals are possible.</returns>
    private int Differences(ReadOnlySpan<Interval> scores, ReadOnlySpan<Interval> rows, Span<Interval> differences)
    {
        int width = differences.Length;
        double least = Strongest(scores).Low;
        int rivals = 0;
        for (int j = 0; j < scores.Length; j++)
        {
            if (j == _label || !(scores[j].High >= least))
            {
                continue;
            }

            for (int i = 0; i < width; i++)
            {
                Interval difference = rows[j * width + i] - rows[_label * width + i];
                differences[i] = rivals == 0 ? difference : differences[i].Hull(difference);
            }

            rivals++;
        }

        return rivals;
    }

    private Interval Strongest(ReadOnlySpan<Interval> scores)
    {
        (double low, double high) = (double.NegativeInfinity, double.NegativeInfinity);
        for (int j = 0; j < scores.Length; j++)
        {
            if (j != _label)
            {
                low = Math.Max(low, scores[j].Low);
                high = Math.Max(high, scores[j].High);
            }
        }

        return new Interval(low, high);
    }
}
