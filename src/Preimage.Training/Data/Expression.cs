namespace Preimage.Training.Data;

/// <summary>A node of a formula. Operations are delegates, so that the grammar alone knows their names.</summary>
internal abstract record Expression
{
    /// <summary>The value at a point.  point: [variables].</summary>
    public abstract double Value(ReadOnlySpan<double> point);
}

internal sealed record Number(double Constant) : Expression
{
    public override double Value(ReadOnlySpan<double> point) => Constant;
}

internal sealed record Coordinate(int Index) : Expression
{
    public override double Value(ReadOnlySpan<double> point) => point[Index];
}

internal sealed record Unary(Func<double, double> Operation, Expression Operand) : Expression
{
    public override double Value(ReadOnlySpan<double> point) => Operation(Operand.Value(point));
}

internal sealed record Binary(Func<double, double, double> Operation, Expression Left, Expression Right) : Expression
{
    public override double Value(ReadOnlySpan<double> point) => Operation(Left.Value(point), Right.Value(point));
}
