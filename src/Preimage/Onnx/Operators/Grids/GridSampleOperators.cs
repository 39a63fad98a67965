using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Operators that read a grid at places of their own.</summary>
internal static class GridSampleOperators
{
    public static Operator[] All =>
        [
            new("GridSample", n => [GridSample(n)]),
            new("GridSample", n => [GridSample(n)]) { Domain = Domains.Microsoft },
            new("AffineGrid", n => [AffineGrid(n)], "the size is constant"),
            new("DeformConv", n => [DeformableConvolution(n)]),
        ];

    /// <summary>x: [batch, channels, ...], grid: [batch, ..., rank], from -1 to 1 over the grid, the last axis of x first.</summary>
    private static Value GridSample(NodeReader n)
    {
        Value x = n.Real(0);
        Value grid = n.Real(1);
        int rank = x.Rank - 2;
        if (rank < 1 || grid.Rank != x.Rank || grid.Shape[^1] != rank || grid.Shape[0] != x.Shape[0])
        {
            throw n.Fail(
                $"reads the shape {Shapes.Text(x.Shape)} at places of shape {Shapes.Text(grid.Shape)}, which does not fit"
            );
        }

        DemandElements(n, x);
        DemandElements(n, grid);
        GridSampling sampling = Sampling(n);
        int points = Shapes.Product(grid.Shape.AsSpan()[1..^1]);
        var places = new Value[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int extent = x.Shape[axis + 2];
            int[] sources = Shapes.View([x.Shape[0], points], [points * rank, rank], rank - 1 - axis);
            n.Spend(sources.Length);
            var share = new Term(n, new Value(n.Graph.Select(sources, grid.Node), [x.Shape[0], 1, points]));
            Term place = sampling.AlignCorners
                ? (share + 1) * ((extent - 1) / 2.0)
                : (share + 1) * (extent / 2.0) - 0.5;
            places[axis] = place.Value;
        }

        int[] shape = [x.Shape[0], x.Shape[1], .. grid.Shape[1..^1]];
        return sampling.Sample(n, x, places).In(n.Shape(Array.ConvertAll(shape, d => (long)d)));
    }

    private static GridSampling Sampling(NodeReader n)
    {
        string mode = n.Text("mode", n.Opset < 20 ? "bilinear" : "linear") switch
        {
            "bilinear" or "linear" => "linear",
            "bicubic" or "cubic" => "cubic",
            "nearest" => "nearest",
            string other => throw n.Fail(
                $"interpolates by '{other}', which is not known; known are nearest, linear and cubic"
            ),
        };
        string padding = n.Text("padding_mode", "zeros");
        return padding is "zeros" or "border" or "reflection"
            ? new GridSampling(mode, padding, n.Int("align_corners", 0) != 0)
            : throw n.Fail($"pads by '{padding}', which is not known; known are zeros, border and reflection");
    }

    /// <summary>The places theta (x, y, ..., 1) of all points of a grid of the given size.  theta: [batch, rank, rank + 1].</summary>
    private static Value AffineGrid(NodeReader n)
    {
        Value theta = n.Real(0);
        int[] size = n.Shape(n.Integers(1));
        int rank = size.Length - 2;
        if (rank < 1 || !theta.Shape.AsSpan().SequenceEqual([size[0], rank, rank + 1]))
        {
            throw n.Fail(
                $"makes a grid of size {Shapes.Text(size)} from parameters of shape {Shapes.Text(theta.Shape)}, which does not fit"
            );
        }

        DemandElements(n, theta);
        int points = Shapes.Product(size.AsSpan(2));
        n.Shape([rank + 1, points]);
        double[] coordinates = new double[(rank + 1) * points];
        bool align = n.Int("align_corners", 0) != 0;
        for (int p = 0; p < points; p++)
        {
            coordinates[rank * points + p] = 1;
            for (int axis = rank - 1, rest = p; axis >= 0; rest /= size[axis + 2], axis--)
            {
                double place = rest % size[axis + 2];
                int extent = size[axis + 2];
                coordinates[(rank - 1 - axis) * points + p] =
                    !align ? (2 * place + 1) / extent - 1
                    : extent > 1 ? 2 * place / (extent - 1) - 1
                    : 0;
            }
        }

        var product = new MatrixMultiply(1, size[0] * rank, rank + 1, points);
        n.Spend((long)product.Rows * points);
        int node = n.Graph.MatrixMultiply(product, theta.Node, n.Graph.Constant(coordinates));
        Value turned = Broadcasting.Permute(n, new Value(node, [size[0], rank, points]), [0, 2, 1]);
        return turned.In(n.Shape([size[0], .. size[2..].Select(d => (long)d), rank]));
    }

    /// <summary>
    /// A convolution whose window's elements are moved by offsets, each sample and position its own: x is read there first.
    /// Inputs x, w, offsets[, b[, mask]].  offsets: [batch, offset groups * elements * rank, positions...].
    /// </summary>
    private static Value DeformableConvolution(NodeReader n)
    {
        Value x = n.Real(0);
        Value w = n.Real(1);
        if (x.Rank < 3 || w.Rank != x.Rank)
        {
            throw n.Fail(
                $"convolves a tensor of shape {Shapes.Text(x.Shape)} with weights of shape {Shapes.Text(w.Shape)}, where both must have one rank, 3 or more"
            );
        }

        DemandElements(n, x);
        Window window = WindowAttributes.Read(n, x, WindowAttributes.Size(n, w.Shape.AsSpan()[2..])).Window;
        int moved = (int)Math.Clamp(n.Int("offset_group", 1), 0, int.MaxValue);
        (int elements, int positions) = (window.ElementCount, window.PositionCount);
        if (moved == 0 || x.Shape[1] % moved != 0)
        {
            throw n.Fail($"splits {x.Shape[1]} channels into {moved} groups of offsets, which does not divide them");
        }

        Value offsets = Sized(n, 2, x.Shape[0] * moved, elements * window.Rank, positions);
        int[] split = [x.Shape[0] * moved, x.Shape[1] / moved, .. x.Shape[2..]];
        var places = new Value[window.Rank];
        for (int axis = 0; axis < places.Length; axis++)
        {
            places[axis] = Places(n, window, offsets, axis);
        }

        Value seen = new GridSampling("linear", "zeros", AlignCorners: true).Sample(n, x.In(split), places);
        if (n.Has(4))
        {
            Value mask = Sized(n, 4, x.Shape[0] * moved, elements, positions);
            seen = Broadcasting.Combine(n, BinaryFunction.Multiply, seen, mask.In([split[0], 1, elements * positions]));
        }

        Value columns = seen.In([x.Shape[0], x.Shape[1], elements, positions]);
        return ConvolutionOperators
            .OverColumns(n, columns, w, n.Has(3) ? n.Real(3) : null)
            .In(n.Shape([x.Shape[0], w.Shape[0], .. window.Positions.Select(p => (long)p)]));
    }

    private static Value Sized(NodeReader n, int input, int batch, int channels, int positions)
    {
        Value value = n.Real(input);
        return n.Graph.Size(value.Node) == (long)batch * channels * positions
            ? value.In([batch, channels, positions])
            : throw n.Fail(
                $"has an input {input + 1} of shape {Shapes.Text(value.Shape)}, where {(long)batch * channels * positions} elements are needed"
            );
    }

    /// <summary>Where the elements of the window stand along one axis, moved.  offsets: [batch, elements * rank, positions].</summary>
    private static Value Places(NodeReader n, Window window, Value offsets, int axis)
    {
        (int elements, int positions, int rank) = (window.ElementCount, window.PositionCount, window.Rank);
        int batch = offsets.Shape[0];
        int[] sources = Shapes.View(
            [batch, elements, positions],
            [elements * rank * positions, rank * positions, 1],
            axis * positions
        );
        n.Spend(sources.Length);
        var offset = new Value(n.Graph.Select(sources, offsets.Node), [batch, 1, elements * positions]);
        int[] elementStrides = Shapes.Strides([.. window.Size]);
        int[] positionStrides = Shapes.Strides([.. window.Positions]);
        double[] still = new double[elements * positions];
        for (int i = 0; i < still.Length; i++)
        {
            int k = i / positions / elementStrides[axis] % window.Size[axis];
            int p = i % positions / positionStrides[axis] % window.Positions[axis];
            still[i] = (double)p * window.Stride[axis] - window.Before[axis] + (double)k * window.Dilation[axis];
        }

        var unmoved = new Value(n.Graph.Constant(still), [1, 1, still.Length]);
        return Broadcasting.Combine(n, BinaryFunction.Add, offset, unmoved);
    }

    private static void DemandElements(NodeReader n, Value x)
    {
        if (n.Graph.Size(x.Node) == 0)
        {
            throw n.Fail($"reads a tensor of shape {Shapes.Text(x.Shape)}, which has no elements");
        }
    }
}
