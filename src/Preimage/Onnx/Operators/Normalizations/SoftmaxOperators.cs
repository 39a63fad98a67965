namespace Preimage.Onnx;

/// <summary>Softmax and its logarithm.</summary>
internal static class SoftmaxOperators
{
    public static Operator[] All =>
        [new("Softmax", n => [Softmax(n, logarithm: false)]), new("LogSoftmax", n => [Softmax(n, logarithm: true)])];

    private static Value Softmax(NodeReader n, bool logarithm)
    {
        Value x = n.Real(0);
        if (x.Rank == 0 || n.Graph.Size(x.Node) == 0)
        {
            throw n.Fail($"takes a tensor of shape {Shapes.Text(x.Shape)}, where an axis with elements is needed");
        }

        (int outer, int count, int inner) = Line.Normalized(n, x);
        n.Spend(n.Graph.Size(x.Node));
        int node = logarithm
            ? n.Graph.LogSoftmax(outer, count, inner, x.Node)
            : n.Graph.Softmax(outer, count, inner, x.Node);
        return x with { Node = node };
    }
}
