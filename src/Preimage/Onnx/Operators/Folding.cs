using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Arithmetic that is done while reading only: on integers and booleans, where nothing depends on the network's input.</summary>
internal static class Folding
{
    /// <summary>f of two constants, of which the first says the type of the result; integers divide towards zero.</summary>
    public static Value Integers(NodeReader n, BinaryFunction f, Value a, Value b)
    {
        ElementKind kind = a.Kind;
        return Combine(
            n,
            a,
            b,
            kind,
            (x, y) =>
                f switch
                {
                    BinaryFunction.Divide when y == 0 => throw n.Fail("divides integers by zero"),
                    BinaryFunction.Divide => Math.Truncate(x / y),
                    BinaryFunction.Power => Math.Truncate(Math.Pow(x, y)),
                    _ => BinaryFunctions.Value(f, x, y),
                }
        );
    }

    /// <summary>Refuses two operands of different kinds, which the format does not allow (but for a power's exponent).</summary>
    public static void DemandOneKind(NodeReader n, Value a, Value b)
    {
        if (a.Kind != b.Kind)
        {
            throw n.Fail(
                $"combines elements of type {a.Kind.ToString().ToLowerInvariant()} and {b.Kind.ToString().ToLowerInvariant()}, which is not valid; cast one of them"
            );
        }
    }

    /// <summary>Any function of two constants that broadcast together.</summary>
    public static Value Combine(NodeReader n, Value a, Value b, ElementKind kind, Func<double, double, double> f)
    {
        Foldable(n, a);
        Foldable(n, b);
        int[] shape = Broadcasting.Common(n, a, b);
        double[] x = n.Graph.ConstantValue(Broadcasting.To(n, a, shape))!;
        double[] y = n.Graph.ConstantValue(Broadcasting.To(n, b, shape))!;
        double[] result = new double[x.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = f(x[i], y[i]);
        }

        return n.Make(shape, result, kind);
    }

    /// <summary>Any function of the elements of a constant.</summary>
    public static Value Elementwise(NodeReader n, Value a, ElementKind kind, Func<double, double> f)
    {
        Tensor tensor = Foldable(n, a);
        n.Spend(tensor.Elements.Length);
        return n.Make(tensor.Shape, Array.ConvertAll(tensor.Elements, e => f(e)), kind);
    }

    /// <summary>The value as a constant; refused where it depends on the network's input.</summary>
    public static Tensor Foldable(NodeReader n, Value value) =>
        n.TryConstant(value)
        ?? throw n.Fail(
            "depends on the network's input here, where it is not differentiable; it is supported on constants only"
        );
}
