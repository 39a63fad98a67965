using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>A value in a formula, so that formulas are written as they are read. Shapes broadcast.</summary>
internal readonly record struct Term(NodeReader Reader, Value Value)
{
    public static Term operator +(Term a, Term b) => a.With(BinaryFunction.Add, b);

    public static Term operator -(Term a, Term b) => a.With(BinaryFunction.Subtract, b);

    public static Term operator *(Term a, Term b) => a.With(BinaryFunction.Multiply, b);

    public static Term operator /(Term a, Term b) => a.With(BinaryFunction.Divide, b);

    public static Term operator +(Term a, double b) => b == 0 ? a : a + a.Number(b);

    public static Term operator -(Term a, double b) => a + -b;

    public static Term operator *(Term a, double b) => b == 1 ? a : a * a.Number(b);

    public static Term operator /(Term a, double b) => a / a.Number(b);

    /// <summary>f(a).</summary>
    public Term Of(ScalarFunction f)
    {
        Reader.Spend(Reader.Graph.Size(Value.Node));
        return this with { Value = Value with { Node = Reader.Graph.Elementwise(f, Value.Node) } };
    }

    /// <summary>a - b floor(a / b).</summary>
    public Term Modulo(double b) => With(BinaryFunction.Modulo, Number(b));

    /// <summary>1 where a = b, else 0.</summary>
    public Term Matches(Term b) => With(BinaryFunction.Equal, b);

    private Term Number(double number) => this with { Value = Broadcasting.Number(Reader, number) };

    private Term With(BinaryFunction f, Term other) =>
        this with
        {
            Value = Broadcasting.Combine(Reader, f, Value, other.Value),
        };
}
