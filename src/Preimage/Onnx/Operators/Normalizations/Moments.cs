using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>What a normalisation gives.</summary>
/// <param name="Result">The normalised tensor, in the shape that it had.</param>
/// <param name="Mean">The mean of each line, 0 where it is not taken away.</param>
/// <param name="Variance">The mean square of each line after that.</param>
/// <param name="Inverse">1 / sqrt(variance + epsilon).</param>
internal sealed record Normalized(Value Result, Value Mean, Value Variance, Value Inverse);

/// <summary>Normalisation by mean and variance, as elementary operations: each line is what stands behind the leading axes.</summary>
internal static class Moments
{
    /// <summary>(x - mean) / sqrt(variance + epsilon); the statistics have the leading axes of x and ones.  centred: whether the mean is taken away.</summary>
    public static Normalized Normalize(NodeReader n, Value x, int leading, double epsilon, bool centred = true)
    {
        int outer = Shapes.Product(x.Shape.AsSpan(0, leading));
        int count = Shapes.Product(x.Shape.AsSpan(leading));
        if (outer == 0 || count == 0)
        {
            throw n.Fail($"normalises a tensor of shape {Shapes.Text(x.Shape)}, which has no elements");
        }

        n.Spend(2L * n.Graph.Size(x.Node) + 4L * outer);
        int[] reduced = [.. x.Shape.AsSpan(0, leading), .. Enumerable.Repeat(1, x.Rank - leading)];
        Value mean = Broadcasting.Number(n, 0);
        Value shifted = x;
        if (centred)
        {
            mean = new Value(n.Graph.Reduce(new Reduce(Reduction.Mean, outer, count, 1), x.Node), reduced);
            shifted = Broadcasting.Combine(n, BinaryFunction.Subtract, x, mean);
        }

        int squares = n.Graph.Elementwise(new ConstantPower(2), shifted.Node);
        Value variance = new(n.Graph.Reduce(new Reduce(Reduction.Mean, outer, count, 1), squares), reduced);
        Value room = Broadcasting.Combine(n, BinaryFunction.Add, variance, Broadcasting.Number(n, epsilon));
        Value inverse = room with { Node = n.Graph.Elementwise(new ConstantPower(-0.5), room.Node) };
        Value result = Broadcasting.Combine(n, BinaryFunction.Multiply, shifted, inverse);
        return new Normalized(result, mean, variance, inverse);
    }

    /// <summary>scale x + bias, which broadcast to x; without bias where it is null.</summary>
    public static Value Affine(NodeReader n, Value x, Value scale, Value? bias)
    {
        Value scaled = Scaled(n, BinaryFunction.Multiply, x, scale);
        return bias is null ? scaled : Scaled(n, BinaryFunction.Add, scaled, bias);
    }

    private static Value Scaled(NodeReader n, BinaryFunction f, Value x, Value parameter) =>
        Broadcasting.Common(n, x, parameter).AsSpan().SequenceEqual(x.Shape)
            ? Broadcasting.Combine(n, f, x, parameter)
            : throw n.Fail(
                $"has parameters of shape {Shapes.Text(parameter.Shape)}, which do not broadcast to {Shapes.Text(x.Shape)}"
            );

    /// <summary>An input of parameters, in the shape that they are used in.</summary>
    public static Value Parameter(NodeReader n, int i, int[] shape)
    {
        Value parameter = n.Real(i);
        return n.Graph.Size(parameter.Node) == Shapes.Product(shape)
            ? parameter.In(shape)
            : throw n.Fail(
                $"has an input {i + 1} of shape {Shapes.Text(parameter.Shape)}, where {Shapes.Product(shape)} elements are needed"
            );
    }
}
