using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>Where a point lies: the value g of a margin, whether it is beyond the border, and its label.</summary>
/// <param name="Value">g: positive on the start's side; NaN where the map is not finite.</param>
/// <param name="IsBeyond">Whether the answer has changed by evaluation: what counts, whatever the rounding of g.</param>
/// <param name="Label">The class that wins, the first of several; of a level 1 where it is reached, else 0.</param>
internal readonly record struct CrossSide(double Value, bool IsBeyond, int Label);

/// <summary>
/// A function g: R^n -> R, positive where the answer is that of the start x0 and 0 on the border that is looked for, with its gradient by one
/// product. One for each thread: it has room of its own, and counts.
/// </summary>
internal abstract class CrossMargin
{
    private readonly IMap _map;
    private readonly double[] _covector;
    private readonly double[] _jacobian;

    /// <summary>A margin of a map's outputs.</summary>
    /// <param name="map">The map that g is of.</param>
    protected CrossMargin(IMap map)
    {
        _map = map;
        Scores = new double[map.Outputs];
        _covector = new double[map.Outputs];
        _jacobian = map is IProductMap ? [] : DenseJacobian.RoomFor(map);
    }

    /// <summary>n.</summary>
    public int Inputs => _map.Inputs;

    /// <summary>How often the map was evaluated, with or without a product of its Jacobian.</summary>
    public long Evaluations { get; private set; }

    /// <summary>The map's value where it was evaluated last: [m].</summary>
    protected double[] Scores { get; }

    /// <summary>Where x lies.  x: [n].</summary>
    public CrossSide At(ReadOnlySpan<double> x)
    {
        Evaluations++;
        _map.Evaluate(x, Scores);
        return Vectors.AreFinite(Scores) ? Side() : new CrossSide(double.NaN, false, -1);
    }

    /// <summary>g and its gradient.  x, gradient: [n].</summary>
    /// <returns>g; NaN where it or the gradient is not finite.</returns>
    public double Linearize(ReadOnlySpan<double> x, Span<double> gradient)
    {
        CrossSide side = At(x);
        if (double.IsNaN(side.Value))
        {
            return double.NaN;
        }

        Evaluations++;
        Array.Clear(_covector);
        Weigh(_covector);
        if (_map is IProductMap products)
        {
            products.Adjoint(x, _covector, gradient);
        }
        else
        {
            _map.Linearize(x, Scores, _jacobian);
            gradient.Clear();
            for (int k = 0; k < _covector.Length; k++)
            {
                if (_covector[k] != 0)
                {
                    Vectors.AddScaled(gradient, _covector[k], _jacobian.AsSpan(k * Inputs, Inputs));
                }
            }
        }

        return Vectors.AreFinite(gradient) ? side.Value : double.NaN;
    }

    /// <summary>What <see cref="Scores"/> say.</summary>
    protected abstract CrossSide Side();

    /// <summary>The derivative of g by the map's outputs, at <see cref="Scores"/>.  covector: [m], zeros.</summary>
    protected abstract void Weigh(Span<double> covector);

    /// <summary>The largest score, the first of several; without one of them where that is named.</summary>
    protected int Largest(int without = -1)
    {
        int best = without == 0 ? 1 : 0;
        for (int j = best + 1; j < Scores.Length; j++)
        {
            best = j != without && Scores[j] > Scores[best] ? j : best;
        }

        return best;
    }
}

/// <summary>g = f_here - f_rival: the border to one rival. Beyond is wherever the label is another.</summary>
internal sealed class RivalMargin(IMap map, int here, int rival) : CrossMargin(map)
{
    /// <inheritdoc/>
    protected override CrossSide Side()
    {
        int label = Largest();
        return new CrossSide(Scores[here] - Scores[rival], label != here, label);
    }

    /// <inheritdoc/>
    protected override void Weigh(Span<double> covector) => (covector[here], covector[rival]) = (1, -1);
}

/// <summary>g = max over j != k of f_j - f_k: the border of the class k, seen from outside. Beyond is where the label is k.</summary>
internal sealed class TargetMargin(IMap map, int target) : CrossMargin(map)
{
    /// <inheritdoc/>
    protected override CrossSide Side()
    {
        int label = Largest();
        return new CrossSide(Scores[Largest(target)] - Scores[target], label == target, label);
    }

    /// <inheritdoc/>
    protected override void Weigh(Span<double> covector) => (covector[Largest(target)], covector[target]) = (1, -1);
}

/// <summary>g = sign (f - level), positive at the start. Beyond is where f reaches the level.</summary>
internal sealed class ReachMargin(IMap map, double level, int sign) : CrossMargin(map)
{
    /// <inheritdoc/>
    protected override CrossSide Side()
    {
        double value = sign * (Scores[0] - level);
        return new CrossSide(value, value <= 0, value <= 0 ? 1 : 0);
    }

    /// <inheritdoc/>
    protected override void Weigh(Span<double> covector) => covector[0] = sign;
}
