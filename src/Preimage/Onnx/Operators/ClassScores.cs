using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>What classical learners make of their sums: the transformation that they name, and the label of the largest score.</summary>
internal static class ClassScores
{
    /// <summary>The scores under the node's post_transform.</summary>
    public static Rows Transformed(NodeReader n, Rows scores)
    {
        string name = n.Text("post_transform", "NONE");
        switch (name)
        {
            case "NONE" or "":
                return scores;
            case "LOGISTIC":
                return scores.Each(n, new Sigmoid());
            case "SOFTMAX":
                return scores with { Node = n.Graph.Softmax(scores.Count, scores.Width, 1, scores.Node) };
            default:
                throw n.Fail($"transforms its scores by {name}, which is not supported");
        }
    }

    /// <summary>One score s of two classes, as a pair: (1 - s, s) of a probability, (-s, s) of a margin.</summary>
    public static Rows Pair(NodeReader n, Rows score, bool probability)
    {
        if (probability)
        {
            return score.Affine(n, [-1, 1], [1, 0], 2);
        }

        Rows margins = score.Affine(n, [-1, 1], [], 2);
        return n.Text("post_transform", "NONE") == "LOGISTIC" ? margins.Each(n, new Sigmoid()) : margins;
    }

    /// <summary>The label of the largest score of each row; of labels that are texts, their place.  labels: [Width], or null for the places.</summary>
    public static Value Labels(NodeReader n, Rows scores, double[]? labels)
    {
        n.Spend(2L * scores.Count * scores.Width);
        int order = n.Graph.SortPlaces(new SortPlaces(scores.Count, scores.Width, 1, Descending: true), scores.Node);
        int first = n.Graph.Select(Shapes.View([scores.Count], [scores.Width]), order);
        int label = labels is null ? first : n.Graph.Lookup(n.Graph.Constant(labels), first);
        return new Value(label, [scores.Count], ElementKind.Integer);
    }

    /// <summary>The labels that a classifier lists; null where they are texts.  count: how many.</summary>
    public static double[]? Read(NodeReader n, string integers, out int count)
    {
        if (n.Ints(integers) is { Length: > 0 } numbers)
        {
            count = numbers.Length;
            return Array.ConvertAll(numbers, l => (double)l);
        }

        count = (n.Texts("classlabels_strings") ?? n.Texts("classlabels"))?.Length ?? throw n.Fail("names no classes");
        return null;
    }
}
