using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Normalisations by mean and variance.</summary>
internal static class MomentOperators
{
    private const double Epsilon = 1e-5;

    public static Operator[] All =>
        [
            new(
                "BatchNormalization",
                BatchNormalizations.Normalize,
                "statistics are constant, made in the network, or those of the batch"
            ),
            new("InstanceNormalization", n => [InstanceNormalization(n)]),
            new("GroupNormalization", n => [GroupNormalization(n)]),
            new("LayerNormalization", LayerNormalization),
            new("RMSNormalization", n => RootMeanSquare(n)[..1]),
            new("SimplifiedLayerNormalization", RootMeanSquare),
            new("MeanVarianceNormalization", n => [MeanVariance(n)]),
        ];

    /// <summary>scale (x - mean) / sqrt(variance + epsilon) + bias over the axes from the named one on; also gives mean and 1 / sqrt(variance + epsilon).</summary>
    private static Value[] LayerNormalization(NodeReader n)
    {
        Value x = n.Real(0);
        int axis = n.Axis(n.Int("axis", -1), x.Rank);
        Normalized normal = Moments.Normalize(n, x, axis, n.Float("epsilon", Epsilon));
        Value result = Moments.Affine(n, normal.Result, n.Real(1), n.Has(2) ? n.Real(2) : null);
        return [result, normal.Mean, normal.Inverse];
    }

    /// <summary>scale x / sqrt(mean(x^2) + epsilon), and 1 / sqrt(mean(x^2) + epsilon).</summary>
    public static Value[] RootMeanSquare(NodeReader n)
    {
        Value x = n.Real(0);
        int axis = n.Axis(n.Int("axis", -1), x.Rank);
        Normalized normal = Moments.Normalize(n, x, axis, n.Float("epsilon", Epsilon), centred: false);
        return [Moments.Affine(n, normal.Result, n.Real(1), null), normal.Inverse];
    }

    /// <summary>Each plane of each sample by itself.</summary>
    private static Value InstanceNormalization(NodeReader n)
    {
        Value x = Channelled(n);
        int[] along = [x.Shape[1], .. Enumerable.Repeat(1, x.Rank - 2)];
        Value result = Moments.Normalize(n, x, 2, n.Float("epsilon", Epsilon)).Result;
        return Moments.Affine(n, result, Moments.Parameter(n, 1, along), Moments.Parameter(n, 2, along));
    }

    /// <summary>Channels in groups; before opset 21 each group has one scale and bias, from then on each channel.</summary>
    private static Value GroupNormalization(NodeReader n)
    {
        Value x = Channelled(n);
        long groups = n.Int("num_groups", 0);
        if (groups < 1 || x.Shape[1] % groups != 0)
        {
            throw n.Fail($"splits {x.Shape[1]} channels into {groups} groups, which does not divide them");
        }

        Value grouped = x.In([x.Shape[0], (int)groups, x.Shape[1] / (int)groups, Shapes.Product(x.Shape.AsSpan(2))]);
        Value result = Moments.Normalize(n, grouped, 2, n.Float("epsilon", Epsilon)).Result;
        int[] along = n.Opset < 21 ? [grouped.Shape[1], 1, 1] : [grouped.Shape[1], grouped.Shape[2], 1];
        return Moments.Affine(n, result, Moments.Parameter(n, 1, along), Moments.Parameter(n, 2, along)).In(x.Shape);
    }

    /// <summary>(x - mean) / (sqrt(variance) + 1e-9) over the axes, [0, 2, 3] where none are named.</summary>
    private static Value MeanVariance(NodeReader n)
    {
        Value x = n.Real(0);
        int[] axes = [.. (n.Ints("axes") ?? [0, 2, 3]).Select(a => n.Axis(a, x.Rank)).Distinct().Order()];
        int[] kept = [.. Enumerable.Range(0, x.Rank).Except(axes)];
        int[] order = [.. kept, .. axes];
        Value turned = Broadcasting.Permute(n, x, order);
        Normalized normal = Moments.Normalize(n, turned, kept.Length, 0);
        Value centred = Broadcasting.Combine(n, BinaryFunction.Subtract, turned, normal.Mean);
        Value deviation = normal.Variance with { Node = n.Graph.Elementwise(new SquareRoot(), normal.Variance.Node) };
        deviation = Broadcasting.Combine(n, BinaryFunction.Add, deviation, Broadcasting.Number(n, 1e-9));
        Value result = Broadcasting.Combine(n, BinaryFunction.Divide, centred, deviation);
        return Broadcasting.Permute(n, result, [.. Enumerable.Range(0, x.Rank).Select(i => Array.IndexOf(order, i))]);
    }

    private static Value Channelled(NodeReader n)
    {
        Value x = n.Real(0);
        return x.Rank >= 2
            ? x
            : throw n.Fail($"takes a tensor of shape {Shapes.Text(x.Shape)}, where a channel axis 1 is needed");
    }
}
