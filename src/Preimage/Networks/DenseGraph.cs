namespace Preimage.Networks;

/// <summary>A dense network as a graph: each layer is a matrix product, a sum and a function.</summary>
internal static class DenseGraph
{
    /// <summary>The graph of a dense network.</summary>
    public static Graph From(DenseNetwork network)
    {
        var graph = new GraphBuilder(network.Inputs);
        int value = GraphBuilder.Input;
        List<NamedNode> tensors = [new("input", value, [network.Inputs])];
        foreach (DenseLayer layer in network.Layers)
        {
            int product = graph.MatrixMultiply(
                new MatrixMultiply(1, 1, layer.Inputs, layer.Outputs),
                value,
                graph.Constant(Transposed(layer))
            );
            int sum = graph.Combine(BinaryFunction.Add, product, graph.Constant([.. layer.Biases]));
            value = graph.Elementwise(layer.Activation, sum);
            int number = (tensors.Count + 1) / 2;
            tensors.Add(new NamedNode($"layer{number}.sum", sum, [layer.Outputs]));
            tensors.Add(new NamedNode($"layer{number}.output", value, [layer.Outputs]));
        }

        value = network.Head switch
        {
            DenseHead.None => value,
            DenseHead.Softmax => graph.Softmax(1, network.Outputs, 1, value),
            DenseHead.LogSoftmax => graph.LogSoftmax(1, network.Outputs, 1, value),
        };
        return graph.Build(value, tensors);
    }

    private static double[] Transposed(DenseLayer layer)
    {
        double[] transposed = new double[layer.Weights.Length];
        for (int i = 0; i < layer.Outputs; i++)
        {
            for (int j = 0; j < layer.Inputs; j++)
            {
                transposed[j * layer.Outputs + i] = layer.Weights[i * layer.Inputs + j];
            }
        }

        return transposed;
    }
}
