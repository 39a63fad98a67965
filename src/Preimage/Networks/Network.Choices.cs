using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Networks;

/// <content>Other networks made of this one: between two tensors, of some outputs, without a final softmax.</content>
public sealed partial class Network
{
    /// <summary>
    /// The network from one tensor to a later one; null stands for the network's input or output. Its inputs and outputs are named by their places
    /// in the tensors, as in hidden[0,3].
    /// </summary>
    /// <exception cref="ArgumentException">A name is unknown, the later tensor does not depend on the earlier one, or it also depends on the input by another way.</exception>
    public Network Between(string? fromTensor, string? toTensor)
    {
        (int from, int to) = Ends(fromTensor, toTensor);
        return Pruning.NeedsBeside(Graph.Nodes, from, to)
            ? throw new ArgumentException(
                $"{Say(fromTensor, "The input")} does not cut the network: {Say(toTensor, "the output")} also depends on the input by a way that passes it by; give the point at which that way is held, or choose a tensor that cuts it, such as {CutsBefore(to)}."
            )
            : Part((fromTensor, from), (toTensor, to), Pruning.Keep(Graph.Nodes, from, to, Graph.Tensors), []);
    }

    /// <summary>
    /// The network from one tensor to a later one, where whatever reaches the later one by another way is held at its value at a point.
    /// Its start is the image of that point.  at: [Inputs].
    /// </summary>
    /// <exception cref="ArgumentException">A name is unknown, the later tensor does not depend on the earlier one, or the point has another length.</exception>
    public Network Between(string? fromTensor, string? toTensor, ReadOnlySpan<double> at)
    {
        (int from, int to) = Ends(fromTensor, toTensor);
        if (at.Length != Inputs)
        {
            throw new ArgumentException(
                $"The point where the other ways are held has {at.Length} coordinates, but the network takes {Inputs}; give {Inputs}."
            );
        }

        Workspace work = new(Graph);
        work.Evaluate(at);
        return Part(
            (fromTensor, from),
            (toTensor, to),
            Pruning.Hold(Graph.Nodes, from, to, Graph.Tensors, node => [.. work.Value(node)]),
            [.. work.Value(from)]
        );
    }

    /// <summary>Some outputs, from 0, in the order given.</summary>
    /// <exception cref="ArgumentException">No output is selected, or one that the network does not have.</exception>
    public Network Select(params ReadOnlySpan<int> outputs)
    {
        SelectedOutputs.Demand(Outputs, outputs);
        int[] chosen = [.. outputs];
        return Followed(
            Extended(Graph, (graph, output) => graph.Select([.. chosen], output)),
            [.. chosen.Select(k => Signature.Outputs[k])],
            () => Map.Select(chosen)
        );
    }

    /// <summary>The difference of two outputs, as of two scores: f_i - f_j.</summary>
    /// <exception cref="ArgumentException">There is no such output, or both are the same.</exception>
    public Network Margin(int i, int j)
    {
        MapExtensions.DemandMargin(Outputs, i, j);
        (Variable first, Variable second) = (Signature.Outputs[i], Signature.Outputs[j]);
        string unit = string.Equals(first.Unit, second.Unit, StringComparison.Ordinal) ? first.Unit : "";
        return Followed(
            Extended(
                Graph,
                (graph, output) =>
                    graph.Combine(BinaryFunction.Subtract, graph.Select([i], output), graph.Select([j], output))
            ),
            [new Variable($"{first.Name} - {second.Name}", unit)],
            () => Map.Margin(i, j)
        );
    }

    /// <summary>
    /// The scores before a final softmax, log-softmax or sigmoid: the network without it. Their order is that of the probabilities, and their
    /// derivatives do not vanish where a probability is nearly 1.
    /// </summary>
    /// <exception cref="ArgumentException">The network does not end in one.</exception>
    public Network Logits()
    {
        List<ImmutableArray<int>> selections = [];
        int node = Graph.Output;
        for (; Graph.Nodes[node].Operation is Select(var sources); node = Graph.Nodes[node].Operands[0])
        {
            selections.Add(sources);
        }

        if (Graph.Nodes[node].Operation is not (Softmax or LogSoftmax or Elementwise(Sigmoid)))
        {
            throw new ArgumentException(
                "The network does not end in a softmax, log-softmax or sigmoid, so its outputs are scores already; take them as they are."
            );
        }

        selections.Reverse();
        Graph scores = Pruning.Keep(Graph.Nodes, 0, Graph.Nodes[node].Operands[0], Graph.Tensors);
        Graph extended = Extended(
            scores,
            (graph, output) => selections.Aggregate(output, (inner, sources) => graph.Select([.. sources], inner))
        );
        return Followed(extended, [.. Signature.Outputs.Select(v => new Variable(v.Name))], null);
    }

    /// <summary>Whether the network ends in a softmax or log-softmax of all scores together, or in a sigmoid: then <see cref="Logits"/> have the same order as its outputs.</summary>
    public bool HasLogits
    {
        get
        {
            int node = Graph.Output;
            while (Graph.Nodes[node].Operation is Select)
            {
                node = Graph.Nodes[node].Operands[0];
            }

            return Graph.Nodes[node].Operation is Softmax(1, _, 1) or LogSoftmax(1, _, 1) or Elementwise(Sigmoid);
        }
    }

    /// <summary>The network with other names of its outputs, as of classes.  names: [Outputs].</summary>
    /// <exception cref="ArgumentException">There are more or fewer names than outputs.</exception>
    public Network Named(ImmutableArray<string> names) =>
        names.Length == Outputs
            ? Followed(Graph, [.. names.Zip(Signature.Outputs, (name, v) => v with { Name = name })], () => Map)
            : throw new ArgumentException(
                $"There are {names.Length} names, but the network has {Outputs} outputs; give one name for each."
            );

    /// <summary>The graph with more operations after its output.</summary>
    private static Graph Extended(Graph graph, Func<GraphBuilder, int, int> more)
    {
        GraphBuilder builder = GraphBuilder.After(graph);
        return builder.Build(more(builder, graph.Output), graph.Tensors);
    }

    /// <summary>A network of the same input with other outputs. As many as before keep their shape.</summary>
    private Network Followed(Graph graph, ImmutableArray<Variable> outputs, Func<IProductMap>? map) =>
        new(graph, Signature with { Outputs = outputs }, Description, map)
        {
            InputTensor = InputTensor,
            OutputKind = OutputKind,
            OutputTensor =
                outputs.Length == Outputs ? OutputTensor : new InnerTensor(OutputTensor.Name, [outputs.Length]),
            Start = Start,
            Assumptions = Assumptions,
        };

    private Network Part(
        (string? Name, int Node) from,
        (string? Name, int Node) to,
        Graph graph,
        ImmutableArray<double> start
    )
    {
        InnerTensor input = from.Name is null
            ? InputTensor
            : new InnerTensor(from.Name, ShapeOf(from.Node, graph.Inputs));
        InnerTensor output = to.Name is null ? OutputTensor : new InnerTensor(to.Name, ShapeOf(to.Node, graph.Outputs));
        Signature names = new(
            from.Name is null ? Signature.Inputs : Signature.OfTensor(input.Name, input.Shape.AsSpan()),
            to.Name is null ? Signature.Outputs : Signature.OfTensor(output.Name, output.Shape.AsSpan())
        );
        return new Network(graph, names, Description)
        {
            InputTensor = input,
            OutputKind = to.Name is null ? OutputKind : ElementKind.Real,
            OutputTensor = output,
            Start = from.Name is null ? Start : start,
            Assumptions = Assumptions,
        };
    }

    /// <summary>The shape of the last tensor that a node holds: of its names, the one that the model uses from then on.</summary>
    private ImmutableArray<int> ShapeOf(int node, int size) =>
        Graph.Tensors.LastOrDefault(t => t.Node == node)?.Shape ?? [size];

    private (int From, int To) Ends(string? fromTensor, string? toTensor)
    {
        int from = fromTensor is null ? 0 : Find(fromTensor).Node;
        int to = toTensor is null ? Graph.Output : Find(toTensor).Node;
        return Pruning.DependsOn(Graph.Nodes, from, to)
            ? (from, to)
            : throw new ArgumentException(
                $"{Say(toTensor, "The output")} does not depend on {Say(fromTensor, "the input")}; swap them or choose a later one."
            );
    }

    private static string Say(string? tensor, string otherwise) => tensor is null ? otherwise : $"'{tensor}'";

    private NamedNode Find(string tensor) =>
        Graph.Tensors.FirstOrDefault(t => string.Equals(t.Name, tensor, StringComparison.Ordinal))
        ?? throw new ArgumentException(
            $"The network has no inner tensor '{tensor}' that depends on the input; it has {Names.Nearest(Graph.Tensors.Select(t => t.Name), tensor)}."
        );

    private string CutsBefore(int to) =>
        Names.List(
            Graph
                .Tensors.Where(t =>
                    Pruning.DependsOn(Graph.Nodes, t.Node, to) && !Pruning.NeedsBeside(Graph.Nodes, t.Node, to)
                )
                .Select(t => t.Name)
        );
}
