using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Formulas over values, written as they are read.</summary>
internal readonly record struct Formula(NodeReader Reader)
{
    /// <summary>f(a).</summary>
    public Value Of(ScalarFunction f, Value a)
    {
        Reader.Spend(Reader.Graph.Size(a.Node));
        return a with { Node = Reader.Graph.Elementwise(f, a.Node), Kind = ElementKind.Real };
    }

    /// <summary>a + c.</summary>
    public Value Plus(Value a, double c) => c == 0 ? a : With(BinaryFunction.Add, a, c);

    /// <summary>c a.</summary>
    public Value Times(Value a, double c) => c == 1 ? a : With(BinaryFunction.Multiply, a, c);

    /// <summary>a - b floor(a / b).</summary>
    public Value Modulo(Value a, double b) => With(BinaryFunction.Modulo, a, b);

    /// <summary>a - b.</summary>
    public Value Minus(Value a, Value b) => Broadcasting.Combine(Reader, BinaryFunction.Subtract, a, b);

    /// <summary>a b.</summary>
    public Value Product(Value a, Value b) => Broadcasting.Combine(Reader, BinaryFunction.Multiply, a, b);

    /// <summary>1 where a = b, else 0.</summary>
    public Value Equal(Value a, Value b) => Broadcasting.Combine(Reader, BinaryFunction.Equal, a, b);

    private Value With(BinaryFunction f, Value a, double c) =>
        Broadcasting.Combine(Reader, f, a, Broadcasting.Number(Reader, c));
}
