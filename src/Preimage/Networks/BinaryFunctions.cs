namespace Preimage.Networks;

/// <summary>Value and partial derivatives of every <see cref="BinaryFunction"/>.</summary>
internal static class BinaryFunctions
{
    /// <summary>f(a, b).</summary>
    public static double Value(BinaryFunction f, double a, double b) =>
        f switch
        {
            BinaryFunction.Add => a + b,
            BinaryFunction.Subtract => a - b,
            BinaryFunction.Multiply => a * b,
            BinaryFunction.Divide => a / b,
            BinaryFunction.Power => Math.Pow(a, b),
            BinaryFunction.Minimum => Math.Min(a, b),
            BinaryFunction.Maximum => Math.Max(a, b),
            BinaryFunction.ParametricRectifier => a >= 0 ? a : b * a,
            BinaryFunction.Equal => a == b ? 1 : 0,
            BinaryFunction.Less => a < b ? 1 : 0,
            BinaryFunction.LessOrEqual => a <= b ? 1 : 0,
            BinaryFunction.Modulo => Modulo(a, b),
            BinaryFunction.Remainder => a % b,
        };

    /// <summary>df/da; at a kink the side of the first operand.</summary>
    public static double FirstDerivative(BinaryFunction f, double a, double b) =>
        f switch
        {
            BinaryFunction.Add => 1,
            BinaryFunction.Subtract => 1,
            BinaryFunction.Multiply => b,
            BinaryFunction.Divide => 1 / b,
            BinaryFunction.Power => b == 0 ? 0 : b * Math.Pow(a, b - 1),
            BinaryFunction.Minimum => a <= b ? 1 : 0,
            BinaryFunction.Maximum => a >= b ? 1 : 0,
            BinaryFunction.ParametricRectifier => a > 0 ? 1 : b,
            BinaryFunction.Equal or BinaryFunction.Less or BinaryFunction.LessOrEqual => 0,
            BinaryFunction.Modulo or BinaryFunction.Remainder => 1,
        };

    /// <summary>df/db; at a kink the side of the first operand.</summary>
    public static double SecondDerivative(BinaryFunction f, double a, double b) =>
        f switch
        {
            BinaryFunction.Add => 1,
            BinaryFunction.Subtract => -1,
            BinaryFunction.Multiply => a,
            BinaryFunction.Divide => -a / (b * b),
            BinaryFunction.Power => a == 0 ? 0 : Math.Pow(a, b) * Math.Log(a),
            BinaryFunction.Minimum => a <= b ? 0 : 1,
            BinaryFunction.Maximum => a >= b ? 0 : 1,
            BinaryFunction.ParametricRectifier => a >= 0 ? 0 : a,
            BinaryFunction.Equal or BinaryFunction.Less or BinaryFunction.LessOrEqual => 0,
            BinaryFunction.Modulo => -Math.Floor(a / b),
            BinaryFunction.Remainder => -Math.Truncate(a / b),
        };

    /// <summary>The remainder of the sign of b; exact, as the remainder of the sign of a is.</summary>
    private static double Modulo(double a, double b)
    {
        double remainder = a % b;
        return remainder != 0 && remainder < 0 != b < 0 ? remainder + b : remainder;
    }
}
