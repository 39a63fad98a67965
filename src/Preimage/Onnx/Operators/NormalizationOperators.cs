using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Softmax and normalisations.</summary>
internal static class NormalizationOperators
{
    public static Operator[] All =>
        [
            new("Softmax", n => [Softmax(n, logarithm: false)]),
            new("LogSoftmax", n => [Softmax(n, logarithm: true)]),
            new("BatchNormalization", n => [BatchNormalization(n)], "inference only, statistics are constant"),
            new("LayerNormalization", LayerNormalization),
        ];

    /// <summary>Before opset 13 all axes from the named one on are one; from then on it is the named one alone.</summary>
    private static Value Softmax(NodeReader n, bool logarithm)
    {
        Value x = n.Real(0);
        if (x.Rank == 0 || n.Graph.Size(x.Node) == 0)
        {
            throw n.Fail($"takes a tensor of shape {Shapes.Text(x.Shape)}, where an axis with elements is needed");
        }

        bool flat = n.Opset < 13;
        int axis = n.Axis(n.Int("axis", flat ? 1 : -1), x.Rank, inclusive: flat);
        int outer = Shapes.Product(x.Shape.AsSpan(0, axis));
        int count = flat ? Shapes.Product(x.Shape.AsSpan(axis)) : x.Shape[axis];
        int inner = flat ? 1 : Shapes.Product(x.Shape.AsSpan(axis + 1));
        n.Spend(n.Graph.Size(x.Node));
        int node = logarithm
            ? n.Graph.LogSoftmax(outer, count, inner, x.Node)
            : n.Graph.Softmax(outer, count, inner, x.Node);
        return x with { Node = node };
    }

    /// <summary>scale (x - mean) / sqrt(variance + epsilon) + bias along axis 1, as s x + t.</summary>
    private static Value BatchNormalization(NodeReader n)
    {
        Value x = n.Real(0);
        if (n.Int("training_mode", 0) != 0 || n.Int("spatial", 1) != 1)
        {
            throw n.Fail("normalises by the statistics of a batch; export the model for inference");
        }

        if (x.Rank < 2)
        {
            throw n.Fail($"takes a tensor of shape {Shapes.Text(x.Shape)}, where a channel axis 1 is needed");
        }

        int channels = x.Shape[1];
        double[][] parameters = [.. Enumerable.Range(1, 4).Select(i => n.Constant(i).Elements)];
        if (parameters.Any(p => p.Length != channels))
        {
            throw n.Fail($"has parameters that do not fit its {channels} channels");
        }

        double epsilon = n.Float("epsilon", 1e-5);
        double[] factor = new double[channels];
        double[] offset = new double[channels];
        for (int i = 0; i < channels; i++)
        {
            factor[i] = parameters[0][i] / Math.Sqrt(parameters[3][i] + epsilon);
            offset[i] = parameters[1][i] - parameters[2][i] * factor[i];
            if (!double.IsFinite(factor[i]) || !double.IsFinite(offset[i]))
            {
                throw n.Fail($"has a variance {parameters[3][i]:R} in channel {i}, which cannot be divided by");
            }
        }

        int[] along = [channels, .. Enumerable.Repeat(1, x.Rank - 2)];
        Value scaled = Broadcasting.Combine(n, BinaryFunction.Multiply, x, new Value(n.Graph.Constant(factor), along));
        return Broadcasting.Combine(n, BinaryFunction.Add, scaled, new Value(n.Graph.Constant(offset), along));
    }

    /// <summary>scale (x - mean) / sqrt(variance + epsilon) + bias over the axes from the named one on; also gives mean and 1 / sqrt(variance + epsilon).</summary>
    private static Value[] LayerNormalization(NodeReader n)
    {
        Value x = n.Real(0);
        int axis = n.Axis(n.Int("axis", -1), x.Rank);
        int outer = Shapes.Product(x.Shape.AsSpan(0, axis));
        int count = Shapes.Product(x.Shape.AsSpan(axis));
        if (count == 0)
        {
            throw n.Fail("normalises over no elements");
        }

        int[] reduced = [.. x.Shape.AsSpan(0, axis), .. Enumerable.Repeat(1, x.Rank - axis)];
        Value mean = new(n.Graph.Reduce(new Reduce(Reduction.Mean, outer, count, 1), x.Node), reduced);
        Value centred = Broadcasting.Combine(n, BinaryFunction.Subtract, x, mean);
        int squares = n.Graph.Elementwise(new ConstantPower(2), centred.Node);
        Value variance = new(n.Graph.Reduce(new Reduce(Reduction.Mean, outer, count, 1), squares), reduced);
        Value shifted = Broadcasting.Combine(
            n,
            BinaryFunction.Add,
            variance,
            Broadcasting.Number(n, n.Float("epsilon", 1e-5))
        );
        Value inverse = shifted with { Node = n.Graph.Elementwise(new ConstantPower(-0.5), shifted.Node) };
        Value result = Broadcasting.Combine(n, BinaryFunction.Multiply, centred, inverse);
        result = Broadcasting.Combine(n, BinaryFunction.Multiply, result, n.Real(1));
        if (n.Has(2))
        {
            result = Broadcasting.Combine(n, BinaryFunction.Add, result, n.Real(2));
        }

        return [result, mean, inverse];
    }
}
