using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>The three second derivatives of a function of two numbers.</summary>
internal readonly record struct SecondPartials(Interval FirstFirst, Interval FirstSecond, Interval SecondSecond)
{
    /// <summary>None is known.</summary>
    public static SecondPartials Everything => new(Interval.Everything, Interval.Everything, Interval.Everything);
}

/// <summary>Enclosures of value and partial derivatives of every <see cref="BinaryFunction"/>; Clarke's at kinks, everything for second derivatives there; over jumps everything.</summary>
internal static class BinaryEnclosures
{
    private static readonly Interval Unit = new(0, 1);

    /// <summary>Encloses f(a, b).</summary>
    public static Interval Value(BinaryFunction f, Interval a, Interval b) =>
        f switch
        {
            BinaryFunction.Add => a + b,
            BinaryFunction.Subtract => a - b,
            BinaryFunction.Multiply => a * b,
            BinaryFunction.Divide => a / b,
            BinaryFunction.Power => a.Power(b),
            BinaryFunction.Minimum => new(Math.Min(a.Low, b.Low), Math.Min(a.High, b.High)),
            BinaryFunction.Maximum => new(Math.Max(a.Low, b.Low), Math.Max(a.High, b.High)),
            BinaryFunction.ParametricRectifier => a.Low >= 0 ? a
            : a.High <= 0 ? a * b
            : new Interval(0, a.High).Hull(new Interval(a.Low, 0) * b),
            BinaryFunction.Equal => IsOne(a) && a == b ? 1
            : a.Meets(b) ? Unit
            : 0,
            BinaryFunction.Less => a.High < b.Low ? 1
            : a.Low >= b.High ? 0
            : Unit,
            BinaryFunction.LessOrEqual => a.High <= b.Low ? 1
            : a.Low > b.High ? 0
            : Unit,
            BinaryFunction.Modulo => Remainders.Modulo(a, b),
            BinaryFunction.Remainder => Remainders.Truncated(a, b),
            _ => throw new ArgumentException($"{f} has no enclosure in the table."),
        };

    /// <summary>Encloses df/da.</summary>
    public static Interval FirstDerivative(BinaryFunction f, Interval a, Interval b) =>
        f switch
        {
            BinaryFunction.Add => 1,
            BinaryFunction.Subtract => 1,
            BinaryFunction.Multiply => b,
            BinaryFunction.Divide => Interval.Of(1) / b,
            BinaryFunction.Power => b == Interval.Zero ? Interval.Zero : b * a.Power(b - 1),
            BinaryFunction.Minimum => Chosen(b - a),
            BinaryFunction.Maximum => Chosen(a - b),
            BinaryFunction.ParametricRectifier => a.Low > 0 ? 1
            : a.High < 0 ? b
            : b.Hull(1),
            BinaryFunction.Equal or BinaryFunction.Less or BinaryFunction.LessOrEqual => OverJump(a, b),
            BinaryFunction.Modulo or BinaryFunction.Remainder => Remainders.Quotient(f, a, b) is null
                ? Interval.Everything
                : 1,
            _ => throw new ArgumentException($"{f} has no enclosed derivative in the table."),
        };

    /// <summary>Encloses df/db.</summary>
    public static Interval SecondDerivative(BinaryFunction f, Interval a, Interval b) =>
        f switch
        {
            BinaryFunction.Add => 1,
            BinaryFunction.Subtract => -1,
            BinaryFunction.Multiply => a,
            BinaryFunction.Divide => -(a / b.Square()),
            BinaryFunction.Power => a.Low < 0 ? Interval.Everything : a.Power(b) * a.Log(),
            BinaryFunction.Minimum => Chosen(a - b),
            BinaryFunction.Maximum => Chosen(b - a),
            BinaryFunction.ParametricRectifier => new(Math.Min(0, a.Low), Math.Min(0, a.High)),
            BinaryFunction.Equal or BinaryFunction.Less or BinaryFunction.LessOrEqual => OverJump(a, b),
            BinaryFunction.Modulo or BinaryFunction.Remainder => -Remainders.Quotient(f, a, b) ?? Interval.Everything,
            _ => throw new ArgumentException($"{f} has no enclosed derivative in the table."),
        };

    /// <summary>Encloses the second derivatives.</summary>
    public static SecondPartials Second(BinaryFunction f, Interval a, Interval b) =>
        f switch
        {
            BinaryFunction.Add or BinaryFunction.Subtract => default,
            BinaryFunction.Multiply => new(0, 1, 0),
            BinaryFunction.Divide => new(0, -(Interval.Of(1) / b.Square()), a * 2 / (b * b.Square())),
            BinaryFunction.Power => SecondOfPower(a, b),
            BinaryFunction.Minimum or BinaryFunction.Maximum => a.Meets(b) ? SecondPartials.Everything : default,
            BinaryFunction.ParametricRectifier => a.Low > 0 ? default
            : a.High < 0 ? new(0, 1, 0)
            : SecondPartials.Everything,
            BinaryFunction.Equal or BinaryFunction.Less or BinaryFunction.LessOrEqual => a.Meets(b)
                ? SecondPartials.Everything
                : default,
            BinaryFunction.Modulo or BinaryFunction.Remainder => Remainders.Quotient(f, a, b) is null
                ? SecondPartials.Everything
                : default,
            _ => throw new ArgumentException($"{f} has no enclosed second derivatives in the table."),
        };

    /// <summary>The derivative of a comparison, which jumps where both operands are equal.</summary>
    private static Interval OverJump(Interval a, Interval b) => a.Meets(b) ? Interval.Everything : 0;

    private static bool IsOne(Interval x) => x.Low == x.High;

    /// <summary>The step function of a difference: 1 where it is positive, 0 where negative, and all between at 0.</summary>
    private static Interval Chosen(Interval difference) =>
        difference.Low > 0 ? 1
        : difference.High < 0 ? 0
        : Unit;

    private static SecondPartials SecondOfPower(Interval a, Interval b)
    {
        if (a.Low <= 0 && b.Low != b.High)
        {
            return SecondPartials.Everything;
        }

        Interval curvature = b * (b - 1);
        Interval first = curvature == Interval.Zero ? Interval.Zero : curvature * a.Power(b - 2);
        if (a.Low <= 0)
        {
            // The exponent is one number; whether it varies is not known here.
            return new SecondPartials(first, Interval.Everything, Interval.Everything);
        }

        Interval log = a.Log();
        return new SecondPartials(first, a.Power(b - 1) * (1 + b * log), a.Power(b) * log.Square());
    }
}
