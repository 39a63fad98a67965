using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>Models of one classical learner each.</summary>
internal static class LearningModels
{
    /// <summary>A regressor by trees or support vectors, or a classifier.</summary>
    internal static ModelProto Any(Random random)
    {
        const int features = 3;
        NodeProto node = random.Next(3) switch
        {
            0 => Trees.Add(random, Node("TreeEnsembleRegressor").With("n_targets", 2), "target", features, 2),
            1 => Scored(
                Trees.Add(
                    random,
                    Node("TreeEnsembleClassifier").With("classlabels_int64s", [1L, 2L, 3L]),
                    "class",
                    3,
                    3
                )
            ),
            _ => Node("SVMRegressor")
                .With("n_supports", 2)
                .WithText("kernel_type", "RBF")
                .WithNumbers("kernel_params", [1, 0, 3])
                .WithNumbers("support_vectors", Draw(random, 2 * features))
                .WithNumbers("coefficients", Draw(random, 2))
                .WithNumbers("rho", Draw(random, 1)),
        };
        return Model(node, 2, features);
    }

    private static ModelProto Model(NodeProto node, int rows, int features)
    {
        ModelProto model = Models.Of([rows, features], node);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 3 });
        return model;
    }

    private static NodeProto Node(string operation)
    {
        NodeProto node = Models.Node(operation, "y", "x");
        node.Domain = "ai.onnx.ml";
        return node;
    }

    /// <summary>A classifier of which the scores are looked at.</summary>
    private static NodeProto Scored(NodeProto node)
    {
        node.Output.Insert(0, "label");
        return node;
    }

    private static float[] Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextSingle() - 1)];
}

/// <summary>Random trees as attributes of a node.</summary>
internal static class Trees
{
    private static readonly string[] Modes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT"];

    /// <summary>The node with some trees of depth up to 3, whose leaves weigh for all targets.</summary>
    public static NodeProto Add(Random random, NodeProto node, string prefix, int features, int targets)
    {
        string mode = Modes[random.Next(Modes.Length)];
        var trees = new List<List<(string Mode, long Feature, float Value, long Yes, long No)>>();
        for (int t = random.Next(1, 5); t > 0; t--)
        {
            trees.Add([]);
            Grow(random, trees[^1], mode, features, 0);
        }

        AddNodes(node, [.. trees]);
        var leaves = trees
            .SelectMany((tree, t) => tree.Select((n, i) => (Tree: t, Node: i, n.Mode)))
            .Where(l => l.Mode == "LEAF")
            .SelectMany(l => Enumerable.Range(0, targets).Select(k => (l.Tree, l.Node, Target: k)))
            .ToList();
        node.With($"{prefix}_treeids", [.. leaves.Select(l => (long)l.Tree)]);
        node.With($"{prefix}_nodeids", [.. leaves.Select(l => (long)l.Node)]);
        node.With($"{prefix}_ids", [.. leaves.Select(l => (long)l.Target)]);
        return node.WithNumbers($"{prefix}_weights", [.. leaves.Select(_ => 2 * random.NextSingle() - 1)]);
    }

    /// <summary>The node with these trees.</summary>
    public static void AddNodes(
        NodeProto node,
        params List<(string Mode, long Feature, float Value, long Yes, long No)>[] trees
    )
    {
        var all = trees.SelectMany((tree, t) => tree.Select((n, i) => (Tree: t, Node: i, Is: n))).ToList();
        node.With("nodes_treeids", [.. all.Select(n => (long)n.Tree)]);
        node.With("nodes_nodeids", [.. all.Select(n => (long)n.Node)]);
        node.With("nodes_featureids", [.. all.Select(n => n.Is.Feature)]);
        node.With("nodes_truenodeids", [.. all.Select(n => n.Is.Yes)]);
        node.With("nodes_falsenodeids", [.. all.Select(n => n.Is.No)]);
        node.WithTexts("nodes_modes", [.. all.Select(n => n.Is.Mode)]);
        node.WithNumbers("nodes_values", [.. all.Select(n => n.Is.Value)]);
    }

    private static long Grow(
        Random random,
        List<(string Mode, long Feature, float Value, long Yes, long No)> tree,
        string mode,
        int features,
        int depth
    )
    {
        int place = tree.Count;
        tree.Add(("LEAF", 0, 0, 0, 0));
        if (depth < 3 && (depth == 0 || random.Next(3) > 0))
        {
            long yes = Grow(random, tree, mode, features, depth + 1);
            long no = Grow(random, tree, mode, features, depth + 1);
            tree[place] = (mode, random.Next(features), random.NextSingle() - 0.5f, yes, no);
        }

        return place;
    }
}
