namespace Preimage.Training.Data;

/// <summary>A node of a formula. Operations are delegates, so that the tables of functions alone know their names.</summary>
internal abstract record Expression
{
    /// <summary>The value at a point.  point: [variables].</summary>
    public abstract double Value(ReadOnlySpan<double> point);

    /// <summary>Value and gradient, by the chain rule.  point, gradient: [variables].</summary>
    public abstract double Linearize(ReadOnlySpan<double> point, Span<double> gradient);
}

/// <summary>An operation of one operand with its derivative.</summary>
internal sealed record OneOperand(Func<double, double> Value, Func<double, double> Slope);

/// <summary>An operation of two operands with its derivatives by the left and by the right one.</summary>
internal sealed record TwoOperands(
    Func<double, double, double> Value,
    Func<double, double, double> LeftSlope,
    Func<double, double, double> RightSlope
);

internal sealed record Number(double Constant) : Expression
{
    public override double Value(ReadOnlySpan<double> point) => Constant;

    public override double Linearize(ReadOnlySpan<double> point, Span<double> gradient)
    {
        gradient.Clear();
        return Constant;
    }
}

internal sealed record Coordinate(int Index) : Expression
{
    public override double Value(ReadOnlySpan<double> point) => point[Index];

    public override double Linearize(ReadOnlySpan<double> point, Span<double> gradient)
    {
        gradient.Clear();
        gradient[Index] = 1;
        return point[Index];
    }
}

internal sealed record Unary(OneOperand Operation, Expression Operand) : Expression
{
    public override double Value(ReadOnlySpan<double> point) => Operation.Value(Operand.Value(point));

    public override double Linearize(ReadOnlySpan<double> point, Span<double> gradient)
    {
        double operand = Operand.Linearize(point, gradient);
        double slope = Operation.Slope(operand);
        foreach (ref double derivative in gradient)
        {
            derivative = Chain.Times(slope, derivative);
        }

        return Operation.Value(operand);
    }
}

internal sealed record Binary(TwoOperands Operation, Expression Left, Expression Right) : Expression
{
    public override double Value(ReadOnlySpan<double> point) => Operation.Value(Left.Value(point), Right.Value(point));

    public override double Linearize(ReadOnlySpan<double> point, Span<double> gradient)
    {
        double[] other = new double[gradient.Length];
        double left = Left.Linearize(point, gradient);
        double right = Right.Linearize(point, other);
        double leftSlope = Operation.LeftSlope(left, right);
        double rightSlope = Operation.RightSlope(left, right);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = Chain.Times(leftSlope, gradient[i]) + Chain.Times(rightSlope, other[i]);
        }

        return Operation.Value(left, right);
    }
}

internal static class Chain
{
    /// <summary>A product in which 0 wins: what does not depend on a variable has the derivative 0, also where (-2)^2 has no slope by its exponent.</summary>
    public static double Times(double slope, double derivative) => derivative == 0 ? 0 : slope * derivative;
}
