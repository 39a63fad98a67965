using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Preimage.Networks.Compiled;

/// <summary>Turns a graph's nodes into the steps of a plan: one kernel for each, with the slots that it reads and writes.</summary>
internal sealed class GraphLowering<T>
    where T : struct, ILanes<T>
{
    private readonly Graph _graph;
    private readonly List<Slot> _slots = [];
    private readonly List<(Kernel Kernel, int[] Operands, int Result)> _steps = [];
    private readonly int[] _places;
    private readonly int _held;

    private GraphLowering(Graph graph, int held)
    {
        _graph = graph;
        _held = held;
        _places = new int[graph.Nodes.Length];
    }

    /// <summary>The steps of a graph.  held: so many first inputs are not differentiated, where they are selected without others.</summary>
    public static GraphSteps Of(Graph graph, int held = 0)
    {
        GraphLowering<T> lowering = new(graph, held);
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            lowering._places[i] = lowering.Lower(graph.Nodes[i]);
        }

        return new GraphSteps(lowering._slots, lowering._steps, lowering._places[graph.Output]);
    }

    /// <summary>The slot of a node's value.</summary>
    private int Lower(Node node) =>
        node.Operation switch
        {
            Input => Slot(node.Size),
            Constant(var values) => Slot(node.Size, ImmutableCollectionsMarshal.AsArray(values)),
            Elementwise(var f) => Step(new ElementKernel<T>(f, node.Size), node),
            Combine(var f) => Step(new CombineKernel<T>(f, node.Size), node),
            Reduce r => Step(new ReduceKernel<T>(r), node),
            Softmax s => Step(new SoftmaxKernel<T>(DenseHead.Softmax, s.Outer, s.Count, s.Inner), node),
            LogSoftmax s => Step(new SoftmaxKernel<T>(DenseHead.LogSoftmax, s.Outer, s.Count, s.Inner), node),
            Select(var sources) => Step(new SelectKernel<T>(sources, SizeOf(node, 0), !IsHeld(node, sources)), node),
            Concatenate(var outer) => Step(
                new ConcatenateKernel<T>(outer, [.. node.Operands.Select((_, k) => SizeOf(node, k) / outer)]),
                node
            ),
            Choose => Step(new ChooseKernel<T>(node.Size), node),
            Lookup => Step(new LookupKernel<T>(SizeOf(node, 0), node.Size), node),
            Undifferentiable => Step(new CopyKernel(node.Size), node),
            Pool p => Step(new PoolKernel<T>(p), node),
            MatrixMultiply m => Step(new MatrixKernel<T>(m, ConstantOf(node, 0), ConstantOf(node, 1)), node),
            Convolve c when IsConstantOrAbsent(node, 2) => Convolution(c, ConstantOf(node, 1), node),
            _ => Step(new PlainKernel(node.Operation, Passes(node)), node),
        };

    private int Slot(int size, double[]? constant = null)
    {
        _slots.Add(new Slot(size) { Constant = constant });
        return _slots.Count - 1;
    }

    private int Step(Kernel kernel, Node node) => Step(kernel, node.Size, [.. node.Operands.Select(o => _places[o])]);

    private int Step(Kernel kernel, int size, params int[] operands)
    {
        int result = Slot(size);
        _steps.Add((kernel, operands, result));
        return result;
    }

    private int Convolution(Convolve shape, double[]? weights, Node node)
    {
        Grid grid = new(shape.Window);
        int x = _places[node.Operands[0]];
        if (grid.IsPadded)
        {
            int planes = shape.Batch * shape.InputChannels;
            x = Step(new PadKernel<T>(grid, planes), checked(planes * grid.Count), x);
        }

        double[]? biases = node.Operands.Length > 2 ? ConstantOf(node, 2) : null;
        Kernel kernel =
            weights is not null && shape.InputChannels == shape.Groups && shape.Groups > 1
                ? new DepthwiseKernel<T>(shape, grid, weights, biases)
                : new ConvolveKernel<T>(shape, grid, weights, biases);
        return weights is null ? Step(kernel, node.Size, x, _places[node.Operands[1]]) : Step(kernel, node.Size, x);
    }

    private bool IsHeld(Node node, ImmutableArray<int> sources) =>
        _held > 0 && node.Operands[0] == GraphBuilder.Input && sources.All(s => s < _held);

    private int SizeOf(Node node, int operand) => _graph.Nodes[node.Operands[operand]].Size;

    private double[]? ConstantOf(Node node, int operand) => _slots[_places[node.Operands[operand]]].Constant;

    private bool IsConstantOrAbsent(Node node, int operand) =>
        node.Operands.Length <= operand || ConstantOf(node, operand) is not null;

    /// <summary>Which operands have a derivative.</summary>
    private bool[] Passes(Node node) =>
        [
            .. node.Operands.Select(
                (o, k) =>
                    _graph.Nodes[o].Varies
                    && node.Operation switch
                    {
                        SortPlaces => false,
                        Choose => k > 0,
                        Lookup => k == 0,
                        Combine(BinaryFunction.Equal or BinaryFunction.Less or BinaryFunction.LessOrEqual) => false,
                        _ => true,
                    }
            ),
        ];
}
