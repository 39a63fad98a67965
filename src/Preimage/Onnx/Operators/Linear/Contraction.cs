using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>A tensor whose axes have names.</summary>
internal sealed record LabelledTensor(Value Value, int[] Labels);

/// <summary>Products of tensors over axes with names: two at a time, each pair one matrix product.  sizes: of each name.</summary>
internal sealed class Contraction(NodeReader n, Dictionary<int, int> sizes)
{
    /// <summary>The product of all, summed over the names that the output does not have, in the order of the output.</summary>
    public LabelledTensor Reduce(List<LabelledTensor> operands, int[] output)
    {
        LabelledTensor[] plain = [.. operands.Select(Distinct)];
        LabelledTensor result = plain[0];
        for (int i = 1; i < plain.Length; i++)
        {
            int[] kept = [.. output, .. plain.Skip(i + 1).SelectMany(o => o.Labels)];
            result = Multiply(
                Sum(result, [.. kept, .. plain[i].Labels]),
                Sum(plain[i], [.. kept, .. result.Labels]),
                kept
            );
        }

        return Ordered(Sum(result, output), output);
    }

    /// <summary>Every name once: a name that stands twice takes the diagonal, an axis of size 1 under a larger name is dropped.</summary>
    private LabelledTensor Distinct(LabelledTensor operand)
    {
        int[] shape = operand.Value.Shape;
        int[] own = Shapes.Strides(shape);
        int[] labels = [.. operand.Labels.Where((l, i) => shape[i] == sizes[l]).Distinct()];
        int[] strides = Array.ConvertAll(
            labels,
            l => operand.Labels.Select((other, i) => other == l && shape[i] > 1 ? own[i] : 0).Sum()
        );
        int[] result = Array.ConvertAll(labels, l => sizes[l]);
        return Seen(operand, labels, result, strides);
    }

    /// <summary>Summed over all names but those that are kept.</summary>
    private LabelledTensor Sum(LabelledTensor operand, int[] kept)
    {
        int[] stay = [.. operand.Labels.Where(kept.Contains)];
        int[] gone = [.. operand.Labels.Except(stay)];
        if (gone.Length == 0)
        {
            return operand;
        }

        LabelledTensor ordered = Ordered(operand, [.. stay, .. gone]);
        int node = n.Graph.Reduce(new Reduce(Reduction.Sum, Count(stay), Count(gone), 1), ordered.Value.Node);
        return new LabelledTensor(new Value(node, Array.ConvertAll(stay, l => sizes[l])), stay);
    }

    /// <summary>Names of both that are kept are batches; names of both that are not are summed over.</summary>
    private LabelledTensor Multiply(LabelledTensor a, LabelledTensor b, int[] kept)
    {
        int[] both = [.. a.Labels.Intersect(b.Labels)];
        int[] batch = [.. both.Where(kept.Contains)];
        int[] summed = [.. both.Except(batch)];
        int[] left = [.. a.Labels.Except(both)];
        int[] right = [.. b.Labels.Except(both)];
        int[] labels = [.. batch, .. left, .. right];
        int[] shape = n.Shape(Array.ConvertAll(labels, l => (long)sizes[l]));
        int first = Ordered(a, [.. batch, .. left, .. summed]).Value.Node;
        int second = Ordered(b, [.. batch, .. summed, .. right]).Value.Node;
        var product = new MatrixMultiply(Count(batch), Count(left), Count(summed), Count(right));
        bool pointwise = product is { Rows: 1, Inner: 1, Columns: 1 };
        int node = pointwise
            ? n.Graph.Combine(BinaryFunction.Multiply, first, second)
            : LinearOperators.Multiply(n, product, first, second);
        return new LabelledTensor(new Value(node, shape), labels);
    }

    private LabelledTensor Ordered(LabelledTensor operand, int[] labels)
    {
        int[] own = Shapes.Strides(operand.Value.Shape);
        int[] strides = Array.ConvertAll(labels, l => own[Array.IndexOf(operand.Labels, l)]);
        return Seen(operand, labels, Array.ConvertAll(labels, l => sizes[l]), strides);
    }

    private LabelledTensor Seen(LabelledTensor operand, int[] labels, int[] shape, int[] strides)
    {
        n.Spend(Shapes.Product(shape));
        int node = n.Graph.Select(Shapes.View(shape, strides), operand.Value.Node);
        return new LabelledTensor(operand.Value with { Node = node, Shape = shape }, labels);
    }

    private int Count(int[] labels) => Shapes.Product(Array.ConvertAll(labels, l => sizes[l]));
}
