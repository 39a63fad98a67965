using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>
/// Affine bounds of a network in its inputs, carried forward through its operations: what is linear stays exact, so only the bends of its functions
/// widen the bounds, and those over narrow ranges hardly. Every inner enclosure is cut with the natural one. Needs (n + 1) times the room of an
/// evaluation, and about as many times its work. What is bounded is the network in real arithmetic with its stored weights.  [Zhang2018]
/// </summary>
public sealed class NetworkRelaxation : IRelaxedMap
{
    private readonly ICurvedEnclosedMap _enclosure;
    private readonly Graph _graph;
    private readonly ImmutableArray<int> _free;
    private readonly ImmutableArray<double> _point;
    private readonly Spares<Workspace> _spares = new();

    /// <summary>The affine bounds of a network.</summary>
    public NetworkRelaxation(Network network)
        : this(network.Graph) { }

    internal NetworkRelaxation(Graph graph)
        : this(new NetworkEnclosure(graph)) { }

    private NetworkRelaxation(NetworkEnclosure whole)
        : this(whole.Graph, whole, [.. Enumerable.Range(0, whole.Inputs)], new double[whole.Inputs]) { }

    private NetworkRelaxation(
        Graph graph,
        ICurvedEnclosedMap enclosure,
        ImmutableArray<int> free,
        ReadOnlySpan<double> point
    )
    {
        _graph = graph;
        _enclosure = enclosure;
        _free = free;
        _point = [.. point];
    }

    /// <inheritdoc/>
    public int Inputs => _free.Length;

    /// <inheritdoc/>
    public int Outputs => _graph.Outputs;

    /// <inheritdoc/>
    public void Enclose(ReadOnlySpan<Interval> x, Span<Interval> y) => _enclosure.Enclose(x, y);

    /// <inheritdoc/>
    public void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian) =>
        _enclosure.EncloseJacobian(x, y, jacobian);

    /// <inheritdoc/>
    public void Relax(ReadOnlySpan<Interval> x, Span<Interval> y, Span<double> lower, Span<double> upper)
    {
        RelaxationRows.Demand(this, x.Length, y.Length, lower.Length, upper.Length);
        Workspace work = _spares.Take() ?? new Workspace(_graph, _free, _point);
        RelaxedTensor output = work.Run(x);
        int width = Inputs + 1;
        for (int k = 0; k < Outputs; k++)
        {
            Span<double> low = lower.Slice(k * width, width);
            Span<double> high = upper.Slice(k * width, width);
            if (output.Constants is { } constants)
            {
                low.Clear();
                high.Clear();
                low[^1] = high[^1] = constants[k];
            }
            else
            {
                output.Lower(k).CopyTo(low);
                output.Upper(k).CopyTo(high);
            }

            y[k] = RelaxationRows.Settle(x, output.Values[k], low, high);
        }

        _spares.Give(work);
    }

    /// <summary>The bounds in the inputs that are not frozen.  point: [Inputs], frozen: from 0.</summary>
    internal NetworkRelaxation Frozen(ReadOnlySpan<double> point, ReadOnlySpan<int> frozen)
    {
        ImmutableArray<int> free = FrozenInputs.FreeOf(Inputs, point, frozen);
        double[] whole = [.. _point];
        for (int k = 0; k < _free.Length; k++)
        {
            whole[_free[k]] = point[k];
        }

        return new NetworkRelaxation(_graph, _enclosure.Freeze(point, frozen), [.. free.Select(k => _free[k])], whole);
    }

    /// <summary>What the network's only output is a function of, and that function; null where it ends otherwise.</summary>
    internal (NetworkRelaxation Map, ScalarFunction Head)? BeforeHead()
    {
        Node output = _graph.Nodes[_graph.Output];
        if (output.Size != 1 || output.Operation is not Elementwise(var head))
        {
            return null;
        }

        Graph graph = Pruning.Keep(_graph.Nodes, 0, output.Operands[0], []);
        NetworkEnclosure whole = new(graph);
        int[] frozen = [.. Enumerable.Range(0, graph.Inputs).Except(_free)];
        ICurvedEnclosedMap enclosure = frozen.Length == 0 ? whole : whole.Freeze(_point.AsSpan(), frozen);
        return (new NetworkRelaxation(graph, enclosure, _free, _point.AsSpan()), head);
    }

    /// <summary>The bounds of every node over one box. One thread at a time.</summary>
    private sealed class Workspace
    {
        private readonly Graph _graph;
        private readonly ImmutableArray<int> _free;
        private readonly RelaxedBox _box;
        private readonly RelaxedOperands[] _at;
        private readonly EnclosedValues[] _natural;

        public Workspace(Graph graph, ImmutableArray<int> free, ImmutableArray<double> point)
        {
            _graph = graph;
            _free = free;
            _box = new RelaxedBox(free.Length);
            _at = new RelaxedOperands[graph.Nodes.Length];
            _natural = new EnclosedValues[graph.Nodes.Length];
            for (int i = 0; i < _at.Length; i++)
            {
                Node node = graph.Nodes[i];
                RelaxedTensor result = node.Operation is Constant(var values)
                    ? new RelaxedTensor(ImmutableCollectionsMarshal.AsArray(values)!)
                    : new RelaxedTensor(node.Size, free.Length);
                RelaxedTensor[] operands = [.. node.Operands.Select(o => _at[o].Result)];
                _at[i] = new RelaxedOperands(operands, result, _box);
                _natural[i] = new EnclosedValues(
                    [.. operands.Select(o => o.Values)],
                    [.. operands.Select(o => o.Constants)],
                    result.Values
                );
            }

            for (int i = 0; i < point.Length; i++)
            {
                _at[0].Result.Freeze(i, point[i]);
            }
        }

        public RelaxedTensor Run(ReadOnlySpan<Interval> x)
        {
            _box.Load(x);
            for (int k = 0; k < x.Length; k++)
            {
                Start(_at[0].Result, k, x[k]);
            }

            for (int i = 1; i < _at.Length; i++)
            {
                if (_graph.Nodes[i].Varies)
                {
                    ValueRules.Apply(_graph.Nodes[i].Operation, _natural[i]);
                    RelaxationRules.Apply(_graph.Nodes[i].Operation, _at[i]);
                }
            }

            return _at[_graph.Output].Result;
        }

        /// <summary>x_k = 1 (x_k - middle_k) + middle_k, exactly; a constant where it is unbounded.</summary>
        private void Start(RelaxedTensor input, int k, Interval x)
        {
            int i = _free[k];
            input.Freeze(i, x);
            if (double.IsFinite(_box.Radii[k]))
            {
                input.Lower(i)[k] = input.Upper(i)[k] = 1;
                input.Lower(i)[^1] = input.Upper(i)[^1] = _box.Middle[k];
                input.Magnitudes[i] = Math.Abs(_box.Middle[k]) + _box.Radii[k];
            }
        }
    }
}
