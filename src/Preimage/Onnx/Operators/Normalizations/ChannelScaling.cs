using System.Collections.Immutable;
using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Recognises that what is scaled channel by channel comes straight from constant weights, which can be scaled instead.</summary>
internal static class ChannelScaling
{
    /// <summary>
    /// factor_c x_c + offset_c as one convolution or matrix product with bias, or null where x is none with constant weights.
    /// factor, offset: [channels], channels being axis 1 of x.
    /// </summary>
    public static Value? TryFold(NodeReader n, Value x, double[] factor, double[] offset)
    {
        GraphBuilder graph = n.Graph;
        switch (graph.OperationOf(x.Node))
        {
            case Convolve shape when IsWhole(shape, x):
                return TryConvolution(n, x, shape, factor, offset);
            case MatrixMultiply product when IsWhole(product, x):
                return TryProduct(n, x, x.Node, offset, factor);
            case Combine(BinaryFunction.Add):
                ImmutableArray<int> terms = graph.OperandsOf(x.Node);
                bool isAffine =
                    graph.OperationOf(terms[0]) is MatrixMultiply inner
                    && IsWhole(inner, x)
                    && graph.ConstantValue(terms[1]) is not null;
                return isAffine ? TryProduct(n, x, terms[0], Shifted(graph, terms[1], factor, offset), factor) : null;
            default:
                return null;
        }
    }

    private static Value? TryConvolution(NodeReader n, Value x, Convolve shape, double[] factor, double[] offset)
    {
        ImmutableArray<int> operands = n.Graph.OperandsOf(x.Node);
        double[]? weights = n.Graph.ConstantValue(operands[1]);
        double[]? bias = operands.Length > 2 ? n.Graph.ConstantValue(operands[2]) : new double[factor.Length];
        if (weights is null || bias is null)
        {
            return null;
        }

        n.Spend(weights.Length + (long)n.Graph.Size(x.Node));
        int perChannel = weights.Length / factor.Length;
        double[] scaled = [.. weights.Select((w, i) => w * factor[i / perChannel])];
        double[] shifted = [.. bias.Select((b, i) => b * factor[i] + offset[i])];
        int node = n.Graph.Convolve(shape, operands[0], n.Graph.Constant(scaled), n.Graph.Constant(shifted));
        return x with { Node = node };
    }

    /// <summary>(a w) factor + bias; bias: [channels] or one for each element.</summary>
    private static Value? TryProduct(NodeReader n, Value x, int product, double[] bias, double[] factor)
    {
        ImmutableArray<int> operands = n.Graph.OperandsOf(product);
        if (n.Graph.ConstantValue(operands[1]) is not { } weights)
        {
            return null;
        }

        n.Spend(weights.Length + 2L * n.Graph.Size(x.Node));
        double[] scaled = [.. weights.Select((w, i) => w * factor[i % factor.Length])];
        int node = n.Graph.MatrixMultiply(
            (MatrixMultiply)n.Graph.OperationOf(product),
            operands[0],
            n.Graph.Constant(scaled)
        );
        var along = new Value(n.Graph.Constant(bias), bias.Length == factor.Length ? [bias.Length] : x.Shape);
        return Broadcasting.Combine(n, BinaryFunction.Add, x with { Node = node }, along);
    }

    private static double[] Shifted(GraphBuilder graph, int bias, double[] factor, double[] offset) =>
        [.. graph.ConstantValue(bias)!.Select((b, i) => b * factor[i % factor.Length] + offset[i % factor.Length])];

    private static bool IsWhole(Convolve shape, Value x) =>
        x.Shape.AsSpan().SequenceEqual([shape.Batch, shape.OutputChannels, .. shape.Window.Positions]);

    private static bool IsWhole(MatrixMultiply product, Value x) =>
        product.Batch == 1 && x.Shape.AsSpan().SequenceEqual([product.Rows, product.Columns]);
}
