using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Operators that reduce axes.</summary>
internal static class ReductionOperators
{
    private const string ConstantAxes = "the axes are constant";

    public static Operator[] All =>
        [
            Of("ReduceSum", Reduction.Sum),
            Of("ReduceMean", Reduction.Mean),
            Of("ReduceProd", Reduction.Product),
            Of("ReduceMax", Reduction.Maximum),
            Of("ReduceMin", Reduction.Minimum),
            Of("ReduceL1", Reduction.AbsoluteSum),
            Of("ReduceL2", Reduction.EuclideanNorm),
            Of("ReduceSumSquare", Reduction.SquareSum),
            Of("ReduceLogSumExp", Reduction.LogSumExp),
            new("ReduceLogSum", n => [LogSum(n)], ConstantAxes),
        ];

    private static Operator Of(string name, Reduction kind) => new(name, n => [Reduce(n, kind)], ConstantAxes);

    private static Value LogSum(NodeReader n)
    {
        Value sum = Reduce(n, Reduction.Sum);
        return sum with { Node = n.Graph.Elementwise(new Logarithm(), sum.Node) };
    }

    private static Value Reduce(NodeReader n, Reduction kind)
    {
        Value x = n.Input(0);
        if (
            (x.Kind == ElementKind.Boolean && kind is not (Reduction.Maximum or Reduction.Minimum))
            || (
                x.Kind == ElementKind.Integer
                && kind is Reduction.Mean or Reduction.EuclideanNorm or Reduction.LogSumExp
            )
        )
        {
            throw n.NeedsReals(0, x.Kind);
        }

        bool[] reduced = new bool[x.Rank];
        long[]? axes = n.Has(1) ? n.Integers(1) : n.Ints("axes");
        if (axes is null or { Length: 0 })
        {
            // Without axes each element is a line of its own, of which a norm still takes the size.
            Array.Fill(reduced, n.Int("noop_with_empty_axes", 0) == 0);
        }
        else
        {
            foreach (long axis in axes)
            {
                reduced[n.Axis(axis, x.Rank)] = true;
            }
        }

        return Reduce(n, kind, x, reduced, n.Int("keepdims", 1) != 0);
    }

    /// <summary>Reduced axes that are not neighbours are brought to the end first.</summary>
    private static Value Reduce(NodeReader n, Reduction kind, Value x, bool[] reduced, bool keep)
    {
        int[] axes = [.. Enumerable.Range(0, x.Rank).Where(i => reduced[i])];
        int[] shape = keep
            ? [.. x.Shape.Select((d, i) => reduced[i] ? 1 : d)]
            : [.. x.Shape.Where((_, i) => !reduced[i])];
        n.Shape(Array.ConvertAll(shape, d => (long)d));
        int first = axes.Length == 0 ? x.Rank : axes[0];
        if (axes.Length > 0 && axes[^1] - first + 1 != axes.Length)
        {
            int[] kept = [.. Enumerable.Range(0, x.Rank).Where(i => !reduced[i])];
            x = Broadcasting.Permute(n, x, [.. kept, .. axes]);
            first = kept.Length;
        }

        int outer = Shapes.Product(x.Shape.AsSpan(0, first));
        int count = Shapes.Product(x.Shape.AsSpan(first, axes.Length));
        int inner = Shapes.Product(x.Shape.AsSpan(first + axes.Length));
        return count > 0
            ? x with
            {
                Node = n.Graph.Reduce(new Reduce(kind, outer, count, inner), x.Node),
                Shape = shape,
            }
            : OfNothing(n, kind, x with { Shape = shape });
    }

    /// <summary>Sums of no elements are 0, products 1, and the largest of none is below everything.</summary>
    private static Value OfNothing(NodeReader n, Reduction kind, Value x)
    {
        double[] elements = new double[Shapes.Product(x.Shape)];
        Array.Fill(
            elements,
            kind switch
            {
                Reduction.Product => 1,
                Reduction.Maximum when x.Kind == ElementKind.Real => double.NegativeInfinity,
                Reduction.Minimum when x.Kind == ElementKind.Real => double.PositiveInfinity,
                Reduction.LogSumExp => double.NegativeInfinity,
                Reduction.Mean or Reduction.Maximum or Reduction.Minimum => throw n.Fail("reduces over no elements"),
                _ => 0,
            }
        );
        return x with { Node = n.Graph.Constant(elements) };
    }
}
