using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>BatchNormalization: with stored statistics an affine map of each channel, folded into a convolution or matrix product before it.</summary>
internal static class BatchNormalizations
{
    /// <summary>scale (x - mean) / sqrt(variance + epsilon) + bias along axis 1; in training by the statistics of the batch, which it then gives too.</summary>
    public static Value[] Normalize(NodeReader n)
    {
        Value x = n.Real(0);
        if (n.Int("spatial", 1) != 1)
        {
            throw n.Fail(
                "normalises every element by itself (spatial = 0), which is not supported; export with opset 9"
            );
        }

        if (x.Rank == 0 || n.Graph.Size(x.Node) == 0)
        {
            throw n.Fail($"takes a tensor of shape {Shapes.Text(x.Shape)}, where a channel axis 1 is needed");
        }

        int channels = x.Rank == 1 ? 1 : x.Shape[1];
        for (int i = 1; i <= 4; i++)
        {
            if (n.Graph.Size(n.Real(i).Node) != channels)
            {
                throw n.Fail($"has parameters that do not fit its {channels} channels");
            }
        }

        return n.Int("training_mode", 0) != 0 ? ByBatch(n, x, channels)
            : Enumerable.Range(1, 4).All(i => n.TryConstant(n.Real(i)) is not null) ? [ByStatistics(n, x, channels)]
            : [ByVaryingStatistics(n, x, channels)];
    }

    private static Value ByStatistics(NodeReader n, Value x, int channels)
    {
        double[][] parameters = [.. Enumerable.Range(1, 4).Select(i => n.Constant(i).Elements)];
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

        if (ChannelScaling.TryFold(n, x, factor, offset) is { } folded)
        {
            return folded;
        }

        int[] along = Along(x, channels);
        Value scaled = Broadcasting.Combine(n, BinaryFunction.Multiply, x, new Value(n.Graph.Constant(factor), along));
        return Broadcasting.Combine(n, BinaryFunction.Add, scaled, new Value(n.Graph.Constant(offset), along));
    }

    /// <summary>By statistics that are made in the network itself, as exporters of layer normalisations do.</summary>
    private static Value ByVaryingStatistics(NodeReader n, Value x, int channels)
    {
        n.Spend(4L * n.Graph.Size(x.Node));
        int[] along = Along(x, channels);
        Value shifted = Broadcasting.Combine(n, BinaryFunction.Subtract, x, n.Real(3).In(along));
        Value epsilon = Broadcasting.Number(n, n.Float("epsilon", 1e-5));
        Value room = Broadcasting.Combine(n, BinaryFunction.Add, n.Real(4), epsilon);
        Value inverse = room with { Node = n.Graph.Elementwise(new ConstantPower(-0.5), room.Node) };
        Value factor = Broadcasting.Combine(n, BinaryFunction.Multiply, n.Real(1), inverse).In(along);
        Value scaled = Broadcasting.Combine(n, BinaryFunction.Multiply, shifted, factor);
        return Broadcasting.Combine(n, BinaryFunction.Add, scaled, n.Real(2).In(along));
    }

    /// <summary>Mean and variance over all axes but the channels; the running ones move towards them by 1 - momentum.</summary>
    private static Value[] ByBatch(NodeReader n, Value x, int channels)
    {
        Value first = x.Rank < 2 ? x.In([x.Shape[0], 1]) : x;
        int[] order = [1, 0, .. Enumerable.Range(2, first.Rank - 2)];
        Value turned = Broadcasting.Permute(n, first, order);
        Normalized normal = Moments.Normalize(n, turned, 1, n.Float("epsilon", 1e-5));
        Value result = Broadcasting.Permute(n, normal.Result, order).In(x.Shape);
        int[] along = Along(x, channels);
        result = Broadcasting.Combine(n, BinaryFunction.Multiply, result, n.Real(1).In(along));
        result = Broadcasting.Combine(n, BinaryFunction.Add, result, n.Real(2).In(along));
        return
        [
            result,
            Running(n, n.Real(3), normal.Mean.In([channels])),
            Running(n, n.Real(4), normal.Variance.In([channels])),
        ];
    }

    private static Value Running(NodeReader n, Value old, Value current)
    {
        double momentum = n.Float("momentum", 0.9);
        Value kept = Broadcasting.Combine(n, BinaryFunction.Multiply, old, Broadcasting.Number(n, momentum));
        Value added = Broadcasting.Combine(n, BinaryFunction.Multiply, current, Broadcasting.Number(n, 1 - momentum));
        return Broadcasting.Combine(n, BinaryFunction.Add, kept, added);
    }

    private static int[] Along(Value x, int channels) => [channels, .. Enumerable.Repeat(1, Math.Max(0, x.Rank - 2))];
}
