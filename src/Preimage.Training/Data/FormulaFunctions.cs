namespace Preimage.Training.Data;

/// <summary>The constants, operations and functions of formulas, with their derivatives.</summary>
internal static class FormulaFunctions
{
    public static readonly TwoOperands Plus = new((x, y) => x + y, (_, _) => 1, (_, _) => 1);
    public static readonly TwoOperands Minus = new((x, y) => x - y, (_, _) => 1, (_, _) => -1);
    public static readonly TwoOperands Times = new((x, y) => x * y, (_, y) => y, (x, _) => x);
    public static readonly TwoOperands Over = new((x, y) => x / y, (_, y) => 1 / y, (x, y) => -x / (y * y));
    public static readonly TwoOperands Power = new(
        Math.Pow,
        (x, y) => y * Math.Pow(x, y - 1),
        (x, y) => Math.Pow(x, y) * Math.Log(x)
    );
    public static readonly OneOperand Negative = new(x => -x, _ => -1);

    public static readonly Dictionary<string, double> Constants = new(StringComparer.Ordinal)
    {
        ["pi"] = Math.PI,
        ["e"] = Math.E,
    };

    public static readonly Dictionary<string, OneOperand> OneArgument = new(StringComparer.Ordinal)
    {
        ["exp"] = new(Math.Exp, Math.Exp),
        ["log"] = new(Math.Log, x => 1 / x),
        ["ln"] = new(Math.Log, x => 1 / x),
        ["sqrt"] = new(Math.Sqrt, x => 0.5 / Math.Sqrt(x)),
        ["abs"] = new(Math.Abs, x => Math.Sign(x)),
        ["sin"] = new(Math.Sin, Math.Cos),
        ["cos"] = new(Math.Cos, x => -Math.Sin(x)),
        ["tan"] = new(Math.Tan, x => 1 + Square(Math.Tan(x))),
        ["asin"] = new(Math.Asin, x => 1 / Math.Sqrt(1 - x * x)),
        ["acos"] = new(Math.Acos, x => -1 / Math.Sqrt(1 - x * x)),
        ["atan"] = new(Math.Atan, x => 1 / (1 + x * x)),
        ["sinh"] = new(Math.Sinh, Math.Cosh),
        ["cosh"] = new(Math.Cosh, Math.Sinh),
        ["tanh"] = new(Math.Tanh, x => 1 - Square(Math.Tanh(x))),
        ["step"] = new(x => x > 0 ? 1 : 0, _ => 0),
    };

    public static readonly Dictionary<string, TwoOperands> TwoArguments = new(StringComparer.Ordinal)
    {
        ["min"] = new(Math.Min, (x, y) => x <= y ? 1 : 0, (x, y) => x <= y ? 0 : 1),
        ["max"] = new(Math.Max, (x, y) => x >= y ? 1 : 0, (x, y) => x >= y ? 0 : 1),
        ["pow"] = Power,
        ["atan2"] = new(Math.Atan2, (y, x) => x / (x * x + y * y), (y, x) => -y / (x * x + y * y)),
    };

    /// <summary>Every function's name, for sentences.</summary>
    public static string Names => string.Join(", ", OneArgument.Keys.Concat(TwoArguments.Keys));

    private static double Square(double x) => x * x;
}
