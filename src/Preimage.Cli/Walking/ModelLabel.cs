using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Walking;

/// <summary>The label that a model gives to a point: the largest of all its outputs, the first of equal ones. A model of one output has none.</summary>
internal sealed class ModelLabel(Network model)
{
    private readonly double[] _value = new double[model.Outputs];

    /// <summary>Whether there are labels.</summary>
    public bool Exists => model.Outputs > 1;

    /// <summary>The number of the label, from 0.  x: [all inputs].</summary>
    public int At(ReadOnlySpan<double> x)
    {
        model.Map.Evaluate(x, _value);
        int winner = 0;
        for (int j = 1; j < _value.Length; j++)
        {
            winner = _value[j] > _value[winner] ? j : winner;
        }

        return winner;
    }

    /// <summary>Its name.</summary>
    public string Name(int label) => model.Signature.Outputs[label].Name;

    /// <summary>The names of several.</summary>
    public ImmutableArray<string> Names(IEnumerable<int> labels) => [.. labels.Select(Name)];
}
