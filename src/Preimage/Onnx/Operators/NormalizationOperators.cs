namespace Preimage.Onnx;

/// <summary>Softmax and its logarithm.</summary>
internal static class NormalizationOperators
{
    public static Operator[] All =>
        [new("Softmax", n => [Softmax(n, logarithm: false)]), new("LogSoftmax", n => [Softmax(n, logarithm: true)])];

    /// <summary>Before opset 13 all axes from the named one on are one; from then on it is the named one alone.</summary>
    private static Value Softmax(NodeReader n, bool logarithm)
    {
        Value x = n.Real(0);
        if (x.Rank == 0 || n.Graph.Size(x.Node) == 0)
        {
            throw n.Fail($"takes a tensor of shape {Shapes.Text(x.Shape)}, where an axis with elements is needed");
        }

        bool flat = n.Opset < 13;
        int axis = n.Axis(n.Int("axis", flat ? 1 : -1), x.Rank, inclusive: flat);
        int outer = Shapes.Product(x.Shape.AsSpan(0, axis));
        int count = flat ? Shapes.Product(x.Shape.AsSpan(axis)) : x.Shape[axis];
        int inner = flat ? 1 : Shapes.Product(x.Shape.AsSpan(axis + 1));
        n.Spend(n.Graph.Size(x.Node));
        int node = logarithm
            ? n.Graph.LogSoftmax(outer, count, inner, x.Node)
            : n.Graph.Softmax(outer, count, inner, x.Node);
        return x with { Node = node };
    }
}
