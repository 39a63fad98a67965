using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Sums and products of all elements of a line up to each of them, by doubling: log2(count) steps on the whole tensor.</summary>
internal static class CumulativeOperators
{
    public static Operator[] All =>
        [
            new("CumProd", n => [Cumulate(n, BinaryFunction.Multiply, 1)], "the axis is constant"),
            new("CumSum", n => [Cumulate(n, BinaryFunction.Add, 0)], "the axis is constant"),
        ];

    private static Value Cumulate(NodeReader n, BinaryFunction f, double neutral)
    {
        Value x = n.Input(0);
        double axis = n.Scalar(1);
        Line line = Line.Along(x.Shape, n.Axis((long)axis, x.Rank));
        int direction = n.Int("reverse", 0) != 0 ? -1 : 1;
        int node = n.Int("exclusive", 0) != 0 ? Shifted(n, line, x.Node, direction, neutral) : x.Node;
        for (int shift = 1; shift < line.Count; shift *= 2)
        {
            node = n.Graph.Combine(f, node, Shifted(n, line, node, shift * direction, neutral));
        }

        return x with
        {
            Node = node,
        };
    }

    /// <summary>The element that stands a shift before each one on its line, or the neutral one.</summary>
    private static int Shifted(NodeReader n, Line line, int x, int shift, double neutral)
    {
        n.Spend(3L * line.Elements);
        int[] sources = new int[line.Elements];
        for (int k = 0; k < sources.Length; k++)
        {
            int place = line.Place(k) - shift;
            sources[k] = place >= 0 && place < line.Count ? k - shift * line.Inner : sources.Length;
        }

        return n.Graph.Select(sources, n.Graph.Concatenate(1, [x, n.Graph.Constant([neutral])]));
    }
}
