using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Arithmetic on integers and booleans, and on constants while reading.</summary>
internal static class Folding
{
    /// <summary>f of two values, of which the first says the type of the result; integers divide towards zero.</summary>
    public static Value Integers(NodeReader n, BinaryFunction f, Value a, Value b)
    {
        if (
            f is BinaryFunction.Divide or BinaryFunction.Modulo or BinaryFunction.Remainder
            && n.TryConstant(b)?.Elements.Contains(0) == true
        )
        {
            throw n.Fail("divides integers by zero");
        }

        Value result = Broadcasting.Combine(n, f, a, b);
        return result with
        {
            Kind = a.Kind,
            Type = a.Type,
            Node = f is BinaryFunction.Divide or BinaryFunction.Power
                ? n.Graph.Elementwise(new Truncate(), result.Node)
                : result.Node,
        };
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

    /// <summary>Any function of two constants that broadcast together; of the first one's type.</summary>
    public static Value Combine(NodeReader n, Value a, Value b, Func<double, double, double> f)
    {
        Foldable(n, a);
        Foldable(n, b);
        int[] shape = Broadcasting.Common(n, a, b);
        double[] x = n.Graph.ConstantValue(Broadcasting.To(n, a, shape))!;
        double[] y = n.Graph.ConstantValue(Broadcasting.To(n, b, shape))!;
        return n.Make(shape, [.. x.Zip(y, f)], a.Kind) with { Type = a.Type };
    }

    /// <summary>Any function of the elements of a constant.</summary>
    public static Value Elementwise(NodeReader n, Value a, Func<double, double> f)
    {
        Tensor tensor = Foldable(n, a);
        n.Spend(tensor.Elements.Length);
        return a with { Node = n.Graph.Constant(Array.ConvertAll(tensor.Elements, e => f(e))) };
    }

    /// <summary>The value as a constant; refused where it depends on the network's input.</summary>
    public static Tensor Foldable(NodeReader n, Value value) =>
        n.TryConstant(value)
        ?? throw n.Fail(
            "depends on the network's input here, where it is not differentiable; it is supported on constants only"
        );
}
