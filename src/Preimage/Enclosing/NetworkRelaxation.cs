using System.Runtime.InteropServices;
using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>
/// Affine bounds of a network in its inputs, carried forward through its operations: what is linear stays exact, so only the bends of its functions
/// widen the bounds, and those over narrow ranges hardly. Every inner enclosure is cut with the natural one. Needs (n + 1) times the room of an
/// evaluation, and about as many times its work. What is bounded is the network in real arithmetic with its stored weights.  [Zhang2018]
/// </summary>
public sealed class NetworkRelaxation : IRelaxedMap
{
    private readonly NetworkEnclosure _enclosure;
    private readonly Graph _graph;
    private Workspace? _spare;

    /// <summary>The affine bounds of a network.</summary>
    public NetworkRelaxation(Network network)
        : this(network.Graph) { }

    internal NetworkRelaxation(Graph graph)
    {
        _graph = graph;
        _enclosure = new NetworkEnclosure(graph);
    }

    /// <inheritdoc/>
    public int Inputs => _graph.Inputs;

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
        Workspace work = Interlocked.Exchange(ref _spare, null) ?? new Workspace(_graph);
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

        _spare = work;
    }

    /// <summary>The bounds of every node over one box. One thread at a time.</summary>
    private sealed class Workspace
    {
        private readonly Graph _graph;
        private readonly RelaxedBox _box;
        private readonly RelaxedOperands[] _at;
        private readonly EnclosedValues[] _natural;

        public Workspace(Graph graph)
        {
            _graph = graph;
            _box = new RelaxedBox(graph.Inputs);
            _at = new RelaxedOperands[graph.Nodes.Length];
            _natural = new EnclosedValues[graph.Nodes.Length];
            for (int i = 0; i < _at.Length; i++)
            {
                Node node = graph.Nodes[i];
                RelaxedTensor result = node.Operation is Constant(var values)
                    ? new RelaxedTensor(ImmutableCollectionsMarshal.AsArray(values)!)
                    : new RelaxedTensor(node.Size, graph.Inputs);
                RelaxedTensor[] operands = [.. node.Operands.Select(o => _at[o].Result)];
                _at[i] = new RelaxedOperands(operands, result, _box);
                _natural[i] = new EnclosedValues(
                    [.. operands.Select(o => o.Values)],
                    [.. operands.Select(o => o.Constants)],
                    result.Values
                );
            }
        }

        public RelaxedTensor Run(ReadOnlySpan<Interval> x)
        {
            _box.Load(x);
            for (int i = 0; i < x.Length; i++)
            {
                Start(_at[0].Result, i, x[i]);
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

        /// <summary>x_i = 1 (x_i - middle_i) + middle_i, exactly; a constant where it is unbounded.</summary>
        private void Start(RelaxedTensor input, int i, Interval x)
        {
            input.Freeze(i, x);
            if (double.IsFinite(_box.Radii[i]))
            {
                input.Lower(i)[i] = input.Upper(i)[i] = 1;
                input.Lower(i)[^1] = input.Upper(i)[^1] = _box.Middle[i];
                input.Magnitudes[i] = Math.Abs(_box.Middle[i]) + _box.Radii[i];
            }
        }
    }
}
