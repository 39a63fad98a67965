namespace Preimage.Networks;

/// <summary>What a network costs, counted from its graph. An elementary function such as exp counts as one operation.</summary>
/// <param name="Flops">Additions, multiplications, comparisons and functions of one value.</param>
/// <param name="ProductFlops">Those of one product J v or J^T w, the value that comes before it included.</param>
/// <param name="JacobianFlops">Those of a dense Jacobian by min(n, m) products.</param>
/// <param name="JacobianBytes">What a dense Jacobian takes by itself: 8 n m.</param>
/// <param name="WeightBytes">What the constants take.</param>
/// <param name="ValueBytes">What all intermediate values take together: a bound of what one evaluation needs, and of what each derivative carried along needs.</param>
public sealed record NetworkCost(
    long Flops,
    long ProductFlops,
    double JacobianFlops,
    long JacobianBytes,
    long WeightBytes,
    long ValueBytes
)
{
    /// <summary>Counts a graph.</summary>
    internal static NetworkCost Of(Graph graph)
    {
        long flops = 0;
        long product = 0;
        long weights = 0;
        long values = 0;
        foreach (Node node in graph.Nodes)
        {
            if (!node.Varies)
            {
                weights += node.Size;
                continue;
            }

            long one = Operations(node, node.Operands.Sum(o => (long)graph.Nodes[o].Size));
            flops += one;
            product += one * Ways(node.Operation, node.Operands.Count(o => graph.Nodes[o].Varies));
            values += node.Size;
        }

        return new NetworkCost(
            flops,
            flops + product,
            flops + (double)product * Math.Min(graph.Inputs, graph.Outputs),
            8L * graph.Inputs * graph.Outputs,
            8 * weights,
            8 * values
        );
    }

    /// <summary>Operations of one value.  operands: the sizes of the operands together.</summary>
    private static long Operations(Node node, long operands) =>
        node.Operation switch
        {
            MatrixMultiply m => 2L * m.Batch * m.Rows * m.Inner * m.Columns,
            Convolve c => 2L * node.Size * (c.InputChannels / c.Groups) * c.Window.ElementCount,
            Pool p => (long)node.Size * p.Window.ElementCount,
            Reduce or SortPlaces => operands,
            Softmax or LogSoftmax => 4L * node.Size,
            Elementwise or Combine or Choose => node.Size,
            _ => 0, // only moves numbers
        };

    /// <summary>How often a product does the operations again: a linear operation once for each operand that varies; others multiply by a slope.</summary>
    private static int Ways(Operation operation, int varying) =>
        operation is MatrixMultiply or Convolve or Pool or Reduce ? varying : 2;
}
