using Preimage.Maps;

namespace Preimage.Networks;

/// <content>Where the network has kinks.</content>
public sealed partial class Network
{
    /// <summary>
    /// The network to the arguments of its functions with a kink (rectifiers, clips, absolute values, the larger or smaller of two), each shifted so
    /// that the kink is at 0: its zeros are where this network may not be differentiable. Null where there is none. Maxima over windows and along
    /// axes are left out.
    /// </summary>
    public Network? Kinks()
    {
        GraphBuilder graph = GraphBuilder.After(Graph);
        List<int> arguments = [];
        foreach (Node node in Graph.Nodes.Where(node => node.Varies))
        {
            arguments.AddRange(ArgumentsOf(graph, node).Where(argument => graph.ConstantValue(argument) is null));
        }

        if (arguments.Count == 0)
        {
            return null;
        }

        Graph kinks = graph.Build(graph.Concatenate(1, [.. arguments]), Graph.Tensors);
        return Followed(
            kinks,
            [.. Enumerable.Range(0, kinks.Outputs).Select(i => new Variable($"kink{i}"))],
            map: null
        );
    }

    /// <summary>The arguments of a node that are 0 at its kinks.</summary>
    private static IEnumerable<int> ArgumentsOf(GraphBuilder graph, Node node) =>
        node.Operation switch
        {
            Elementwise(var function) => ScalarKinks
                .Of(function)
                .Select(kink => Shifted(graph, node.Operands[0], kink)),
            Combine(BinaryFunction.Minimum or BinaryFunction.Maximum) =>
            [
                graph.Combine(BinaryFunction.Subtract, node.Operands[0], node.Operands[1]),
            ],
            Combine(BinaryFunction.ParametricRectifier) => [node.Operands[0]],
            _ => [],
        };

    private static int Shifted(GraphBuilder graph, int argument, double kink)
    {
        if (kink == 0)
        {
            return argument;
        }

        double[] kinks = new double[graph.Size(argument)];
        Array.Fill(kinks, kink);
        return graph.Combine(BinaryFunction.Subtract, argument, graph.Constant(kinks));
    }
}
