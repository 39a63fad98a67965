using Preimage.Networks;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>What classical models make of their scores: a transform of each row, and the label of the largest.</summary>
internal static class ClassScores
{
    /// <summary>The guide's words for what becomes of labels.</summary>
    public const string Labels =
        "scores are not transformed by PROBIT or SOFTMAX_ZERO; labels of text are given as their places";

    /// <summary>The attribute post_transform of each row.  scores: [samples, targets].</summary>
    public static Value Transformed(NodeReader n, Value scores) =>
        n.Text("post_transform", "NONE") switch
        {
            "NONE" => scores,
            "LOGISTIC" => scores with { Node = n.Graph.Elementwise(new Sigmoid(), scores.Node) },
            "SOFTMAX" => scores with { Node = n.Graph.Softmax(scores.Shape[0], scores.Shape[1], 1, scores.Node) },
            var other => throw n.Fail(
                $"transforms its scores by {other}, which is not supported; use NONE, LOGISTIC or SOFTMAX"
            ),
        };

    /// <summary>
    /// Scores of both classes from the one of the second: s and its opposite (1 - s where s is a share), or the logistic of both.
    /// </summary>
    public static Value Both(NodeReader n, Value score, bool shares)
    {
        bool logistic = n.Text("post_transform", "NONE") == "LOGISTIC";
        Value second = logistic ? score with { Node = n.Graph.Elementwise(new Sigmoid(), score.Node) } : score;
        Value first = Broadcasting.Combine(
            n,
            BinaryFunction.Subtract,
            Broadcasting.Number(n, logistic || shares ? 1 : 0),
            second
        );
        int both = n.Graph.Concatenate(score.Shape[0], [first.Node, second.Node]);
        return new Value(both, [score.Shape[0], 2]);
    }

    /// <summary>The label of the largest score, the first of several.  scores: [samples, classes].</summary>
    public static Value Largest(NodeReader n, Value scores) =>
        Named(
            n,
            OrderOperators.FirstExtreme(n, scores.Node, new Line(scores.Shape[0], scores.Shape[1], 1), larger: true)
        );

    /// <summary>The second label where the score is above the threshold, else the first.</summary>
    public static Value Above(NodeReader n, Value score, double threshold) =>
        Named(n, Broadcasting.Combine(n, BinaryFunction.Less, Broadcasting.Number(n, threshold), score).Node);

    /// <summary>How many labels there are.</summary>
    public static int Count(NodeReader n) => (Integers(n)?.Length ?? n.Texts("classlabels_strings")?.Length) ?? 0;

    private static Value Named(NodeReader n, int places)
    {
        int node = Integers(n) is { } labels
            ? n.Graph.Lookup(n.Graph.Constant(Array.ConvertAll(labels, l => (double)l)), places)
            : places;
        return new Value(node, [n.Graph.Size(places)], ElementKind.Integer) { Type = DataType.Int64 };
    }

    private static long[]? Integers(NodeReader n) => n.Ints("classlabels_int64s") ?? n.Ints("classlabels_ints");
}
