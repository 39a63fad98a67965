using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Operators that combine two or more tensors element by element. Integers are carried as doubles, exact to 2^53.</summary>
internal static class ArithmeticOperators
{
    public static Operator[] All =>
        [
            new("Add", n => [Binary(n, BinaryFunction.Add)]),
            new("Sub", n => [Binary(n, BinaryFunction.Subtract)]),
            new("Mul", n => [Binary(n, BinaryFunction.Multiply)]),
            new("Div", n => [Binary(n, BinaryFunction.Divide)]),
            new("Mod", n => [Binary(n, Remainder(n))]),
            new("Pow", n => [Power(n)]),
            new("PRelu", n => [ParametricRectifier(n)]),
            new("Min", n => [Many(n, BinaryFunction.Minimum)]),
            new("Max", n => [Many(n, BinaryFunction.Maximum)]),
            new("Sum", n => [Many(n, BinaryFunction.Add)]),
            new("Mean", n => [Mean(n)]),
        ];

    private static Value Binary(NodeReader n, BinaryFunction f) => Binary(n, f, n.Input(0), n.Input(1));

    private static Value Binary(NodeReader n, BinaryFunction f, Value a, Value b)
    {
        Folding.DemandOneKind(n, a, b);
        return a.Kind == ElementKind.Real ? Broadcasting.Combine(n, f, a, b) : Folding.Integers(n, f, a, b);
    }

    /// <summary>Of the divisor's sign, as integers are divided; of the dividend's sign with fmod.</summary>
    private static BinaryFunction Remainder(NodeReader n) =>
        n.Int("fmod", 0) != 0 ? BinaryFunction.Remainder : BinaryFunction.Modulo;

    /// <summary>A constant exponent, the same everywhere, makes a function of one variable.</summary>
    private static Value Power(NodeReader n)
    {
        Value a = n.Input(0);
        Value b = n.Input(1);
        if (a.Kind != ElementKind.Real)
        {
            return Folding.Integers(n, BinaryFunction.Power, a, b);
        }

        if (
            n.TryConstant(b)?.Elements is not { Length: > 0 } exponents
            || !Array.TrueForAll(exponents, e => e == exponents[0])
        )
        {
            return Broadcasting.Combine(n, BinaryFunction.Power, a, b);
        }

        int[] shape = Broadcasting.Common(n, a, b);
        int whole = Broadcasting.To(n, a, shape);
        int node = exponents[0] == 1 ? whole : n.Graph.Elementwise(new ConstantPower(exponents[0]), whole);
        return a with { Node = node, Shape = shape };
    }

    private static Value ParametricRectifier(NodeReader n)
    {
        Value x = n.Real(0);
        Value slope = n.Real(1);
        if (n.TryConstant(slope)?.Elements is { Length: > 0 } slopes && Array.TrueForAll(slopes, s => s == slopes[0]))
        {
            return x with { Node = n.Graph.Elementwise(new LeakyRectifier(slopes[0]), x.Node) };
        }

        int whole = Broadcasting.To(n, slope, x.Shape);
        return x with { Node = n.Graph.Combine(BinaryFunction.ParametricRectifier, x.Node, whole) };
    }

    private static Value Many(NodeReader n, BinaryFunction f)
    {
        Value result = n.Input(0);
        for (int i = 1; i < n.InputCount; i++)
        {
            result = Binary(n, f, result, n.Input(i));
        }

        return result;
    }

    private static Value Mean(NodeReader n)
    {
        n.Real(0);
        Value sum = Many(n, BinaryFunction.Add);
        return Broadcasting.Combine(n, BinaryFunction.Divide, sum, Broadcasting.Number(n, n.InputCount));
    }
}
