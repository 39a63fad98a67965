using System.Collections.Immutable;

namespace Preimage.Networks;

/// <summary>Cuts the part of a node list that lies between an input and an output.</summary>
internal static class Pruning
{
    /// <summary>
    /// The graph of the nodes that the output needs when the given input node is free: the input becomes node 0.
    /// The caller makes sure that the network's own input is not needed beside it (<see cref="NeedsBeside"/>).
    /// </summary>
    public static Graph Keep(IReadOnlyList<Node> nodes, int input, int output, IEnumerable<NamedNode> tensors)
    {
        bool[] needed = Needed(nodes, input, output);
        int[] place = new int[nodes.Count];
        Array.Fill(place, -1);
        var kept = ImmutableArray.CreateBuilder<Node>();
        kept.Add(new Node(new Input(), [], nodes[input].Size, Varies: true));
        place[input] = 0;
        for (int i = 0; i < nodes.Count; i++)
        {
            if (needed[i] && i != input)
            {
                place[i] = kept.Count;
                ImmutableArray<int> operands = [.. nodes[i].Operands.Select(o => place[o])];
                kept.Add(nodes[i] with { Operands = operands, Varies = operands.Any(o => kept[o].Varies) });
            }
        }

        return new Graph(
            kept.ToImmutable(),
            place[output],
            [
                .. tensors
                    .Where(t => place[t.Node] >= 0 && kept[place[t.Node]].Varies)
                    .Select(t => t with { Node = place[t.Node] }),
            ]
        );
    }

    /// <summary>
    /// The graph of the nodes that the output needs and that depend on the given input node, which becomes node 0; every other value that they
    /// need is held.  values: of a node of the list.
    /// </summary>
    public static Graph Hold(
        IReadOnlyList<Node> nodes,
        int input,
        int output,
        IEnumerable<NamedNode> tensors,
        Func<int, ImmutableArray<double>> values
    )
    {
        bool[] follows = Following(nodes, input);
        Node[] held = [.. nodes];
        foreach (int i in nodes.Where((_, k) => follows[k] && k != input).SelectMany(node => node.Operands))
        {
            if (!follows[i] && held[i].Varies)
            {
                held[i] = new Node(new Constant(values(i)), [], nodes[i].Size, Varies: false);
            }
        }

        return Keep(held, input, output, tensors);
    }

    /// <summary>Whether the output also depends on the network's input by a way that does not pass the given node.</summary>
    public static bool NeedsBeside(IReadOnlyList<Node> nodes, int input, int output) =>
        input != 0 && Needed(nodes, input, output)[0];

    /// <summary>The nodes that depend on the given one, and itself.</summary>
    private static bool[] Following(IReadOnlyList<Node> nodes, int input)
    {
        bool[] follows = new bool[nodes.Count];
        follows[input] = true;
        for (int i = input + 1; i < nodes.Count; i++)
        {
            follows[i] = nodes[i].Operands.Any(o => follows[o]);
        }

        return follows;
    }

    /// <summary>Whether the output depends on the given node at all.</summary>
    public static bool DependsOn(IReadOnlyList<Node> nodes, int input, int output) =>
        Needed(nodes, input, output)[input];

    private static bool[] Needed(IReadOnlyList<Node> nodes, int input, int output)
    {
        bool[] needed = new bool[nodes.Count];
        needed[output] = true;
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            if (needed[i] && i != input)
            {
                foreach (int operand in nodes[i].Operands)
                {
                    needed[operand] = true;
                }
            }
        }

        return needed;
    }
}
