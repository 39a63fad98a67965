namespace Preimage.Onnx;

/// <summary>The nodes of all trees of an ensemble, in the order of the file. A leaf follows itself.</summary>
internal sealed class Forest
{
    private readonly NodeReader _n;
    private readonly Dictionary<(long Tree, long Node), int> _places = [];

    /// <summary>Reads and checks the nodes.  features: how many there are.</summary>
    /// <exception cref="ModelException">The lists do not fit, or a branch leads nowhere or around.</exception>
    public Forest(NodeReader n, int features)
    {
        _n = n;
        long[] trees = n.Ints("nodes_treeids") ?? [];
        long[] nodes = n.Ints("nodes_nodeids") ?? [];
        long[] columns = n.Ints("nodes_featureids") ?? [];
        long[] yes = n.Ints("nodes_truenodeids") ?? [];
        long[] no = n.Ints("nodes_falsenodeids") ?? [];
        Modes = n.Texts("nodes_modes") ?? [];
        Values = n.Numbers("nodes_values");
        int count = trees.Length;
        int[] lengths = [nodes.Length, columns.Length, yes.Length, no.Length, Modes.Length, Values.Length];
        if (count == 0 || lengths.Any(l => l != count))
        {
            throw n.Fail($"has lists of different lengths for its {count} nodes");
        }

        n.Spend(8L * count);
        for (int i = 0; i < count; i++)
        {
            if (!_places.TryAdd((trees[i], nodes[i]), i))
            {
                throw n.Fail($"has the node {nodes[i]} of the tree {trees[i]} twice");
            }
        }

        Features = new int[count];
        Yes = new int[count];
        No = new int[count];
        for (int i = 0; i < count; i++)
        {
            bool leaf = Modes[i] == "LEAF";
            Yes[i] = leaf ? i : Place(trees[i], yes[i]);
            No[i] = leaf ? i : Place(trees[i], no[i]);
            Features[i] = leaf ? 0 : (int)Math.Clamp(columns[i], -1, int.MaxValue);
            if (Features[i] < 0 || Features[i] >= features || !double.IsFinite(Values[i]))
            {
                throw n.Fail($"compares the feature {columns[i]} of {features} with {Values[i]}");
            }
        }

        HashSet<int> led = [.. Enumerable.Range(0, count).Where(i => Modes[i] != "LEAF").SelectMany(Next)];
        Roots = [.. Enumerable.Range(0, count).Where(i => !led.Contains(i))];
        Depth = Roots.Length > 0 ? Deepest() : throw Circle();
    }

    /// <summary>The feature that each node compares: [nodes].</summary>
    public int[] Features { get; }

    /// <summary>How each node compares, or "LEAF": [nodes].</summary>
    public string[] Modes { get; }

    /// <summary>What each node compares with: [nodes].</summary>
    public double[] Values { get; }

    /// <summary>Where a true comparison leads: [nodes].</summary>
    public int[] Yes { get; }

    /// <summary>Where a false one leads: [nodes].</summary>
    public int[] No { get; }

    /// <summary>The nodes that no branch leads to, one of each tree: [trees].</summary>
    public int[] Roots { get; }

    /// <summary>Comparisons on the longest way.</summary>
    public int Depth { get; }

    /// <summary>The place of a node.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public int Place(long tree, long node) =>
        _places.TryGetValue((tree, node), out int place)
            ? place
            : throw _n.Fail($"names the node {node} of the tree {tree}, which is not there");

    /// <summary>Level by level from the roots; more levels than nodes go around in a circle.</summary>
    private int Deepest()
    {
        HashSet<int> level = [.. Roots];
        for (int depth = 0; depth <= Features.Length; depth++)
        {
            HashSet<int> next = [.. level.Where(i => Modes[i] != "LEAF").SelectMany(Next)];
            _n.SpendWork(level.Count);
            if (next.Count == 0)
            {
                return depth;
            }

            level = next;
        }

        throw Circle();
    }

    private int[] Next(int node) => [Yes[node], No[node]];

    private ModelException Circle() => _n.Fail("has a tree whose branches lead around in a circle");
}
