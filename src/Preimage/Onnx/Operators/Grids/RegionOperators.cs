using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Operators on regions of a grid that are constant, and the inverse of pooling.</summary>
internal static class RegionOperators
{
    public static Operator[] All =>
        [
            new("MaxUnpool", n => [MaxUnpool(n)], "the indices are constant"),
            new("MaxRoiPool", n => [MaxRegions(n)], "the regions are constant"),
            new("RoiAlign", n => [AlignedRegions.Of(n)], "the regions are constant"),
        ];

    /// <summary>Each element at the place that its index names in the grid before pooling, zeros elsewhere.</summary>
    private static Value MaxUnpool(NodeReader n)
    {
        Value x = n.Input(0);
        long[] indices = n.Integers(1);
        long[] size = n.Ints("kernel_shape") ?? throw n.Fail("names no kernel_shape");
        if (x.Rank < 3 || size.Length != x.Rank - 2 || indices.Length != n.Graph.Size(x.Node))
        {
            throw n.Fail(
                $"puts back a tensor of shape {Shapes.Text(x.Shape)} by {indices.Length} indices and a window of {size.Length} axes, which does not fit"
            );
        }

        int[] grid = Unpooled(n, x, size);
        int[] shape = n.Has(2) ? n.Shape(n.Integers(2)) : grid;
        if (shape.Length != grid.Length || shape.Where((d, i) => d < grid[i]).Any())
        {
            throw n.Fail($"makes the shape {Shapes.Text(shape)}, where {Shapes.Text(grid)} at least is needed");
        }

        int count = Shapes.Product(grid);
        int outside = indices.Length;
        int[] sources = new int[Shapes.Product(shape)];
        Array.Fill(sources, outside);
        int[] strides = Shapes.Strides(grid);
        int[] wider = Shapes.Strides(shape);
        for (int i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= count)
            {
                throw n.Fail($"has the index {indices[i]}, which is not in a grid of {count} elements");
            }

            int place = 0;
            for (int axis = 0; axis < grid.Length; axis++)
            {
                place += (int)(indices[i] / strides[axis] % grid[axis]) * wider[axis];
            }

            sources[place] = i;
        }

        n.Spend(outside + 1L);
        int both = n.Graph.Concatenate(1, [x.Node, n.Graph.Constant([0])]);
        return x with { Node = n.Graph.Select(sources, both), Shape = shape };
    }

    private static int[] Unpooled(NodeReader n, Value x, long[] size)
    {
        int rank = size.Length;
        long[] strides = WindowAttributes.AtLeastOne(n, "strides", rank);
        long[] pads = WindowAttributes.Pads(n, rank);
        long[] shape = Array.ConvertAll(x.Shape, d => (long)d);
        for (int i = 0; i < rank; i++)
        {
            shape[i + 2] =
                (shape[i + 2] - 1) * strides[i] + WindowAttributes.Span(n, size[i], 1) - pads[i] - pads[i + rank];
        }

        return n.Shape(shape);
    }

    /// <summary>The largest element in each cell of each region; regions: [count, 5], the sample and two corners.</summary>
    private static Value MaxRegions(NodeReader n)
    {
        Value x = n.Real(0);
        Tensor regions = n.Constant(1);
        long[] pooled = n.Ints("pooled_shape") ?? throw n.Fail("names no pooled_shape");
        if (x.Rank != 4 || regions.Shape is not [_, 5] || pooled.Length != 2 || n.Graph.Size(x.Node) == 0)
        {
            throw n.Fail(
                $"pools regions of shape {Shapes.Text(regions.Shape)} of a tensor of shape {Shapes.Text(x.Shape)}, which does not fit"
            );
        }

        int[] shape = n.Shape([regions.Shape[0], x.Shape[1], pooled[0], pooled[1]]);
        float scale = (float)n.Float("spatial_scale", 1);
        var cells = new List<int[]>(Shapes.Product(shape));
        for (int i = 0; i < cells.Capacity; i++)
        {
            int r = i / (shape[1] * shape[2] * shape[3]);
            // As 32 bits multiply: half an element decides where a corner is rounded to.
            float[] region = [.. regions.Elements[(5 * r)..(5 * r + 5)].Select(e => (float)e)];
            (int top, int bottom) = Cell(
                region[2] * scale,
                region[4] * scale,
                i / shape[3] % shape[2],
                (shape[2], x.Shape[2])
            );
            (int left, int right) = Cell(region[1] * scale, region[3] * scale, i % shape[3], (shape[3], x.Shape[3]));
            if (!(region[0] >= 0 && region[0] < x.Shape[0]))
            {
                throw n.Fail($"has a region of sample {region[0]}, of {x.Shape[0]}");
            }

            int plane = (int)region[0] * x.Shape[1] + i / (shape[2] * shape[3]) % shape[1];
            int width = Math.Max(0, right - left);
            int[] cell = new int[Math.Max(0, bottom - top) * width];
            n.Spend(cell.Length);
            for (int k = 0; k < cell.Length; k++)
            {
                cell[k] = (plane * x.Shape[2] + top + k / width) * x.Shape[3] + left + k % width;
            }

            cells.Add(cell);
        }

        return Largest(n, x, shape, cells);
    }

    /// <summary>First and behind last element of a cell along one axis.  counts: cells of the region, elements of the axis.</summary>
    private static (int First, int Behind) Cell(double from, double to, int cell, (int Cells, int Extent) counts)
    {
        double start = Math.Round(from, MidpointRounding.AwayFromZero);
        double size = Math.Max(1, Math.Round(to, MidpointRounding.AwayFromZero) - start + 1);
        double first = Math.Clamp(Math.Floor(cell * size / counts.Cells) + start, 0, counts.Extent);
        double behind = Math.Clamp(Math.Ceiling((cell + 1) * size / counts.Cells) + start, 0, counts.Extent);
        return ((int)first, (int)behind);
    }

    /// <summary>The largest of each set of elements, 0 of none: all sets are filled to one size by their first element.</summary>
    private static Value Largest(NodeReader n, Value x, int[] shape, List<int[]> sets)
    {
        if (sets.Count == 0)
        {
            return n.Make(shape, [], x.Kind);
        }

        int most = Math.Max(1, sets.Max(s => s.Length));
        int outside = n.Graph.Size(x.Node);
        n.Spend((long)most * sets.Count + outside);
        int[] sources = new int[checked(most * sets.Count)];
        for (int i = 0; i < sources.Length; i++)
        {
            int[] set = sets[i / most];
            sources[i] =
                set.Length == 0 ? outside
                : i % most < set.Length ? set[i % most]
                : set[0];
        }

        int both = n.Graph.Concatenate(1, [x.Node, n.Graph.Constant([0])]);
        int picked = n.Graph.Select(sources, both);
        var reduce = new Reduce(Reduction.Maximum, sets.Count, most, 1);
        return x with { Node = n.Graph.Reduce(reduce, picked), Shape = shape };
    }
}
