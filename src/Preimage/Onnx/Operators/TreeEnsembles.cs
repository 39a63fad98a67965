using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>
/// Ensembles of decision trees: piecewise constant, so that the derivative is 0 beside the jumps. All comparisons of all trees are made at once;
/// then a place in each tree steps down, as many times as the deepest tree is deep: a few operations a level, however many nodes there are.
/// </summary>
internal static class TreeEnsembles
{
    /// <summary>Sums (or means, least, largest) of the leaves' weights for each target.</summary>
    public static Value Regress(NodeReader n)
    {
        int targets = checked((int)n.Int("n_targets", 1));
        Rows sums = Sums(n, "target", targets, n.Text("aggregate_function", "SUM"));
        return ClassScores.Transformed(n, sums).ToValue();
    }

    /// <summary>Labels and scores. Weights of one class only, of two, are the score of the second.</summary>
    public static Value[] Classify(NodeReader n)
    {
        double[]? labels = ClassScores.Read(n, "classlabels_int64s", out int count);
        long[] classes = n.Ints("class_ids") ?? [];
        if (count == 2 && classes.Distinct().Count() == 1)
        {
            double[] weights = n.Numbers("class_weights");
            bool probability = Array.TrueForAll(weights, w => w >= 0);
            Rows score = Sums(n, "class", 1, "SUM");
            Rows pair = ClassScores.Pair(n, score, probability);
            return [ClassScores.Labels(n, pair, labels), pair.ToValue()];
        }

        Rows sums = Sums(n, "class", count, "SUM");
        return [ClassScores.Labels(n, sums, labels), ClassScores.Transformed(n, sums).ToValue()];
    }

    private static Rows Sums(NodeReader n, string prefix, int targets, string aggregate)
    {
        Rows x = Rows.Of(n, 0);
        var forest = new Forest(n, x.Width);
        Rows leaves = Descended(n, x, forest);
        (double[] weights, bool[] counted) = Weights(n, forest, prefix, targets);
        Reduction kind = aggregate switch
        {
            "SUM" => Reduction.Sum,
            "AVERAGE" => Reduction.Mean,
            "MIN" when Array.TrueForAll(counted, c => c) => Reduction.Minimum,
            "MAX" when Array.TrueForAll(counted, c => c) => Reduction.Maximum,
            _ => throw n.Fail($"joins its trees by {aggregate}, which is not supported where a leaf lacks a weight"),
        };

        // [rows, trees, targets] places in the weights, [nodes, targets].
        int trees = forest.Roots.Length;
        int[] repeated = Shapes.View(n.Shape([x.Count, trees, targets]), [trees, 1, 0]);
        n.Spend(3L * repeated.Length);
        int first = n.Graph.Combine(
            BinaryFunction.Multiply,
            n.Graph.Select(repeated, leaves.Node),
            Constant(n, repeated.Length, _ => targets)
        );
        int places = n.Graph.Combine(BinaryFunction.Add, first, Constant(n, repeated.Length, k => k % targets));
        int looked = n.Graph.Lookup(n.Graph.Constant(weights), places);
        var sums = new Rows(n.Graph.Reduce(new Reduce(kind, x.Count, trees, targets), looked), x.Count, targets);
        double[] bases = n.Numbers("base_values");
        return bases.Length switch
        {
            0 => sums,
            1 when targets == 1 => Plus(n, sums, bases),
            _ when bases.Length == targets => Plus(n, sums, bases),
            _ => throw n.Fail($"has {bases.Length} base values for {targets} targets, which do not fit"),
        };
    }

    private static Rows Plus(NodeReader n, Rows sums, double[] bases) =>
        sums with
        {
            Node = n.Graph.Combine(BinaryFunction.Add, sums.Node, sums.Repeated(n, bases)),
        };

    /// <summary>The leaf of each tree that each row ends in: [rows, trees].</summary>
    private static Rows Descended(NodeReader n, Rows x, Forest forest)
    {
        int nodes = forest.Features.Length;
        int trees = forest.Roots.Length;
        int bits = Comparisons(n, x, forest);
        int yes = n.Graph.Constant(Array.ConvertAll(forest.Yes, p => (double)p));
        int no = n.Graph.Constant(Array.ConvertAll(forest.No, p => (double)p));
        int current = x.Repeated(n, Array.ConvertAll(forest.Roots, r => (double)r));
        int shift = Constant(n, x.Count * trees, k => (double)(k / trees) * nodes);
        n.Spend(5L * x.Count * trees * forest.Depth);
        for (int level = 0; level < forest.Depth; level++)
        {
            int bit = n.Graph.Lookup(bits, n.Graph.Combine(BinaryFunction.Add, current, shift));
            current = n.Graph.Choose(bit, n.Graph.Lookup(yes, current), n.Graph.Lookup(no, current));
        }

        return new Rows(current, x.Count, trees);
    }

    /// <summary>Whether each row goes to the true side of each node: [rows, nodes]; the nodes of one kind of comparison together.</summary>
    private static int Comparisons(NodeReader n, Rows x, Forest forest)
    {
        int[] features = forest.Features;
        int seen = x.Columns(n, features).Node;
        int values = x.Repeated(n, forest.Values);
        int result = -1;
        foreach (IGrouping<string, int> group in Enumerable.Range(0, features.Length).GroupBy(i => forest.Modes[i]))
        {
            n.Spend(3L * x.Count * features.Length);
            int bits = Compared(n, group.Key, seen, values);
            result = result < 0 ? bits : n.Graph.Choose(Mode(n, x, forest, group.Key), bits, result);
        }

        return result;
    }

    private static int Mode(NodeReader n, Rows x, Forest forest, string mode) =>
        x.Repeated(n, Array.ConvertAll(forest.Modes, m => m == mode ? 1.0 : 0.0));

    private static int Compared(NodeReader n, string mode, int x, int value) =>
        mode switch
        {
            "BRANCH_LEQ" => n.Graph.Combine(BinaryFunction.LessOrEqual, x, value),
            "BRANCH_LT" => n.Graph.Combine(BinaryFunction.Less, x, value),
            "BRANCH_GTE" => n.Graph.Combine(BinaryFunction.LessOrEqual, value, x),
            "BRANCH_GT" => n.Graph.Combine(BinaryFunction.Less, value, x),
            "BRANCH_EQ" => n.Graph.Combine(BinaryFunction.Equal, value, x),
            "BRANCH_NEQ" => n.Graph.Combine(
                BinaryFunction.Subtract,
                Constant(n, n.Graph.Size(x), _ => 1),
                n.Graph.Combine(BinaryFunction.Equal, value, x)
            ),
            "LEAF" => Constant(n, n.Graph.Size(x), _ => 0),
            _ => throw n.Fail($"compares by {mode}, which is not known"),
        };

    private static int Constant(NodeReader n, int count, Func<int, double> element)
    {
        double[] elements = new double[count];
        for (int k = 0; k < count; k++)
        {
            elements[k] = element(k);
        }

        return n.Graph.Constant(elements);
    }

    /// <summary>The weights of each node for each target, and which nodes' are given (or are no leaves): [nodes * targets].</summary>
    private static (double[] Weights, bool[] Counted) Weights(NodeReader n, Forest forest, string prefix, int targets)
    {
        long[] trees = n.Ints($"{prefix}_treeids") ?? [];
        long[] nodes = n.Ints($"{prefix}_nodeids") ?? [];
        long[] ids = n.Ints($"{prefix}_ids") ?? [];
        double[] given = n.Numbers($"{prefix}_weights");
        if (targets < 1 || nodes.Length != trees.Length || ids.Length != trees.Length || given.Length != trees.Length)
        {
            throw n.Fail($"has lists of different lengths for its leaves, or {targets} targets");
        }

        n.Spend(2L * forest.Features.Length * targets);
        double[] weights = new double[forest.Features.Length * targets];
        bool[] counted = new bool[weights.Length];
        for (int i = 0; i < counted.Length; i++)
        {
            counted[i] = forest.Modes[i / targets] != "LEAF";
        }

        for (int i = 0; i < given.Length; i++)
        {
            long target = targets == 1 ? 0 : ids[i];
            if (target < 0 || target >= targets)
            {
                throw n.Fail($"has a weight for the target {ids[i]} of {targets}");
            }

            int place = forest.Place(trees[i], nodes[i]) * targets + (int)target;
            weights[place] += given[i];
            counted[place] = true;
        }

        return (weights, counted);
    }
}
