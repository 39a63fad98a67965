using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>Operators whose results have a size that depends on the values: of constants only, as a network's shapes are fixed.</summary>
internal static class ConstantSelectionOperators
{
    public static Operator[] All =>
        [
            new("NonMaxSuppression", n => [Integers(n, 3, BoxSuppression.Select(n))], Support.OnConstants),
            new("NonZero", n => [NonZero(n)], Support.OnConstants),
            new("Unique", Unique, Support.OnConstants),
        ];

    /// <summary>The coordinates of the elements that are not 0, axis by axis: [rank, elements].</summary>
    private static Value NonZero(NodeReader n)
    {
        Tensor x = n.Constant(0);
        int[] places = [.. Enumerable.Range(0, x.Elements.Length).Where(k => x.Elements[k] != 0)];
        int[] strides = Shapes.Strides(x.Shape);
        int[] shape = n.Shape([x.Shape.Length, places.Length]);
        double[] coordinates =
        [
            .. strides.SelectMany((stride, axis) => places.Select(k => (double)(k / stride % x.Shape[axis]))),
        ];
        return n.Make(shape, coordinates, ElementKind.Integer) with { Type = DataType.Int64 };
    }

    /// <summary>
    /// The different slices along an axis (elements without one), sorted or as they come; where each stands first, which of them
    /// each slice is, and how often each comes.
    /// </summary>
    private static Value[] Unique(NodeReader n)
    {
        Tensor x = n.Constant(0);
        long named = n.Int("axis", long.MinValue);
        int axis = named == long.MinValue ? 0 : n.Axis(named, x.Shape.Length);
        int[] shape = named == long.MinValue ? [x.Elements.Length] : x.Shape;
        Line line = Line.Along(shape, axis);
        n.Spend(3L * line.Elements);
        double[][] slices = [.. Enumerable.Range(0, line.Count).Select(i => Slice(x.Elements, line, i))];
        var order = Comparer<double[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));
        int[] sorted = [.. Enumerable.Range(0, line.Count).OrderBy(i => slices[i], order)];
        int[] which = new int[line.Count];
        var firsts = new List<int>();
        foreach (int i in sorted)
        {
            if (firsts.Count == 0 || order.Compare(slices[i], slices[firsts[^1]]) != 0)
            {
                firsts.Add(i);
            }

            which[i] = firsts.Count - 1;
        }

        if (n.Int("sorted", 1) == 0)
        {
            // The order of the first ones is where each of the sorted ones goes.
            int[] byPlace = [.. Enumerable.Range(0, firsts.Count).OrderBy(u => firsts[u])];
            int[] goes = new int[firsts.Count];
            for (int u = 0; u < byPlace.Length; u++)
            {
                goes[byPlace[u]] = u;
            }

            which = Array.ConvertAll(which, u => goes[u]);
            firsts.Sort();
        }

        return Unique(n, x with { Shape = shape }, axis, firsts, which);
    }

    private static Value[] Unique(NodeReader n, Tensor x, int axis, List<int> firsts, int[] which)
    {
        Line line = Line.Along(x.Shape, axis);
        int[] kept = [.. x.Shape];
        kept[axis] = firsts.Count;
        double[] elements = new double[Shapes.Product(kept)];
        for (int k = 0; k < elements.Length; k++)
        {
            int first = firsts[k / line.Inner % firsts.Count];
            elements[k] = x.Elements[
                (k / line.Inner / firsts.Count * line.Count + first) * line.Inner + k % line.Inner
            ];
        }

        double[] counts = new double[firsts.Count];
        foreach (int u in which)
        {
            counts[u]++;
        }

        return
        [
            n.Make(kept, elements, x.Kind) with
            {
                Type = x.Type,
            },
            Integers(n, 0, [.. firsts.Select(i => (double)i)]),
            Integers(n, 0, [.. which.Select(u => (double)u)]),
            Integers(n, 0, counts),
        ];
    }

    private static double[] Slice(double[] elements, Line line, int place) =>
        [
            .. Enumerable
                .Range(0, line.Outer * line.Inner)
                .Select(k => elements[(k / line.Inner * line.Count + place) * line.Inner + k % line.Inner]),
        ];

    /// <summary>64-bit integers: a vector, or a matrix of so many columns.</summary>
    private static Value Integers(NodeReader n, int columns, double[] elements) =>
        n.Make(
            columns == 0 ? [elements.Length] : [elements.Length / columns, columns],
            elements,
            ElementKind.Integer
        ) with
        {
            Type = DataType.Int64,
        };
}
