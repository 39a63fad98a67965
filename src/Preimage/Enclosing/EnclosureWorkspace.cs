using System.Runtime.InteropServices;
using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>The enclosures of one run through a graph: of every node's value, and of derivatives where it depends on x. One thread at a time.</summary>
internal sealed class EnclosureWorkspace
{
    private readonly Graph _graph;
    private readonly EnclosedValues[] _values;
    private readonly DerivativeRoom _first;
    private readonly DerivativeRoom _second;

    /// <summary>Room for one run.  constants: of each constant node its enclosure, empty where only its numbers are asked for.</summary>
    public EnclosureWorkspace(Graph graph, Interval[]?[] constants)
    {
        _graph = graph;
        int count = graph.Nodes.Length;
        _values = new EnclosedValues[count];
        _first = new DerivativeRoom(graph);
        _second = new DerivativeRoom(graph);
        for (int i = 0; i < count; i++)
        {
            Node node = graph.Nodes[i];
            _values[i] = new EnclosedValues(
                [.. node.Operands.Select(o => _values[o].Result)],
                [.. node.Operands.Select(o => Numbers(graph.Nodes[o].Operation))],
                constants[i] ?? new Interval[node.Size]
            );
        }
    }

    /// <summary>The output's value.</summary>
    public ReadOnlySpan<Interval> Output => _values[_graph.Output].Result;

    /// <summary>The output's first derivatives: [m * lanes].</summary>
    public ReadOnlySpan<Interval> FirstOfOutput => _first.Of(_graph.Output);

    /// <summary>The output's second derivatives: [m * lanes (lanes + 1) / 2].</summary>
    public ReadOnlySpan<Interval> SecondOfOutput => _second.Of(_graph.Output);

    /// <summary>The box, to be filled in: [Inputs].</summary>
    public Span<Interval> Input => _values[0].Result;

    /// <summary>Encloses the values of all nodes over the box.</summary>
    public void Enclose()
    {
        for (int i = 1; i < _values.Length; i++)
        {
            if (_graph.Nodes[i].Operation is not Constant)
            {
                ValueRules.Apply(_graph.Nodes[i].Operation, _values[i]);
            }
        }
    }

    /// <summary>Makes room for derivatives in so many directions, and gives those of the input to be filled in, all zero: [Inputs * lanes].</summary>
    public Span<Interval> Seed(int lanes) => _first.Prepare(lanes);

    /// <summary>Pushes the first derivatives forward, after <see cref="Enclose"/> and <see cref="Seed"/>.</summary>
    public void PushFirst()
    {
        for (int i = 1; i < _values.Length; i++)
        {
            if (_graph.Nodes[i].Varies)
            {
                SlopeRules.Apply(_graph.Nodes[i].Operation, _values[i], _first.At(i));
            }
        }
    }

    /// <summary>Pushes the second derivatives forward, after <see cref="PushFirst"/>; the input has none.</summary>
    public void PushSecond()
    {
        _second.Prepare(IntervalLanes.Pairs(_first.Lanes));
        for (int i = 1; i < _values.Length; i++)
        {
            if (_graph.Nodes[i].Varies)
            {
                CurvatureRules.Apply(_graph.Nodes[i].Operation, _values[i], _first.At(i), _second.At(i));
            }
        }
    }

    private static double[]? Numbers(Operation operation) =>
        operation is Constant(var values) ? ImmutableCollectionsMarshal.AsArray(values) : null;

    /// <summary>Derivatives of every node that varies, lanes innermost.</summary>
    private sealed class DerivativeRoom(Graph graph)
    {
        private readonly EnclosedDerivatives[] _at = new EnclosedDerivatives[graph.Nodes.Length];

        public int Lanes { get; private set; }

        public EnclosedDerivatives At(int node) => _at[node];

        public ReadOnlySpan<Interval> Of(int node) => _at[node].Result.AsSpan(0, graph.Nodes[node].Size * Lanes);

        public Span<Interval> Prepare(int lanes)
        {
            if (Lanes != lanes)
            {
                Lanes = lanes;
                for (int i = 0; i < _at.Length; i++)
                {
                    Make(i);
                }
            }

            Span<Interval> seed = _at[0].Result.AsSpan(0, graph.Inputs * lanes);
            seed.Clear();
            return seed;
        }

        private void Make(int i)
        {
            Node node = graph.Nodes[i];
            int length = checked(node.Size * Lanes);
            Interval[] result = _at[i].Result ?? [];
            if (node.Varies && result.Length < length)
            {
                result = new Interval[length];
            }

            Interval[]?[] operands = _at[i].Operands ?? new Interval[]?[node.Operands.Length];
            for (int k = 0; k < operands.Length; k++)
            {
                int operand = node.Operands[k];
                operands[k] = graph.Nodes[operand].Varies ? _at[operand].Result : null;
            }

            _at[i] = new EnclosedDerivatives(operands, result, Lanes);
        }
    }
}
