using CsCheck;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>Classical learners of random sizes against ONNX Runtime.</summary>
public class LearningTests
{
    private static readonly string[] Transforms = ["NONE", "LOGISTIC", "SOFTMAX"];

    [Fact]
    public void Scaler_IsThatOfOnnxRuntime() =>
        Sample(
            (random, features) =>
            {
                int numbers = random.Next(2) == 0 ? 1 : features;
                return Node("Scaler")
                    .WithNumbers("offset", Draw(random, numbers))
                    .WithNumbers("scale", Draw(random, numbers));
            }
        );

    [Fact]
    public void Normalizer_IsThatOfOnnxRuntime() =>
        Sample((random, _) => Node("Normalizer").WithText("norm", ((string[])["MAX", "L1", "L2"])[random.Next(3)]));

    [Fact]
    public void LinearRegressor_IsThatOfOnnxRuntime() =>
        Sample(
            (random, features) =>
            {
                int targets = random.Next(1, 4);
                return Node("LinearRegressor")
                    .With("targets", targets)
                    .WithText("post_transform", targets == 1 ? "NONE" : Transforms[random.Next(3)])
                    .WithNumbers("coefficients", Draw(random, targets * features))
                    .WithNumbers("intercepts", Draw(random, targets));
            }
        );

    [Fact]
    public void LinearClassifier_IsThatOfOnnxRuntime() =>
        Sample(
            (random, features) =>
            {
                int rows = random.Next(1, 5);
                int classes = rows == 1 ? 2 : rows;
                return Scored(
                    Node("LinearClassifier")
                        .WithText("post_transform", Transforms[random.Next(rows == 1 ? 2 : 3)])
                        .With("classlabels_ints", [.. Enumerable.Range(0, classes).Select(i => 7L * i + 3)])
                        .WithNumbers("coefficients", Draw(random, rows * features))
                        .WithNumbers("intercepts", Draw(random, rows))
                );
            }
        );

    [Theory]
    [InlineData("LINEAR")]
    [InlineData("POLY")]
    [InlineData("RBF")]
    [InlineData("SIGMOID")]
    public void SVMRegressor_IsThatOfOnnxRuntime(string kernel) =>
        Sample(
            (random, features) =>
            {
                int supports = random.Next(1, 5);
                return Node("SVMRegressor")
                    .With("n_supports", supports)
                    .WithText("kernel_type", kernel)
                    .WithNumbers("kernel_params", [0.3f + random.NextSingle(), random.NextSingle(), 3])
                    .WithNumbers("support_vectors", Draw(random, supports * features))
                    .WithNumbers("coefficients", Draw(random, supports))
                    .WithNumbers("rho", Draw(random, 1));
            }
        );

    [Theory]
    [InlineData("SUM")]
    [InlineData("AVERAGE")]
    public void TreeEnsembleRegressor_IsThatOfOnnxRuntime(string aggregate) =>
        Sample(
            (random, features) =>
            {
                int targets = random.Next(1, 4);
                NodeProto node = Node("TreeEnsembleRegressor")
                    .With("n_targets", targets)
                    .WithText("aggregate_function", aggregate)
                    .WithNumbers("base_values", Draw(random, targets));
                return Trees.Add(random, node, "target", features, targets);
            }
        );

    [Fact]
    public void TreeEnsembleClassifier_IsThatOfOnnxRuntime() =>
        Sample(
            (random, features) =>
            {
                int classes = random.Next(2, 5);
                NodeProto node = Node("TreeEnsembleClassifier")
                    .WithText("post_transform", Transforms[random.Next(3)])
                    .With("classlabels_int64s", [.. Enumerable.Range(0, classes).Select(i => 5L * i + 1)]);
                return Scored(Trees.Add(random, node, "class", features, classes));
            }
        );

    /// <summary>Of two classes, weights of one only are the score of the second: a margin where some are negative.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void TreeEnsembleClassifier_OfOneScore_IsThatOfOnnxRuntime(float lowest) =>
        Sample(
            (random, features) =>
            {
                NodeProto node = Node("TreeEnsembleClassifier")
                    .WithText("post_transform", lowest < 0 ? Transforms[random.Next(2)] : "NONE")
                    .With("classlabels_int64s", [4L, 9L]);
                Trees.Add(random, node, "class", features, 1);
                AttributeProto weights = node.Attribute.First(a => a.Name == "class_weights");
                for (int i = 0; i < weights.Floats.Count; i++)
                {
                    weights.Floats[i] = lowest + random.NextSingle() * (lowest < 0 ? 2 : 0.2f);
                }

                return Scored(node);
            }
        );

    [Fact]
    public void Labels_AreThoseOfTheLargestScore()
    {
        NodeProto node = Node("LinearClassifier")
            .With("classlabels_ints", [10L, 20L, 30L])
            .WithNumbers("coefficients", [1, 0, 0, 1, 0, 0])
            .WithNumbers("intercepts", [0, 0, 0.5f]);
        ModelProto model = Model(node, 1, 2);
        Assert.Equal(10, Label(model, [1, 0]));
        Assert.Equal(20, Label(model, [0, 1]));
        Assert.Equal(30, Label(model, [0, 0]));
    }

    [Fact]
    public void TreeThatLeadsAround_IsRefused()
    {
        NodeProto node = Node("TreeEnsembleRegressor");
        Trees.AddNodes(node, [("BRANCH_LEQ", 0, 0.5f, 1, 1), ("BRANCH_LEQ", 0, 0.5f, 0, 0)]);
        Assert.Contains("around in a circle", Model(node, 1, 2).Refusal(), StringComparison.Ordinal);
    }

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

    private static double Label(ModelProto model, double[] x)
    {
        Network network = model.Read();
        double[] y = new double[network.Outputs];
        network.Map.Evaluate(x, y);
        return y.Single();
    }

    private static void Sample(Func<Random, int, NodeProto> make) =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                (int rows, int features) = (random.Next(1, 4), random.Next(1, 5));
                NodeProto node = make(random, features);
                ModelProto model = Model(node, rows, features);
                double[] Point() => [.. Draw(random, rows * features).Select(e => (double)e)];
                ModelOracle.Agrees(model, Point(), Point(), $"{seed}: {node}");
            },
            iter: 40
        );

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
