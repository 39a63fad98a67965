using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>
/// Ensembles of decision trees (domain ai.onnx.ml): piecewise constant, with derivative 0 beside the jumps. A leaf is reached where all conditions
/// on the way to it hold, which is the smallest of numbers that are 0 or 1.
/// </summary>
internal static class TreeOperators
{
    private const string Jumps = "derivative 0 beside the jumps; " + ClassScores.Labels;

    public static Operator[] All =>
        [
            LearningOperators.Of("TreeEnsembleClassifier", Classify, Jumps),
            LearningOperators.Of("TreeEnsembleRegressor", n => [Regress(n)], Jumps),
        ];

    private static Value Regress(NodeReader n)
    {
        int targets = (int)Math.Clamp(n.Int("n_targets", 1), 1, Limits.Variables);
        return ClassScores.Transformed(n, WithBase(n, Votes(n, "target", targets), targets));
    }

    private static Value[] Classify(NodeReader n)
    {
        int labels = ClassScores.Count(n);
        long[] classes = n.Ints("class_ids") ?? [];
        if (labels == 0 || classes.Any(c => c < 0 || c >= labels))
        {
            throw n.Fail($"votes for classes beyond its {labels} labels");
        }

        Value votes = Votes(n, "class", labels);
        if (labels != 2 || classes.Distinct().Count() != 1)
        {
            Value scores = WithBase(n, votes, labels);
            return [ClassScores.Largest(n, scores), ClassScores.Transformed(n, scores)];
        }

        // Votes for one class of two: its score alone decides.
        int voted = (int)classes[0];
        int samples = votes.Shape[0];
        int[] column = [.. Enumerable.Range(0, samples).Select(i => 2 * i + voted)];
        Value score = WithBase(n, new Value(n.Graph.Select(column, votes.Node), [samples, 1]), 1);
        bool shares = (n.Floats("class_weights") ?? []).All(w => w >= 0);
        return [ClassScores.Above(n, score, shares ? 0.5 : 0), ClassScores.Both(n, score, shares)];
    }

    /// <summary>The base values added; the last of them where there is one column for two.</summary>
    private static Value WithBase(NodeReader n, Value votes, int targets)
    {
        double[] start = n.Floats("base_values") ?? [];
        return start.Length == 0 ? votes
            : start.Length == targets || targets == 1
                ? Broadcasting.Combine(
                    n,
                    BinaryFunction.Add,
                    votes,
                    new Value(n.Graph.Constant(start[^targets..]), [targets])
                )
            : throw n.Fail($"has {start.Length} base values for {targets} targets, which do not fit");
    }

    /// <summary>The weights of the leaves that are reached, summed or otherwise combined over the trees.  result: [samples, targets].</summary>
    private static Value Votes(NodeReader n, string kind, int targets)
    {
        Value x = LearningOperators.Rows(n, 0);
        var trees = new TreeEnsemble(n);
        (Reduction reduction, double share) = n.Text("aggregate_function", "SUM") switch
        {
            "SUM" => (Reduction.Sum, 1.0),
            "AVERAGE" => (Reduction.Sum, 1.0 / trees.TreeCount),
            "MIN" => (Reduction.Minimum, 1),
            "MAX" => (Reduction.Maximum, 1),
            var other => throw n.Fail(
                $"combines trees by {other}, which is not known; known are SUM, AVERAGE, MIN and MAX"
            ),
        };
        Value reached = Reached(n, x, trees);
        int groups = reduction == Reduction.Sum ? 1 : trees.TreeCount;
        double[] weights = Weights(n, kind, trees, (targets, groups));
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] *= share;
        }

        int columns = groups * targets;
        Value votes = LinearOperators.MatMul(
            n,
            reached,
            new Value(n.Graph.Constant(weights), [trees.Leaves.Count, columns])
        );
        int node =
            groups == 1 ? votes.Node : n.Graph.Reduce(new Reduce(reduction, x.Shape[0], groups, targets), votes.Node);
        return new Value(node, [x.Shape[0], targets]);
    }

    /// <summary>What each leaf gives to each target; in columns of its own tree where there are groups.  result: [leaves, groups, targets].</summary>
    private static double[] Weights(NodeReader n, string kind, TreeEnsemble trees, (int Targets, int Groups) columns)
    {
        long[] tree = n.Ints($"{kind}_treeids") ?? [];
        long[] node = n.Ints($"{kind}_nodeids") ?? [];
        long[] target = n.Ints($"{kind}_ids") ?? [];
        double[] weight = n.Floats($"{kind}_weights") ?? [];
        if (node.Length != tree.Length || target.Length != tree.Length || weight.Length != tree.Length)
        {
            throw n.Fail("has lists of leaves, targets and weights that are not of one length");
        }

        int width = columns.Targets * columns.Groups;
        double[] weights = new double[n.Shape([trees.Leaves.Count, width]) is [var rows, _] ? rows * width : 0];
        for (int i = 0; i < tree.Length; i++)
        {
            int leaf = trees.LeafOf(tree[i], node[i]);
            if (leaf < 0 || target[i] < 0 || target[i] >= columns.Targets)
            {
                throw n.Fail(
                    $"gives a weight to node {node[i]} of tree {tree[i]} and target {target[i]}, which there is not"
                );
            }

            int group = columns.Groups == 1 ? 0 : trees.Leaves[leaf].Tree;
            weights[leaf * width + group * columns.Targets + (int)target[i]] += weight[i];
        }

        return weights;
    }

    /// <summary>1 for the leaves that are reached, else 0.  result: [samples, leaves].</summary>
    private static Value Reached(NodeReader n, Value x, TreeEnsemble trees)
    {
        int samples = x.Shape[0];
        int leaves = trees.Leaves.Count;
        int depth = Math.Max(1, trees.Leaves.Select(l => l.Path.Length).DefaultIfEmpty(1).Max());
        if (leaves == 0 || x.Shape[1] == 0)
        {
            throw n.Fail("has no trees, or no features to branch by");
        }

        Value conditions = Conditions(n, x, trees.Branches);
        Value opposites = ComparisonOperators.Not(n, conditions);
        int branches = trees.Branches.Count;
        int width = 2 * branches + 1;
        int ones = Broadcasting.To(n, Broadcasting.Number(n, 1), [samples, 1]);
        int literals = n.Graph.Concatenate(samples, [conditions.Node, opposites.Node, ones]);
        n.Shape([samples, leaves, depth]);
        int[] sources = new int[samples * leaves * depth];
        for (int k = 0; k < sources.Length; k++)
        {
            TreeStep[] path = trees.Leaves[k / depth % leaves].Path;
            int step = k % depth;
            int literal =
                step >= path.Length ? width - 1
                : path[step].Holds ? path[step].Branch
                : branches + path[step].Branch;
            sources[k] = k / depth / leaves * width + literal;
        }

        int met = n.Graph.Select(sources, literals);
        int all = n.Graph.Reduce(new Reduce(Reduction.Minimum, samples * leaves, depth, 1), met);
        return new Value(all, [samples, leaves]);
    }

    /// <summary>Whether each branch's condition holds.  result: [samples, branches].</summary>
    private static Value Conditions(NodeReader n, Value x, IReadOnlyList<TreeBranch> branches)
    {
        int samples = x.Shape[0];
        var parts = new List<int>();
        int[] places = new int[branches.Count];
        int next = 0;
        foreach (var mode in Enumerable.Range(0, branches.Count).GroupBy(b => branches[b].Mode))
        {
            int[] members = [.. mode];
            parts.Add(Conditions(n, x, [.. members.Select(b => branches[b])], mode.Key));
            foreach (int b in members)
            {
                places[b] = next++;
            }
        }

        int joined = n.Graph.Concatenate(samples, [.. parts]);
        n.Spend((long)samples * places.Length);
        int[] sources = [.. Enumerable.Range(0, samples).SelectMany(i => places.Select(p => i * places.Length + p))];
        return new Value(n.Graph.Select(sources, joined), [samples, places.Length]);
    }

    /// <summary>Conditions of one kind; for leaves anything.</summary>
    private static int Conditions(NodeReader n, Value x, TreeBranch[] branches, string mode)
    {
        int bad = mode == "LEAF" ? -1 : Array.FindIndex(branches, b => b.Feature < 0 || b.Feature >= x.Shape[1]);
        if (bad >= 0)
        {
            throw n.Fail($"branches by the feature {branches[bad].Feature} of {x.Shape[1]}");
        }

        int[] shape = n.Shape([x.Shape[0], branches.Length]);
        int[] sources =
        [
            .. Enumerable
                .Range(0, x.Shape[0])
                .SelectMany(i => branches.Select(b => i * x.Shape[1] + (mode == "LEAF" ? 0 : b.Feature))),
        ];
        var feature = new Value(n.Graph.Select(sources, x.Node), shape);
        var threshold = new Value(n.Graph.Constant([.. branches.Select(b => b.Threshold)]), [branches.Length]);
        Value condition = mode switch
        {
            "BRANCH_LEQ" or "LEAF" => Broadcasting.Combine(n, BinaryFunction.LessOrEqual, feature, threshold),
            "BRANCH_LT" => Broadcasting.Combine(n, BinaryFunction.Less, feature, threshold),
            "BRANCH_GTE" => Broadcasting.Combine(n, BinaryFunction.LessOrEqual, threshold, feature),
            "BRANCH_GT" => Broadcasting.Combine(n, BinaryFunction.Less, threshold, feature),
            "BRANCH_EQ" => Broadcasting.Combine(n, BinaryFunction.Equal, feature, threshold),
            "BRANCH_NEQ" => ComparisonOperators.Not(
                n,
                Broadcasting.Combine(n, BinaryFunction.Equal, feature, threshold)
            ),
            _ => throw n.Fail($"branches by {mode}, which is not known"),
        };
        return condition.Node;
    }
}
