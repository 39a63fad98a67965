using Preimage.Maps;
using Preimage.Results;
using Preimage.Tracing;

namespace Preimage.Training.Data;

/// <summary>
/// What a network should have learned, to lay beside what it did: a function of the same inputs, as z = exp(x^2+y^2-2), or an equation of
/// a border between its classes, as y = 0.5*sin(x).
/// </summary>
public sealed class Truth
{
    private const int MostCorrections = 50;

    private readonly IMap _map;

    private Truth(string text, IMap map, bool isEquation)
    {
        Text = text;
        _map = map;
        IsEquation = isEquation;
    }

    /// <summary>The text that was read.</summary>
    public string Text { get; }

    /// <summary>Whether it is an equation, and so tells one curve instead of one for each output.</summary>
    public bool IsEquation { get; }

    /// <summary>Reads a truth: a function where the left side is the name of no input, else an equation.</summary>
    /// <param name="text">"name [unit] = expression", an expression alone, or "expression = expression".</param>
    /// <param name="variables">The network's inputs by name.</param>
    /// <exception cref="ArgumentException">The text does not parse, or uses an unknown name or function.</exception>
    public static Truth Parse(string text, IReadOnlyList<string> variables)
    {
        string[] sides = text.Split('=');
        if (sides.Length > 2)
        {
            throw new ArgumentException(
                $"The truth '{text}' has {sides.Length - 1} equals signs; write a function such as z = exp(x^2+y^2-2), or an equation such as y = 0.5*sin(x)."
            );
        }

        if (sides.Length == 1 || IsName(sides[0], variables))
        {
            return new Truth(text, Formula.Parse(text, variables).Map, isEquation: false);
        }

        string difference = $"({sides[0].Trim()}) - ({sides[1].Trim()})";
        return new Truth(text, Formula.Parse(difference, variables).Map, isEquation: true);
    }

    /// <summary>The largest error of a network on points of its own fibers: |N(x) - f(x)| in output units, or |left - right| of an equation.</summary>
    /// <param name="curve">A curve with one output.</param>
    /// <exception cref="ArgumentException">The curve has another number of inputs, or several outputs.</exception>
    public double Error(Curve curve)
    {
        if (curve.Dimension != _map.Inputs || curve.Outputs != 1)
        {
            throw new ArgumentException(
                $"The truth '{Text}' is one number of {_map.Inputs} inputs, but the curve has {curve.Dimension} inputs and {curve.Outputs} outputs."
            );
        }

        double largest = 0;
        for (int i = 0; i < curve.Count; i++)
        {
            double wanted = IsEquation ? 0 : curve.Value(i)[0];
            largest = Math.Max(largest, Math.Abs(_map.Evaluate(curve.Point(i))[0] - wanted));
        }

        return largest;
    }

    /// <summary>The true curve of the output at a point: the fiber of the function through it, or the equation's curve near it.</summary>
    /// <returns>The curve; null where there is none in the box.</returns>
    public Curve? Through(ReadOnlySpan<double> point, Box box) =>
        Near(point, IsEquation ? 0 : _map.Evaluate(point)[0], box);

    /// <summary>The true curve of an output, near a curve of the network: the level of the function, or the equation's curve.</summary>
    /// <returns>The curve; null where there is none in the box.</returns>
    public Curve? Beside(Curve curve, double level, Box box) =>
        Enumerable
            .Range(0, curve.Count)
            .OrderBy(i => Math.Abs(i - curve.Count / 2))
            .Where((_, rank) => (rank & (rank - 1)) == 0) // from the middle outward, ever fewer
            .Select(i => Near(curve.Point(i), IsEquation ? 0 : level, box))
            .FirstOrDefault(found => found is not null);

    private Curve? Near(ReadOnlySpan<double> point, double level, Box box)
    {
        double[] x = [.. point];
        double[] gradient = new double[x.Length];
        double[] value = new double[1];
        for (int i = 0; i < MostCorrections; i++)
        {
            _map.Linearize(x, value, gradient);
            double square = gradient.Sum(g => g * g);
            if (!double.IsFinite(value[0]) || !(square > 0))
            {
                return null;
            }

            bool moved = false;
            for (int d = 0; d < x.Length; d++)
            {
                double next = x[d] - (value[0] - level) * gradient[d] / square;
                moved |= Math.Abs(next - x[d]) > 1e-15 * Math.Max(Math.Abs(x[d]), box.Upper[d] - box.Lower[d]);
                x[d] = next;
            }

            if (!moved)
            {
                return box.Contains(x) ? Traced(x, box) : null;
            }
        }

        return null;
    }

    private Curve? Traced(double[] x, Box box)
    {
        try
        {
            return Tracer.Continuation.Trace(_map, x, box).Curve;
        }
        catch (GeometryException)
        {
            return null; // the curve is a point there
        }
    }

    private static bool IsName(string side, IReadOnlyList<string> variables)
    {
        string name = side.Split('[')[0].Trim();
        return name.Length > 0
            && name.All(c => char.IsLetterOrDigit(c) || c == '_')
            && !char.IsDigit(name[0])
            && !variables.Contains(name, StringComparer.Ordinal);
    }
}
