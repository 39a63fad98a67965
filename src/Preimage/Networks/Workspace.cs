using System.Runtime.InteropServices;

namespace Preimage.Networks;

/// <summary>The numbers of one run through a graph: a value for every node, and derivatives for those that depend on x. One thread at a time.</summary>
internal sealed class Workspace
{
    private readonly Graph _graph;
    private readonly double[][] _values;
    private readonly double[][][] _operands;
    private readonly double[]?[] _derivatives;
    private readonly double[]?[][] _operandDerivatives;
    private int _lanes;

    /// <summary>Room for one run.</summary>
    public Workspace(Graph graph)
    {
        _graph = graph;
        int count = graph.Nodes.Length;
        _values = new double[count][];
        _operands = new double[count][][];
        _derivatives = new double[count][];
        _operandDerivatives = new double[count][][];
        for (int i = 0; i < count; i++)
        {
            Node node = graph.Nodes[i];
            _values[i] = node.Operation is Constant(var values)
                ? ImmutableCollectionsMarshal.AsArray(values)!
                : new double[node.Size];
            _operands[i] = new double[node.Operands.Length][];
            _operandDerivatives[i] = new double[node.Operands.Length][];
            for (int k = 0; k < node.Operands.Length; k++)
            {
                _operands[i][k] = _values[node.Operands[k]];
            }
        }
    }

    /// <summary>The value of a node after <see cref="Evaluate"/>.</summary>
    public ReadOnlySpan<double> Value(int node) => _values[node];

    /// <summary>The derivatives of a node: [size * lanes], lanes innermost.</summary>
    public Span<double> Derivative(int node) => _derivatives[node].AsSpan(0, _graph.Nodes[node].Size * _lanes);

    /// <summary>Values of all nodes at x.  x: [Inputs].</summary>
    public void Evaluate(ReadOnlySpan<double> x)
    {
        x.CopyTo(_values[0]);
        for (int i = 1; i < _values.Length; i++)
        {
            if (_graph.Nodes[i].Operation is not Constant)
            {
                Evaluation.Apply(_graph.Nodes[i].Operation, _operands[i], _values[i]);
            }
        }
    }

    /// <summary>Makes room for a number of derivatives side by side, all zero.</summary>
    public void Prepare(int lanes)
    {
        _lanes = lanes;
        for (int i = 0; i < _values.Length; i++)
        {
            Node node = _graph.Nodes[i];
            int length = checked(node.Size * lanes);
            if (node.Varies && (_derivatives[i] is null || _derivatives[i]!.Length < length))
            {
                _derivatives[i] = new double[length];
            }
            else if (node.Varies)
            {
                Array.Clear(_derivatives[i]!);
            }

            for (int k = 0; k < node.Operands.Length; k++)
            {
                _operandDerivatives[i][k] = _derivatives[node.Operands[k]];
            }
        }
    }

    /// <summary>Pushes the derivatives of the input forward, after <see cref="Evaluate"/> and <see cref="Prepare"/>.</summary>
    public void PushForward()
    {
        for (int i = 1; i < _values.Length; i++)
        {
            if (_graph.Nodes[i].Varies)
            {
                var at = new Values(_operands[i], _values[i]);
                TangentRules.Apply(_graph.Nodes[i].Operation, at, _operandDerivatives[i], _derivatives[i]!, _lanes);
            }
        }
    }

    /// <summary>Pulls the derivatives of the output back, after <see cref="Evaluate"/> and <see cref="Prepare"/>.</summary>
    public void PullBack()
    {
        for (int i = _values.Length - 1; i >= 1; i--)
        {
            if (_graph.Nodes[i].Varies)
            {
                var at = new Values(_operands[i], _values[i]);
                AdjointRules.Apply(_graph.Nodes[i].Operation, at, _derivatives[i]!, _operandDerivatives[i], _lanes);
            }
        }
    }
}
