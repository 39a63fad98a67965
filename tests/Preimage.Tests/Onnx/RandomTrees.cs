using Preimage.Onnx.Wire;
using static Preimage.Tests.Onnx.AttributeOf;

namespace Preimage.Tests.Onnx;

/// <summary>Random decision trees as the attributes that list them.</summary>
internal sealed class RandomTrees
{
    private readonly Random _random;
    private readonly string _mode;
    private readonly List<(int Tree, int Number, int WhenTrue, int WhenFalse)> _nodes = [];

    /// <summary>So many trees, no deeper than the limit.</summary>
    public RandomTrees(Random random, int trees, int deepest, string mode)
    {
        _random = random;
        _mode = mode;
        for (int tree = 0; tree < trees; tree++)
        {
            int next = 0;
            Grow(tree, deepest, ref next);
        }

        _nodes.Sort();
    }

    /// <summary>The nodes of all trees.</summary>
    public IEnumerable<AttributeProto> Nodes(int features)
    {
        yield return Integers("nodes_treeids", [.. _nodes.Select(n => (long)n.Tree)]);
        yield return Integers("nodes_nodeids", [.. _nodes.Select(n => (long)n.Number)]);
        yield return Integers("nodes_truenodeids", [.. _nodes.Select(n => (long)n.WhenTrue)]);
        yield return Integers("nodes_falsenodeids", [.. _nodes.Select(n => (long)n.WhenFalse)]);
        yield return Integers("nodes_featureids", [.. _nodes.Select(_ => (long)_random.Next(features))]);
        yield return Reals("nodes_values", [.. _nodes.Select(_ => _random.NextDouble() * 4 - 2)]);
        yield return Texts("nodes_modes", [.. _nodes.Select(n => n.WhenTrue == 0 ? "LEAF" : _mode)]);
    }

    /// <summary>A weight at every leaf for each of the targets, as trainers write them.</summary>
    public IEnumerable<AttributeProto> Leaves(string kind, int targets, bool negative)
    {
        var votes = _nodes
            .Where(n => n.WhenTrue == 0)
            .SelectMany(n => Enumerable.Range(0, targets).Select(t => (n.Tree, n.Number, Target: t)))
            .ToArray();
        yield return Integers($"{kind}_treeids", [.. votes.Select(v => (long)v.Tree)]);
        yield return Integers($"{kind}_nodeids", [.. votes.Select(v => (long)v.Number)]);
        yield return Integers($"{kind}_ids", [.. votes.Select(v => (long)v.Target)]);
        double least = negative ? -0.2 : 0;
        yield return Reals($"{kind}_weights", [.. votes.Select(_ => _random.NextDouble() * 0.4 + least)]);
    }

    /// <summary>The number of a new node; children come later, so that 0 is never one.</summary>
    private int Grow(int tree, int deepest, ref int next)
    {
        int number = next++;
        bool leaf = deepest == 0 || (number > 0 && _random.Next(4) == 0);
        int whenTrue = leaf ? 0 : Grow(tree, deepest - 1, ref next);
        int whenFalse = leaf ? 0 : Grow(tree, deepest - 1, ref next);
        _nodes.Add((tree, number, whenTrue, whenFalse));
        return number;
    }
}
