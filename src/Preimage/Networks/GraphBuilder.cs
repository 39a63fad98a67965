using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Preimage.Networks;

/// <summary>Makes a <see cref="Graph"/> node by node. A node whose operands are all constant is computed on the spot, and is a constant itself.</summary>
internal sealed class GraphBuilder
{
    private readonly List<Node> _nodes = [];

    /// <summary>Starts a graph of n inputs; node 0 is the input.</summary>
    public GraphBuilder(int inputs)
    {
        _nodes.Add(new Node(new Input(), [], inputs, Varies: true));
    }

    private GraphBuilder(IEnumerable<Node> nodes)
    {
        _nodes.AddRange(nodes);
    }

    /// <summary>Goes on after a finished graph, whose nodes keep their numbers.</summary>
    public static GraphBuilder After(Graph graph) => new(graph.Nodes);

    /// <summary>The node of the input.</summary>
    public static int Input => 0;

    /// <summary>Gives the input its length, where that is known only while the graph is made; nothing may read the input before.</summary>
    public void SetInputs(int inputs)
    {
        Debug.Assert(_nodes.TrueForAll(n => !n.Operands.Contains(Input)));
        _nodes[Input] = _nodes[Input] with { Size = inputs };
    }

    /// <summary>The length of a node's value.</summary>
    public int Size(int node) => _nodes[node].Size;

    /// <summary>The value of a constant node, or null when it depends on x. Not to be written to.</summary>
    public double[]? ConstantValue(int node) =>
        _nodes[node].Operation is Constant(var values) ? ImmutableCollectionsMarshal.AsArray(values) : null;

    /// <summary>The operation of a node.</summary>
    public Operation OperationOf(int node) => _nodes[node].Operation;

    /// <summary>The operands of a node.</summary>
    public ImmutableArray<int> OperandsOf(int node) => _nodes[node].Operands;

    /// <summary>A constant; the array must not change any more.</summary>
    public int Constant(double[] values)
    {
        _nodes.Add(
            new Node(
                new Constant(ImmutableCollectionsMarshal.AsImmutableArray(values)),
                [],
                values.Length,
                Varies: false
            )
        );
        return _nodes.Count - 1;
    }

    /// <summary>f of every element.</summary>
    public int Elementwise(ScalarFunction f, int a) => f is Identity ? a : Add(new Elementwise(f), [a], Size(a));

    /// <summary>f of every pair of elements; a and b have one size.</summary>
    public int Combine(BinaryFunction f, int a, int b)
    {
        Debug.Assert(Size(a) == Size(b));
        return Fusion.TryFuse(this, f, a, b) ?? Add(new Combine(f), [a, b], Size(a));
    }

    /// <summary>A B, batch by batch.</summary>
    public int MatrixMultiply(MatrixMultiply shape, int a, int b)
    {
        Debug.Assert(Size(a) == shape.Batch * shape.Rows * shape.Inner);
        Debug.Assert(Size(b) == shape.Batch * shape.Inner * shape.Columns);
        return Add(shape, [a, b], shape.Batch * shape.Rows * shape.Columns);
    }

    /// <summary>Reduces the middle axis of [Outer, Count, Inner].</summary>
    public int Reduce(Reduce shape, int a) => Add(shape, [a], shape.Outer * shape.Inner);

    /// <summary>Operands side by side: operand k is [outer, size_k / outer].</summary>
    public int Concatenate(int outer, ImmutableArray<int> operands)
    {
        int size = 0;
        foreach (int operand in operands)
        {
            size += Size(operand);
        }

        return operands.Length == 1 ? operands[0] : Add(new Concatenate(outer), operands, size);
    }

    /// <summary>The elements at the given places; the array must not change any more.</summary>
    public int Select(int[] sources, int a) =>
        IsEverything(sources, Size(a))
            ? a
            : Add(new Select(ImmutableCollectionsMarshal.AsImmutableArray(sources)), [a], sources.Length);

    /// <summary>exp(a_i) / sum exp(a_j) along the middle axis.</summary>
    public int Softmax(int outer, int count, int inner, int a) => Add(new Softmax(outer, count, inner), [a], Size(a));

    /// <summary>a_i - ln sum exp(a_j) along the middle axis.</summary>
    public int LogSoftmax(int outer, int count, int inner, int a) =>
        Add(new LogSoftmax(outer, count, inner), [a], Size(a));

    /// <summary>w x + b over a moving window; a bias that varies is added by a step of its own.  b: null for none.</summary>
    public int Convolve(Convolve shape, int x, int w, int? b)
    {
        if (b is { } varying && _nodes[varying].Varies)
        {
            return Combine(BinaryFunction.Add, Convolve(shape, x, w, null), Select(Channels(shape), varying));
        }

        Debug.Assert(Size(x) == shape.Batch * shape.InputChannels * shape.Window.GridCount);
        Debug.Assert(
            Size(w) == shape.OutputChannels * (shape.InputChannels / shape.Groups) * shape.Window.ElementCount
        );
        int size = checked(shape.Batch * shape.OutputChannels * shape.Window.PositionCount);
        return Add(shape, b is { } bias ? [x, w, bias] : [x, w], size);
    }

    /// <summary>Pools a moving window.</summary>
    public int Pool(Pool shape, int a) => Add(shape, [a], checked(shape.Planes * shape.Window.PositionCount));

    /// <summary>a where the condition is not 0, else b; all of one size.</summary>
    public int Choose(int condition, int a, int b) =>
        Fusion.TryChoose(this, condition, a, b) ?? Add(new Choose(), [condition, a, b], Size(a));

    /// <summary>The elements of a at the places that a node names.</summary>
    public int Lookup(int a, int places) =>
        ConstantValue(places) is { } known
            ? Select(Array.ConvertAll(known, k => Places.At(k, Size(a))), a)
            : Add(new Lookup(), [a, places], Size(places));

    /// <summary>The places along the middle axis in the order of their elements.</summary>
    public int SortPlaces(SortPlaces shape, int a) => Add(shape, [a], Size(a));

    /// <summary>The node's value, of which no derivative is taken.</summary>
    public int Undifferentiable(string reason, int a) => Add(new Undifferentiable(reason), [a], Size(a));

    /// <summary>The finished graph: only what the output needs, renumbered; tensors that are not needed or do not depend on x are left out.</summary>
    public Graph Build(int output, IEnumerable<NamedNode> tensors) =>
        Pruning.Keep(_nodes, GraphBuilder.Input, output, tensors);

    /// <summary>Appends an operation, or its value where all operands are constant.</summary>
    public int Add(Operation operation, ImmutableArray<int> operands, int size)
    {
        bool varies = operands.Any(i => _nodes[i].Varies);
        if (!varies)
        {
            double[][] values = [.. operands.Select(i => ConstantValue(i)!)];
            double[] result = new double[size];
            Evaluation.Apply(operation, values, result);
            return Constant(result);
        }

        _nodes.Add(new Node(operation, operands, size, varies));
        return _nodes.Count - 1;
    }

    /// <summary>The output channel of each element that a convolution gives.</summary>
    private static int[] Channels(Convolve shape)
    {
        int positions = shape.Window.PositionCount;
        int[] channels = new int[checked(shape.Batch * shape.OutputChannels * positions)];
        for (int i = 0; i < channels.Length; i++)
        {
            channels[i] = i / positions % shape.OutputChannels;
        }

        return channels;
    }

    private static bool IsEverything(int[] sources, int size)
    {
        if (sources.Length != size)
        {
            return false;
        }

        for (int i = 0; i < size; i++)
        {
            if (sources[i] != i)
            {
                return false;
            }
        }

        return true;
    }
}
