using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>What moving windows, or the whole grid, see of each plane.</summary>
internal static class PoolingOperators
{
    public static Operator[] All =>
        [
            new("MaxPool", MaxPool),
            new("AveragePool", n => [AveragePool(n)]),
            new("LpPool", n => [LpPool(n)]),
            new("GlobalMaxPool", n => [Global(n, Reduction.Maximum, n.Input(0))]),
            new("GlobalAveragePool", n => [Global(n, Reduction.Mean, n.Real(0))]),
            new("GlobalLpPool", n => [GlobalLpPool(n)]),
        ];

    private static Value[] MaxPool(NodeReader n)
    {
        Value x = n.Input(0);
        PaddedWindow padded = Read(n, x);
        Window window = padded.Window;
        Counts(n, padded, withPadding: false);
        Value largest = Pool(n, Pooling.Maximum, x, window);
        return n.OutputCount < 2 ? [largest] : [largest, MaximumPlaces.Of(n, x, largest, window)];
    }

    /// <summary>sum / count, the count with or without the padding; what stands behind the padding never counts.</summary>
    private static Value AveragePool(NodeReader n)
    {
        Value x = n.Real(0);
        PaddedWindow padded = Read(n, x);
        Value sum = Pool(n, Pooling.Sum, x, padded.Window);
        double[] counts = Counts(n, padded, n.Int("count_include_pad", 0) != 0);
        var weights = new Value(n.Graph.Constant(Array.ConvertAll(counts, c => 1 / c)), sum.Shape[2..]);
        return Broadcasting.Combine(n, BinaryFunction.Multiply, sum, weights);
    }

    /// <summary>How many elements count at each position: the product of those along the axes.</summary>
    private static double[] Counts(NodeReader n, PaddedWindow padded, bool withPadding)
    {
        double[] counts = [1];
        for (int axis = 0; axis < padded.Window.Rank; axis++)
        {
            double[] along = Counts(n, padded, withPadding, axis);
            counts = [.. counts.SelectMany(c => along.Select(a => c * a))];
        }

        return counts;
    }

    private static double[] Counts(NodeReader n, PaddedWindow padded, bool withPadding, int axis)
    {
        Window window = padded.Window;
        double[] counts = new double[window.Positions[axis]];
        int first = withPadding ? -window.Before[axis] : 0;
        int behind = window.Extent[axis] + (withPadding ? padded.After[axis] : 0);
        for (int i = 0; i < counts.Length * window.Size[axis]; i++)
        {
            int p = i / window.Size[axis];
            int place = p * window.Stride[axis] - window.Before[axis] + i % window.Size[axis] * window.Dilation[axis];
            counts[p] += place >= first && place < behind ? 1 : 0;
        }

        return counts.Contains(0)
            ? throw n.Fail($"has a window that sees nothing but padding along axis {axis + 2}; pad less")
            : counts;
    }

    /// <summary>(sum |x|^p)^(1/p).</summary>
    private static Value LpPool(NodeReader n)
    {
        Value x = n.Real(0);
        double p = Exponent(n);
        Value sum = Pool(n, Pooling.Sum, Powers(n, x, p), Read(n, x).Window);
        return Root(n, sum, p);
    }

    private static Value GlobalLpPool(NodeReader n)
    {
        Value x = n.Real(0);
        double p = Exponent(n);
        return p switch
        {
            1 => Global(n, Reduction.AbsoluteSum, x),
            2 => Global(n, Reduction.EuclideanNorm, x),
            _ => Root(n, Global(n, Reduction.Sum, Powers(n, x, p)), p),
        };
    }

    private static double Exponent(NodeReader n)
    {
        long p = n.Int("p", 2);
        return p >= 1 ? p : throw n.Fail($"takes the norm with p = {p}, where p must be 1 or more");
    }

    /// <summary>|x|^p.</summary>
    private static Value Powers(NodeReader n, Value x, double p)
    {
        n.Spend(2L * n.Graph.Size(x.Node));
        int size = p == 2 ? x.Node : n.Graph.Elementwise(new Absolute(), x.Node);
        return x with { Node = p == 1 ? size : n.Graph.Elementwise(new ConstantPower(p), size) };
    }

    private static Value Root(NodeReader n, Value sum, double p)
    {
        ScalarFunction root = p == 2 ? new SquareRoot() : new ConstantPower(1 / p);
        return p == 1 ? sum : sum with { Node = n.Graph.Elementwise(root, sum.Node) };
    }

    /// <summary>Each plane becomes one number.</summary>
    private static Value Global(NodeReader n, Reduction kind, Value x)
    {
        int count = x.Rank < 2 ? 0 : Shapes.Product(x.Shape.AsSpan(2));
        if (count == 0)
        {
            throw n.Fail($"takes a tensor of shape {Shapes.Text(x.Shape)}, where planes with elements are needed");
        }

        int[] shape = n.Shape([x.Shape[0], x.Shape[1], .. Enumerable.Repeat(1L, x.Rank - 2)]);
        return x with
        {
            Node = n.Graph.Reduce(new Reduce(kind, x.Shape[0] * x.Shape[1], count, 1), x.Node),
            Shape = shape,
        };
    }

    private static PaddedWindow Read(NodeReader n, Value x)
    {
        long[] size = n.Ints("kernel_shape") ?? throw n.Fail("names no kernel_shape");
        if (x.Rank < 3)
        {
            throw n.Fail($"pools a tensor of shape {Shapes.Text(x.Shape)}, where rank 3 or more is needed");
        }

        return WindowAttributes.Read(n, x, size);
    }

    private static Value Pool(NodeReader n, Pooling kind, Value x, Window window)
    {
        int[] shape = n.Shape([x.Shape[0], x.Shape[1], .. window.Positions.Select(p => (long)p)]);
        if (n.TryConstant(x) is not null)
        {
            n.SpendWork((long)Shapes.Product(shape) * window.ElementCount);
        }

        return x with
        {
            Node = n.Graph.Pool(new Pool(kind, x.Shape[0] * x.Shape[1], window), x.Node),
            Shape = shape,
        };
    }
}
