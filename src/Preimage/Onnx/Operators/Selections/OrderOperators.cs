using Preimage.Networks;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>Operators that order elements by their values. Places are locally constant; the elements found there carry the derivative.</summary>
internal static class OrderOperators
{
    public static Operator[] All =>
        [
            new("ArgMax", n => [Extreme(n, larger: true)], Support.Jumps),
            new("ArgMin", n => [Extreme(n, larger: false)], Support.Jumps),
            new("Hardmax", n => [Hardmax(n)], Support.Jumps),
            new("TopK", Top, "k is constant"),
        ];

    /// <summary>The first k of each line in its order, and their places.</summary>
    private static Value[] Top(NodeReader n)
    {
        Value x = n.Input(0);
        int axis = n.Axis(n.Int("axis", -1), x.Rank);
        double k = n.Opset < 10 ? n.Int("k", -1) : n.Scalar(1);
        Line line = Line.Along(x.Shape, axis);
        if (!(k >= 0 && k <= line.Count))
        {
            throw n.Fail($"takes the first {k} of {line.Count} elements");
        }

        int[] shape = [.. x.Shape];
        shape[axis] = (int)k;
        n.Spend(4L * line.Elements);
        int order = n.Graph.SortPlaces(
            new SortPlaces(line.Outer, line.Count, line.Inner, n.Int("largest", 1) != 0),
            x.Node
        );
        int places = n.Graph.Select(Leading(line, (int)k), order);
        return
        [
            x with
            {
                Node = LookUp(n, x.Node, line, places),
                Shape = shape,
            },
            new Value(places, shape, ElementKind.Integer) { Type = DataType.Int64 },
        ];
    }

    /// <summary>Where the largest or smallest element of each line stands: the first of several, or the last.</summary>
    private static Value Extreme(NodeReader n, bool larger)
    {
        Value x = n.Input(0);
        int axis = n.Axis(n.Int("axis", 0), x.Rank);
        int[] shape =
            n.Int("keepdims", 1) != 0
                ? [.. x.Shape.Select((d, i) => i == axis ? 1 : d)]
                : [.. x.Shape[..axis], .. x.Shape[(axis + 1)..]];
        Line line = Line.Along(x.Shape, axis);
        bool last = n.Int("select_last_index", 0) != 0;
        int place = last ? LastExtreme(n, x.Node, line, larger) : FirstExtreme(n, x.Node, line, larger);
        return new Value(place, shape, ElementKind.Integer) { Type = DataType.Int64 };
    }

    /// <summary>Where the first of the largest or smallest elements of each line stands.  result: [Outer, 1, Inner].</summary>
    public static int FirstExtreme(NodeReader n, int x, Line line, bool larger)
    {
        if (line.Count == 0)
        {
            throw n.Fail("looks for an extreme among no elements");
        }

        n.Spend(2L * line.Elements);
        int order = n.Graph.SortPlaces(new SortPlaces(line.Outer, line.Count, line.Inner, larger), x);
        return n.Graph.Select(Leading(line, 1), order);
    }

    /// <summary>Seen from the other end the last is the first.</summary>
    private static int LastExtreme(NodeReader n, int x, Line line, bool larger)
    {
        int[] shape = [line.Outer, line.Count, line.Inner];
        int[] strides = [line.Count * line.Inner, -line.Inner, 1];
        int turned = n.Graph.Select(Shapes.View(shape, strides, Math.Max(0, line.Count - 1) * line.Inner), x);
        var place = new Value(FirstExtreme(n, turned, line, larger), [line.Outer * line.Inner]);
        Value end = Broadcasting.Number(n, line.Count - 1);
        return Broadcasting.Combine(n, BinaryFunction.Subtract, end, place).Node;
    }

    /// <summary>1 at the first of the largest elements, else 0.</summary>
    private static Value Hardmax(NodeReader n)
    {
        Value x = n.Real(0);
        Line line = Line.Normalized(n, x);
        var place = new Value(FirstExtreme(n, x.Node, line, larger: true), [line.Outer, 1, line.Inner]);
        double[] steps = [.. Enumerable.Range(0, line.Count).Select(i => (double)i)];
        var step = new Value(n.Graph.Constant(steps), [line.Count, 1]);
        return x with { Node = Broadcasting.Combine(n, BinaryFunction.Equal, place, step).Node };
    }

    /// <summary>The elements of x at places along its lines.  places: [Outer, any, Inner].</summary>
    private static int LookUp(NodeReader n, int x, Line line, int places)
    {
        int count = n.Graph.Size(places);
        int perOuter = count / Math.Max(1, line.Outer);
        double[] starts = new double[count];
        double[] strides = new double[count];
        for (int k = 0; k < count; k++)
        {
            starts[k] = (double)(k / perOuter) * line.Count * line.Inner + k % line.Inner;
            strides[k] = line.Inner;
        }

        int scaled = n.Graph.Combine(BinaryFunction.Multiply, places, n.Graph.Constant(strides));
        return n.Graph.Lookup(x, n.Graph.Combine(BinaryFunction.Add, scaled, n.Graph.Constant(starts)));
    }

    /// <summary>The first k elements of every line.</summary>
    private static int[] Leading(Line line, int k) =>
        Shapes.View([line.Outer, k, line.Inner], [line.Count * line.Inner, line.Inner, 1]);
}
