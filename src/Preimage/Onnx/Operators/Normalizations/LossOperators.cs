using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Losses of scores [batch, classes, places...] against constant labels [batch, places...].</summary>
internal static class LossOperators
{
    private const string ConstantLabels = "the labels are constant";

    public static Operator[] All =>
        [
            new("NegativeLogLikelihoodLoss", n => [Loss(n, n.Real(0))], ConstantLabels),
            new("SoftmaxCrossEntropyLoss", CrossEntropy, ConstantLabels),
        ];

    private static Value[] CrossEntropy(NodeReader n)
    {
        Value x = n.Real(0);
        Line line = Classes(n, x);
        n.Spend(line.Elements);
        Value logarithms = x with { Node = n.Graph.LogSoftmax(line.Outer, line.Count, line.Inner, x.Node) };
        return [Loss(n, logarithms), logarithms];
    }

    private static Line Classes(NodeReader n, Value x) =>
        x.Rank >= 2 && x.Shape[1] > 0
            ? Line.Along(x.Shape, 1)
            : throw n.Fail($"takes scores of shape {Shapes.Text(x.Shape)}, where an axis 1 of classes is needed");

    /// <summary>-w_t x_t for the label t of each place, 0 where it is to be ignored; summed, or divided by the sum of the weights.</summary>
    private static Value Loss(NodeReader n, Value x)
    {
        Line line = Classes(n, x);
        long[] labels = n.Integers(1);
        int[] shape = [x.Shape[0], .. x.Shape[2..]];
        if (!shape.AsSpan().SequenceEqual(n.Input(1).Shape) || labels.Length == 0)
        {
            throw n.Fail(
                $"has labels of shape {Shapes.Text(n.Input(1).Shape)} for scores of shape {Shapes.Text(x.Shape)}, which do not fit"
            );
        }

        long ignored = n.Int("ignore_index", long.MinValue);
        n.Spend(4L * labels.Length);
        int[] classes = [.. labels.Select(l => l == ignored ? 0 : GatherOperators.Place(n, l, line.Count))];
        int[] sources = [.. classes.Select((c, k) => (k / line.Inner * line.Count + c) * line.Inner + k % line.Inner)];
        int weights = Weights(n, classes, Array.ConvertAll(labels, l => l == ignored ? 0.0 : 1.0), line.Count);
        int picked = n.Graph.Select(sources, x.Node);
        int losses = n.Graph.Combine(BinaryFunction.Multiply, n.Graph.Elementwise(new Negate(), picked), weights);
        var all = new Reduce(Reduction.Sum, 1, labels.Length, 1);
        return n.Text("reduction", "mean") switch
        {
            "none" => new Value(losses, shape),
            "sum" => new Value(n.Graph.Reduce(all, losses), []),
            "mean" => new Value(
                n.Graph.Combine(BinaryFunction.Divide, n.Graph.Reduce(all, losses), n.Graph.Reduce(all, weights)),
                []
            ),
            var other => throw n.Fail($"reduces by '{other}', which is not known; known are none, sum and mean"),
        };
    }

    /// <summary>The weight of each label, 0 where it is to be ignored.</summary>
    private static int Weights(NodeReader n, int[] classes, double[] counted, int count)
    {
        int mask = n.Graph.Constant(counted);
        if (!n.Has(2))
        {
            return mask;
        }

        Value weights = n.Real(2);
        return weights.Rank == 1 && weights.Shape[0] == count
            ? n.Graph.Combine(BinaryFunction.Multiply, n.Graph.Select(classes, weights.Node), mask)
            : throw n.Fail($"has weights of shape {Shapes.Text(weights.Shape)} for {count} classes, which do not fit");
    }
}
