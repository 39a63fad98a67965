using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>
/// Natural enclosures of a network and its first and second derivatives over boxes, by interval interpreters of its operations in forward mode:
/// a Jacobian costs about n values, second derivatives n (n + 1) / 2 more. What is enclosed is the network in real arithmetic with its stored
/// weights. Calls allocate nothing after the first of each kind.
/// </summary>
public sealed class NetworkEnclosure : ICurvedEnclosedMap
{
    /// <summary>Directions carried side by side: a wide Jacobian is made in parts.</summary>
    private const int MaximumLanes = 64;

    /// <summary>Most intervals that one node holds for its second derivatives: 1 GiB.</summary>
    private const long MaximumRoom = 1 << 26;

    private readonly Graph _graph;
    private readonly Interval[]?[] _constants;
    private readonly long _widest;
    private readonly ImmutableArray<int> _free;
    private readonly ImmutableArray<double> _point;
    private readonly Spares<EnclosureWorkspace> _spares = new();

    /// <summary>The enclosure of a network.</summary>
    public NetworkEnclosure(Network network)
        : this(network.Graph) { }

    internal NetworkEnclosure(Graph graph)
    {
        graph = WrittenOut.Of(graph);
        _graph = graph;
        _widest = graph.Nodes.Max(node => node.Size);
        _free = [.. Enumerable.Range(0, graph.Inputs)];
        _point = [.. new double[graph.Inputs]];
        _constants = [.. graph.Nodes.Select((node, i) => node.Operation is Constant c ? Enclosed(c, i) : null)];
    }

    private NetworkEnclosure(NetworkEnclosure whole, ImmutableArray<int> free, ImmutableArray<double> point)
    {
        _graph = whole._graph;
        _widest = whole._widest;
        _constants = whole._constants;
        _free = free;
        _point = point;
    }

    /// <inheritdoc/>
    public int Inputs => _free.Length;

    /// <inheritdoc/>
    public int Outputs => _graph.Outputs;

    /// <summary>The graph that is enclosed, written out.</summary>
    internal Graph Graph => _graph;

    private bool Varies => _graph.Nodes[_graph.Output].Varies;

    /// <inheritdoc/>
    public void Enclose(ReadOnlySpan<Interval> x, Span<Interval> y)
    {
        BoxLengths.Demand(this, x.Length, y.Length);
        End(Begin(x, y));
    }

    /// <inheritdoc/>
    public void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian)
    {
        BoxLengths.Demand(this, x.Length, y.Length, jacobian.Length);
        EnclosureWorkspace work = Begin(x, y);
        for (int first = 0; first < Inputs && Varies; first += MaximumLanes)
        {
            int lanes = Math.Min(MaximumLanes, Inputs - first);
            Identity(work.Seed(lanes), first, lanes);
            work.PushFirst();
            ReadOnlySpan<Interval> columns = work.FirstOfOutput;
            for (int i = 0; i < Outputs; i++)
            {
                columns.Slice(i * lanes, lanes).CopyTo(jacobian[(i * Inputs + first)..]);
            }
        }

        Finish(work, jacobian);
    }

    /// <inheritdoc/>
    public void EncloseTangent(
        ReadOnlySpan<Interval> x,
        ReadOnlySpan<double> v,
        Span<Interval> y,
        Span<Interval> derivative
    )
    {
        BoxLengths.DemandTangent(this, x.Length, v.Length, y.Length, derivative.Length);
        EnclosureWorkspace work = Begin(x, y);
        if (Varies)
        {
            Span<Interval> seed = work.Seed(1);
            for (int i = 0; i < v.Length; i++)
            {
                seed[_free[i]] = v[i];
            }

            work.PushFirst();
            work.FirstOfOutput.CopyTo(derivative);
        }

        Finish(work, derivative);
    }

    /// <inheritdoc/>
    public void EncloseHessian(
        ReadOnlySpan<Interval> x,
        Span<Interval> y,
        Span<Interval> jacobian,
        Span<Interval> hessian
    )
    {
        BoxLengths.Demand(this, x.Length, y.Length, jacobian.Length, hessian.Length);
        DemandRoom();
        EnclosureWorkspace work = Begin(x, y);
        if (Varies)
        {
            Identity(work.Seed(Inputs), 0, Inputs);
            work.PushFirst();
            work.PushSecond();
            work.FirstOfOutput.CopyTo(jacobian);
            Unpack(work.SecondOfOutput, hessian);
        }
        else
        {
            jacobian.Clear();
        }

        Finish(work, hessian);
    }

    /// <summary>The network with some of its inputs, among those that are free, frozen at the point's coordinates.  point: [Inputs].</summary>
    internal NetworkEnclosure Frozen(ReadOnlySpan<double> point, ReadOnlySpan<int> frozen)
    {
        ImmutableArray<int> free = FrozenInputs.FreeOf(Inputs, point, frozen);
        double[] whole = [.. _point];
        for (int k = 0; k < Inputs; k++)
        {
            whole[_free[k]] = point[k];
        }

        return new NetworkEnclosure(this, [.. free.Select(k => _free[k])], [.. whole]);
    }

    private void DemandRoom()
    {
        if (_widest * IntervalLanes.Pairs(Inputs) > MaximumRoom)
        {
            throw new ArgumentException(
                $"Second derivatives in {Inputs} inputs through a layer of {_widest} numbers take too much room; hold some of the inputs, or search without a proof (of crossings, the recipe 'nearest')."
            );
        }
    }

    private EnclosureWorkspace Begin(ReadOnlySpan<Interval> x, Span<Interval> y)
    {
        EnclosureWorkspace work = _spares.Take() ?? Work();
        Span<Interval> box = work.Input;
        for (int k = 0; k < x.Length; k++)
        {
            box[_free[k]] = x[k];
        }

        work.Enclose();
        work.Output.CopyTo(y);
        return work;
    }

    /// <summary>A workspace whose frozen inputs have their values for good.</summary>
    private EnclosureWorkspace Work()
    {
        EnclosureWorkspace work = new(_graph, _constants);
        for (int i = 0; i < _point.Length; i++)
        {
            work.Input[i] = _point[i];
        }

        return work;
    }

    private void Finish(EnclosureWorkspace work, Span<Interval> derivatives)
    {
        if (!Varies)
        {
            derivatives.Clear();
        }

        End(work);
    }

    private void End(EnclosureWorkspace work) => _spares.Give(work);

    /// <summary>Columns first .. first + lanes - 1 of the identity, in the free inputs.</summary>
    private void Identity(Span<Interval> seed, int first, int lanes)
    {
        for (int k = 0; k < lanes; k++)
        {
            seed[_free[first + k] * lanes + k] = 1;
        }
    }

    private void Unpack(ReadOnlySpan<Interval> packed, Span<Interval> hessian)
    {
        int n = Inputs;
        int pair = 0;
        for (int k = 0; k < Outputs; k++)
        {
            Span<Interval> matrix = hessian.Slice(k * n * n, n * n);
            for (int i = 0; i < n; i++)
            {
                for (int j = i; j < n; j++)
                {
                    matrix[i * n + j] = packed[pair];
                    matrix[j * n + i] = packed[pair++];
                }
            }
        }
    }

    /// <summary>A constant as intervals; none where all that use it are matrix products, which want its numbers.</summary>
    private Interval[] Enclosed(Constant constant, int node)
    {
        bool asNumbers =
            node != _graph.Output && _graph.Nodes.All(n => n.Operation is MatrixMultiply || !n.Operands.Contains(node));
        return asNumbers ? [] : [.. constant.Values.Select(Interval.Of)];
    }
}
