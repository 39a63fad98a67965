using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Operators that combine two or more tensors element by element.</summary>
internal static class ArithmeticOperators
{
    public static Operator[] All =>
        [
            new("Add", n => [Binary(n, BinaryFunction.Add)]),
            new("Sub", n => [Binary(n, BinaryFunction.Subtract)]),
            new("Mul", n => [Binary(n, BinaryFunction.Multiply)]),
            new("Div", n => [Binary(n, BinaryFunction.Divide)]),
            new("Pow", n => [Power(n)]),
            new("PRelu", n => [ParametricRectifier(n)]),
            new("Min", n => [Many(n, BinaryFunction.Minimum)]),
            new("Max", n => [Many(n, BinaryFunction.Maximum)]),
            new("Sum", n => [Many(n, BinaryFunction.Add)]),
            new("Mean", n => [Mean(n)]),
            new("Where", n => [Where(n)], "the condition is constant"),
        ];

    private static Value Binary(NodeReader n, BinaryFunction f) => Binary(n, f, n.Input(0), n.Input(1));

    private static Value Binary(NodeReader n, BinaryFunction f, Value a, Value b)
    {
        Folding.DemandOneKind(n, a, b);
        return a.Kind == ElementKind.Real ? Broadcasting.Combine(n, f, a, b) : Folding.Integers(n, f, a, b);
    }

    /// <summary>A constant exponent, the same everywhere, makes a function of one variable.</summary>
    private static Value Power(NodeReader n)
    {
        Value a = n.Input(0);
        Value b = n.Input(1);
        if (a.Kind != ElementKind.Real)
        {
            return Folding.Integers(n, BinaryFunction.Power, a, b);
        }

        b = b with { Kind = ElementKind.Real };
        if (
            n.TryConstant(b)?.Elements is not { Length: > 0 } exponents
            || !Array.TrueForAll(exponents, e => e == exponents[0])
        )
        {
            return Broadcasting.Combine(n, BinaryFunction.Power, a, b);
        }

        int[] shape = Broadcasting.Common(n, a, b);
        int whole = Broadcasting.To(n, a, shape);
        return new Value(
            exponents[0] == 1 ? whole : n.Graph.Elementwise(new ConstantPower(exponents[0]), whole),
            shape
        );
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

    /// <summary>A constant condition selects from both branches laid side by side.</summary>
    private static Value Where(NodeReader n)
    {
        Tensor condition = n.Constant(0);
        Value a = n.Input(1);
        Value b = n.Input(2);
        Folding.DemandOneKind(n, a, b);
        int[] branches = Broadcasting.Common(n, a, b);
        var whole = new Value(n.Input(0).Node, condition.Shape);
        int[] shape = Broadcasting.Common(n, whole, new Value(a.Node, branches));
        double[] choice = n.Graph.ConstantValue(Broadcasting.To(n, whole, shape))!;
        int left = Broadcasting.To(n, a, shape);
        int right = Broadcasting.To(n, b, shape);
        n.Spend(2L * choice.Length);
        int both = n.Graph.Concatenate(1, [left, right]);
        int[] sources = new int[choice.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i] = choice[i] != 0 ? i : i + sources.Length;
        }

        return new Value(n.Graph.Select(sources, both), shape, a.Kind);
    }
}
