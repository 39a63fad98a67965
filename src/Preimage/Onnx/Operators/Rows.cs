using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Samples as classical learners see them: rows of features.  Node: [Count, Width].</summary>
internal sealed record Rows(int Node, int Count, int Width)
{
    /// <summary>An input as rows: one axis is one row.</summary>
    /// <exception cref="ModelException">It has more axes, or no features.</exception>
    public static Rows Of(NodeReader n, int input)
    {
        Value x = n.Input(input);
        if (x.Rank is 0 or > 2 || x.Shape[^1] == 0)
        {
            throw n.Fail($"takes features of shape {Shapes.Text(x.Shape)}, where rows are needed");
        }

        return new Rows(x.Node, x.Rank == 1 ? 1 : x.Shape[0], x.Shape[^1]);
    }

    /// <summary>Rows of a constant, the same for all.  one: [any width].</summary>
    public int Repeated(NodeReader n, double[] one)
    {
        n.Spend((long)Count * one.Length);
        return n.Graph.Select(Shapes.View([Count, one.Length], [0, 1]), n.Graph.Constant(one));
    }

    /// <summary>x W + b.  weights: [Width, outputs], biases: [outputs], or empty.</summary>
    public Rows Affine(NodeReader n, double[] weights, double[] biases, int outputs)
    {
        n.Spend((long)Count * outputs);
        n.SpendWork((long)Count * outputs * Width);
        int product = n.Graph.MatrixMultiply(
            new MatrixMultiply(1, Count, Width, outputs),
            Node,
            n.Graph.Constant(weights)
        );
        return new Rows(
            biases.Length == 0 ? product : n.Graph.Combine(BinaryFunction.Add, product, Repeated(n, biases)),
            Count,
            outputs
        );
    }

    /// <summary>f of every element.</summary>
    public Rows Each(NodeReader n, ScalarFunction f) => this with { Node = n.Graph.Elementwise(f, Node) };

    /// <summary>Some columns.  places: [columns].</summary>
    public Rows Columns(NodeReader n, int[] places)
    {
        int[] sources = new int[Count * places.Length];
        n.Spend(sources.Length);
        for (int k = 0; k < sources.Length; k++)
        {
            sources[k] = k / places.Length * Width + places[k % places.Length];
        }

        return new Rows(n.Graph.Select(sources, Node), Count, places.Length);
    }

    /// <summary>As a tensor of two axes.</summary>
    public Value ToValue() => new(Node, [Count, Width]);
}
