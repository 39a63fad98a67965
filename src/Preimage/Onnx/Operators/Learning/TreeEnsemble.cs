namespace Preimage.Onnx;

/// <summary>One side of a branch: which branch, and whether its condition holds.</summary>
internal readonly record struct TreeStep(int Branch, bool Holds);

/// <summary>A condition on one feature.</summary>
internal readonly record struct TreeBranch(int Feature, double Threshold, string Mode);

/// <summary>A leaf: the number of its tree, from 0, and the steps that lead to it.</summary>
internal sealed record TreeLeaf(int Tree, TreeStep[] Path);

/// <summary>Decision trees, as the attributes nodes_... list them: nodes of all trees, each with its tree, number, condition and two children.</summary>
internal sealed class TreeEnsemble
{
    private const int Deepest = 256;

    private readonly NodeReader _n;
    private readonly long[] _trees;
    private readonly long[] _numbers;
    private readonly long[] _whenTrue;
    private readonly long[] _whenFalse;
    private readonly string[] _modes;
    private readonly Dictionary<(long Tree, long Number), int> _places = [];
    private readonly List<TreeBranch> _branches = [];
    private readonly List<TreeLeaf> _leaves = [];
    private readonly Dictionary<int, int> _leafOf = [];

    /// <summary>Reads the trees.</summary>
    /// <exception cref="ModelException">The lists do not fit, or are no trees.</exception>
    public TreeEnsemble(NodeReader n)
    {
        _n = n;
        _trees = n.Ints("nodes_treeids") ?? [];
        _numbers = Same(n.Ints("nodes_nodeids"));
        _whenTrue = Same(n.Ints("nodes_truenodeids"));
        _whenFalse = Same(n.Ints("nodes_falsenodeids"));
        _modes = Same(n.Texts("nodes_modes"));
        long[] features = Same(n.Ints("nodes_featureids"));
        double[] thresholds = Same(n.Floats("nodes_values"));
        var roots = new List<int>();
        for (int i = 0; i < _trees.Length; i++)
        {
            if (!_places.TryAdd((_trees[i], _numbers[i]), i))
            {
                throw n.Fail($"has the node {_numbers[i]} of tree {_trees[i]} twice");
            }

            if (roots.Count == 0 || _trees[roots[^1]] != _trees[i])
            {
                roots.Add(i);
            }

            _branches.Add(new TreeBranch((int)Math.Clamp(features[i], -1, int.MaxValue), thresholds[i], _modes[i]));
        }

        int visits = 2 * _trees.Length;
        foreach (int root in roots)
        {
            Walk(root, [], ref visits);
            TreeCount++;
        }
    }

    /// <summary>How many trees there are.</summary>
    public int TreeCount { get; private set; }

    /// <summary>The condition at every node; those of leaves mean nothing.</summary>
    public IReadOnlyList<TreeBranch> Branches => _branches;

    /// <summary>All leaves.</summary>
    public IReadOnlyList<TreeLeaf> Leaves => _leaves;

    /// <summary>The leaf of a tree's node, or -1.</summary>
    public int LeafOf(long tree, long number) =>
        _places.TryGetValue((tree, number), out int place) && _leafOf.TryGetValue(place, out int leaf) ? leaf : -1;

    private void Walk(int place, TreeStep[] path, ref int visits)
    {
        if (visits-- <= 0 || path.Length > Deepest)
        {
            throw _n.Fail($"has nodes that are no trees, or trees deeper than {Deepest}");
        }

        if (_modes[place] == "LEAF")
        {
            _leafOf[place] = _leaves.Count;
            _leaves.Add(new TreeLeaf(TreeCount, path));
            return;
        }

        Walk(Child(place, _whenTrue[place]), [.. path, new TreeStep(place, true)], ref visits);
        Walk(Child(place, _whenFalse[place]), [.. path, new TreeStep(place, false)], ref visits);
    }

    private int Child(int place, long number) =>
        _places.TryGetValue((_trees[place], number), out int child)
            ? child
            : throw _n.Fail($"has no node {number} in tree {_trees[place]}, to which another one leads");

    private T[] Same<T>(T[]? list) =>
        list is not null && list.Length == _trees.Length
            ? list
            : throw _n.Fail($"has lists of {_trees.Length} and {list?.Length ?? 0} nodes, which should be as long");
}
