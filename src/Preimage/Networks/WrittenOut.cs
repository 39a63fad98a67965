using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Preimage.Networks;

/// <summary>
/// A graph with its convolutions and pools in terms of other operations, for interpreters that have no rule of their own for them: what windows see is selected,
/// then multiplied with a matrix, or reduced. It is the same map; a convolution takes room for a number for each of its products of one output channel.
/// </summary>
internal static class WrittenOut
{
    /// <summary>Most places that one window's table may hold: 1 GiB of numbers.</summary>
    private const long MostPlaces = 1 << 27;

    /// <summary>The graph itself where there is nothing to write out.</summary>
    /// <exception cref="ArgumentException">A window's table would hold too many places, or a window of a maximum sees nothing.</exception>
    public static Graph Of(Graph graph)
    {
        if (!graph.Nodes.Any(node => node.Operation is Convolve or Pool))
        {
            return graph;
        }

        GraphBuilder builder = new(graph.Inputs);
        int[] places = new int[graph.Nodes.Length];
        for (int i = 1; i < places.Length; i++)
        {
            Node node = graph.Nodes[i];
            ImmutableArray<int> operands = [.. node.Operands.Select(operand => places[operand])];
            places[i] = node.Operation switch
            {
                Constant(var values) => builder.Constant(ImmutableCollectionsMarshal.AsArray(values)!),
                Convolve convolve => Convolution(builder, convolve, operands),
                Pool pool => Pooled(builder, pool, operands[0]),
                _ => builder.Add(node.Operation, operands, node.Size),
            };
        }

        return builder.Build(
            places[graph.Output],
            graph.Tensors.Select(tensor => tensor with { Node = places[tensor.Node] })
        );
    }

    /// <summary>For each sample and group, [channels out, terms] times [terms, positions], a term for each channel in and element.</summary>
    private static int Convolution(GraphBuilder graph, Convolve c, ImmutableArray<int> operands)
    {
        int inputs = c.InputChannels / c.Groups;
        int terms = inputs * c.Window.ElementCount;
        MatrixMultiply product = new(c.Batch * c.Groups, c.OutputChannels / c.Groups, terms, c.Window.PositionCount);
        Demand((long)product.Batch * terms * product.Columns);
        int seen = Seen(graph, c.Window, c.Batch * c.InputChannels, operands[0]);
        int weights = Repeated(graph, operands[1], c.Batch, 1);
        int sum = graph.MatrixMultiply(product, weights, seen);
        return operands.Length > 2
            ? graph.Combine(BinaryFunction.Add, sum, Repeated(graph, operands[2], c.Batch, c.Window.PositionCount))
            : sum;
    }

    private static int Pooled(GraphBuilder graph, Pool pool, int a)
    {
        Window window = pool.Window;
        Demand((long)pool.Planes * window.ElementCount * window.PositionCount);
        return pool.Kind == Pooling.Maximum
            ? Largest(graph, pool, a)
            : graph.Reduce(
                new Reduce(Reduction.Sum, pool.Planes, window.ElementCount, window.PositionCount),
                Seen(graph, window, pool.Planes, a)
            );
    }

    /// <summary>What the window sees of each plane, 0 outside the grid.  Returns [planes, elements, positions].</summary>
    private static int Seen(GraphBuilder graph, Window window, int planes, int a)
    {
        ReadOnlySpan<int> table = window.Sources;
        int[] sources = new int[planes * table.Length];
        int outside = graph.Size(a);
        for (int i = 0; i < sources.Length; i++)
        {
            int place = table[i % table.Length];
            sources[i] = place < 0 ? outside : i / table.Length * window.GridCount + place;
        }

        return graph.Select(sources, table.Contains(-1) ? graph.Concatenate(1, [a, graph.Constant([0])]) : a);
    }

    /// <summary>Positions that see as many elements as each other are reduced together, and then put in their order.</summary>
    private static int Largest(GraphBuilder graph, Pool pool, int a)
    {
        int[][] seen =
        [
            .. Enumerable.Range(0, pool.Window.PositionCount).Select(position => ElementsAt(pool.Window, position)),
        ];
        List<int> parts = [];
        List<int> order = [];
        foreach (IGrouping<int, int> alike in Enumerable.Range(0, seen.Length).GroupBy(p => seen[p].Length))
        {
            if (alike.Key == 0)
            {
                throw new ArgumentException(
                    "A pooling window lies outside its grid altogether and has no maximum; such a network is not enclosed."
                );
            }

            int[] positions = [.. alike];
            int[] sources =
            [
                .. from plane in Enumerable.Range(0, pool.Planes)
                from element in Enumerable.Range(0, alike.Key)
                from position in positions
                select plane * pool.Window.GridCount + seen[position][element],
            ];
            Reduce reduce = new(Reduction.Maximum, pool.Planes, alike.Key, positions.Length);
            parts.Add(graph.Reduce(reduce, graph.Select(sources, a)));
            order.AddRange(positions);
        }

        int joined = graph.Concatenate(pool.Planes, [.. parts]);
        return graph.Select(Inverse(order, pool.Planes), joined);
    }

    /// <summary>The places on the grid that the window sees at a position, in the order of its elements.</summary>
    private static int[] ElementsAt(Window window, int position) =>
        [
            .. Enumerable
                .Range(0, window.ElementCount)
                .Select(element => window.SourcesOf(element)[position])
                .Where(place => place >= 0),
        ];

    /// <summary>Where each position stands in the order, plane by plane.</summary>
    private static int[] Inverse(List<int> order, int planes)
    {
        int[] inverse = new int[planes * order.Count];
        for (int i = 0; i < inverse.Length; i++)
        {
            int first = i / order.Count * order.Count;
            inverse[first + order[i % order.Count]] = i;
        }

        return inverse;
    }

    /// <summary>All elements so many times, each so many times in a row.</summary>
    private static int Repeated(GraphBuilder graph, int a, int times, int inARow)
    {
        int size = graph.Size(a);
        int[] sources = new int[checked(size * times * inARow)];
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i] = i / inARow % size;
        }

        return graph.Select(sources, a);
    }

    private static void Demand(long places)
    {
        if (places > MostPlaces)
        {
            throw new ArgumentException(
                $"Enclosures write a moving window out as {places} numbers, and more than {MostPlaces} do not fit; a smaller part of the network may be enclosed."
            );
        }
    }
}
