namespace Preimage.Networks;

/// <summary>Recognises functions of one variable that exporters write as several operations, while a graph is being made.</summary>
internal static class Fusion
{
    /// <summary>The node of f(a, b) as one elementwise function, or null when it is none of the known forms.</summary>
    public static int? TryFuse(GraphBuilder graph, BinaryFunction f, int a, int b) =>
        f == BinaryFunction.Multiply ? TryGated(graph, a, b) ?? TryGated(graph, b, a) : null;

    /// <summary>x sigmoid(x) is a swish, x tanh(softplus(x)) is mish.</summary>
    private static int? TryGated(GraphBuilder graph, int x, int gate)
    {
        if (graph.OperationOf(gate) is not Elementwise(var outer))
        {
            return null;
        }

        int inner = graph.OperandsOf(gate)[0];
        return outer switch
        {
            Sigmoid when inner == x => graph.Elementwise(new Swish(), x),
            Sigmoid when TryFactor(graph, x, inner) is { } alpha => graph.Elementwise(new Swish(alpha), x),
            HyperbolicTangent
                when graph.OperationOf(inner) is Elementwise(Softplus) && graph.OperandsOf(inner)[0] == x =>
                graph.Elementwise(new Mish(), x),
            _ => null,
        };
    }

    /// <summary>The number c when a node is c x, the same c everywhere.</summary>
    private static double? TryFactor(GraphBuilder graph, int x, int product)
    {
        if (graph.OperationOf(product) is not Combine(BinaryFunction.Multiply))
        {
            return null;
        }

        int[] operands = [.. graph.OperandsOf(product)];
        int other =
            operands[0] == x ? operands[1]
            : operands[1] == x ? operands[0]
            : -1;
        return other >= 0 ? UniformValue(graph, other) : null;
    }

    /// <summary>The number that a constant node holds everywhere.</summary>
    private static double? UniformValue(GraphBuilder graph, int node) =>
        graph.ConstantValue(node) is { Length: > 0 } values && Array.TrueForAll(values, v => v == values[0])
            ? values[0]
            : null;
}
