using CsCheck;
using static Preimage.Tests.Onnx.AttributeOf;

namespace Preimage.Tests.Onnx;

/// <summary>Models of classical machine learning with random parameters, against ONNX Runtime; and their Taylor slopes.</summary>
public class LearningOracleTests
{
    private const int Models = 20;

    private const int Features = 4;

    [Theory]
    [InlineData("MAX")]
    [InlineData("L1")]
    [InlineData("L2")]
    public void Normalizer(string norm) => Each(m => m.Learning("Normalizer", ["x"], Text("norm", norm)));

    [Fact]
    public void Scaler() =>
        Each(m => m.Learning("Scaler", ["x"], Reals("offset", 1, -2, 3, 0.5), Reals("scale", 2, 0.5, -1, 3)));

    [Fact]
    public void Binarizer() => Each(m => m.Learning("Binarizer", ["x"], Real("threshold", 0.25)));

    [Fact]
    public void ArrayFeatureExtractor() =>
        Each(m => m.Learning("ArrayFeatureExtractor", ["x", m.Integers([1, 3], 3, 0, 2)]));

    [Fact]
    public void FeatureVectorizer() =>
        Each(m =>
            m.Learning(
                "FeatureVectorizer",
                ["x", m.Node("Neg", ["x"])],
                Integers("inputdimensions", Features, Features)
            )
        );

    [Fact]
    public void Imputer() =>
        Each(m =>
            m.Learning(
                "Imputer",
                [m.Node("Round", ["x"])],
                Reals("imputed_value_floats", 7, 8, 9, 10),
                Real("replaced_value_float", 1)
            )
        );

    [Fact]
    public void LabelEncoder_OfArgMax() =>
        Each(m =>
            m.Learning(
                "LabelEncoder",
                [m.Node("ArgMax", ["x"], Integer("axis", 1))],
                Integers("keys_int64s", 0, 2),
                Reals("values_floats", 0.5, -3),
                Real("default_float", 9)
            )
        );

    [Fact]
    public void OneHotEncoder_OfArgMax() =>
        Each(m =>
            m.Learning(
                "OneHotEncoder",
                [m.Node("ArgMax", ["x"], Integer("axis", 1), Integer("keepdims", 0))],
                Integers("cats_int64s", 3, 0, 1)
            )
        );

    [Theory]
    [InlineData("NONE")]
    [InlineData("LOGISTIC")]
    [InlineData("SOFTMAX")]
    public void LinearRegressor(string transform) =>
        Each(m =>
            m.Learning(
                "LinearRegressor",
                ["x"],
                Reals("coefficients", Draw(m, 3 * Features)),
                Reals("intercepts", Draw(m, 3)),
                Integer("targets", 3),
                Text("post_transform", transform)
            )
        );

    [Theory]
    [InlineData("NONE", 3, 3)]
    [InlineData("LOGISTIC", 3, 3)]
    [InlineData("SOFTMAX", 3, 3)]
    [InlineData("SOFTMAX", 2, 2)]
    [InlineData("NONE", 1, 2)]
    [InlineData("LOGISTIC", 1, 2)]
    public void LinearClassifier(string transform, int targets, int labels) =>
        Each(m =>
        {
            string label = m.Learning(
                "LinearClassifier",
                ["x"],
                Reals("coefficients", Draw(m, targets * Features)),
                Reals("intercepts", Draw(m, targets)),
                Integers("classlabels_ints", [.. Enumerable.Range(10, labels).Select(i => (long)i)]),
                Text("post_transform", transform)
            );
            return LabelsAndScores(m, label);
        });

    [Theory]
    [InlineData("LINEAR")]
    [InlineData("POLY")]
    [InlineData("RBF")]
    [InlineData("SIGMOID")]
    public void SVMRegressor(string kernel) =>
        Each(m =>
            m.Learning(
                "SVMRegressor",
                ["x"],
                Text("kernel_type", kernel),
                Reals("kernel_params", 0.3, 0.5, 3),
                Integer("n_supports", 5),
                Reals("support_vectors", Draw(m, 5 * Features)),
                Reals("coefficients", Draw(m, 5)),
                Reals("rho", 0.7)
            )
        );

    [Theory]
    [InlineData("SUM", "BRANCH_LEQ")]
    [InlineData("AVERAGE", "BRANCH_LT")]
    [InlineData("MIN", "BRANCH_GTE")]
    [InlineData("MAX", "BRANCH_GT")]
    public void TreeEnsembleRegressor(string aggregate, string mode) =>
        Each(m =>
        {
            var trees = new RandomTrees(m.Random, 3, 3, mode);
            return m.Learning(
                "TreeEnsembleRegressor",
                ["x"],
                [
                    .. trees.Nodes(Features),
                    .. trees.Leaves("target", 1, negative: true),
                    Integer("n_targets", 1),
                    Text("aggregate_function", aggregate),
                    Reals("base_values", 0.5),
                ]
            );
        });

    [Theory]
    [InlineData(3, false, "NONE")]
    [InlineData(3, true, "SOFTMAX")]
    [InlineData(2, false, "LOGISTIC")]
    [InlineData(2, false, "NONE")]
    [InlineData(1, true, "NONE")]
    [InlineData(1, false, "NONE")]
    [InlineData(1, true, "LOGISTIC")]
    public void TreeEnsembleClassifier(int voted, bool negative, string transform) =>
        Each(m =>
        {
            var trees = new RandomTrees(m.Random, 4, 3, "BRANCH_LEQ");
            string label = m.Learning(
                "TreeEnsembleClassifier",
                ["x"],
                [
                    .. trees.Nodes(Features),
                    .. trees.Leaves("class", voted, negative),
                    Integers("classlabels_int64s", [.. Enumerable.Range(5, Math.Max(2, voted)).Select(i => (long)i)]),
                    Text("post_transform", transform),
                ]
            );
            // Of two classes that are both voted for the runtime gives neither label.
            return voted == 2 ? m.Second() : LabelsAndScores(m, label);
        });

    /// <summary>Both outputs side by side.</summary>
    private static string LabelsAndScores(OracleModel m, string label)
    {
        string scores = m.Second();
        string real = m.Node("Cast", [label], Integer("to", 1));
        string column = m.Node("Unsqueeze", [real, m.Integers([1], 1)]);
        return m.Node("Concat", [column, scores], Integer("axis", 1));
    }

    private static double[] Draw(OracleModel m, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => m.Random.NextDouble() * 2 - 1)];

    private static void Each(Func<OracleModel, string> make) =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var model = new OracleModel(random) { Shape = [random.Next(1, 4), Features] };
                model.Check(make(model));
            },
            iter: Models
        );
}
