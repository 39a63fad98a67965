using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>RoiAlign: each region is read on a fine grid by linear interpolation, and each of its cells is the mean or largest of what was read.</summary>
internal static class AlignedRegions
{
    /// <summary>Inputs x [batch, channels, height, width], regions [count, 4], two corners (x, y) each, and the sample of each region.</summary>
    public static Value Of(NodeReader n)
    {
        Value x = n.Real(0);
        Tensor regions = n.Constant(1);
        long[] samples = n.Integers(2);
        bool mean = n.Text("mode", "avg") switch
        {
            "avg" => true,
            "max" => false,
            string mode => throw n.Fail($"pools by '{mode}', which is not known; known are avg and max"),
        };
        if (
            x.Rank != 4
            || n.Graph.Size(x.Node) == 0
            || regions.Shape is not [_, 4]
            || samples.Length != regions.Shape[0]
        )
        {
            throw n.Fail(
                $"reads {samples.Length} regions of shape {Shapes.Text(regions.Shape)} in a tensor of shape {Shapes.Text(x.Shape)}, which does not fit"
            );
        }

        if (samples.Any(s => s < 0 || s >= x.Shape[0]) || regions.Elements.Any(e => !double.IsFinite(e)))
        {
            throw n.Fail($"has a region that is not finite, or of a sample that is none of {x.Shape[0]}");
        }

        int[] shape = n.Shape([samples.Length, x.Shape[1], n.Int("output_height", 1), n.Int("output_width", 1)]);
        var cells = new List<(int Source, double Weight)[]>();
        for (int r = 0; r < samples.Length; r++)
        {
            AxisCells rows = Axis(n, regions.Elements[4 * r + 1], regions.Elements[4 * r + 3], shape[2], x.Shape[2]);
            AxisCells columns = Axis(n, regions.Elements[4 * r], regions.Elements[4 * r + 2], shape[3], x.Shape[3]);
            n.Spend(4L * shape[2] * shape[3] * rows.Count * columns.Count);
            for (int i = 0; i < shape[2] * shape[3]; i++)
            {
                cells.Add(Cell(rows, i / shape[3], columns, i % shape[3]));
            }
        }

        return Pool(n, x, shape, (samples, cells), mean);
    }

    private static AxisCells Axis(NodeReader n, double from, double to, int cells, int extent)
    {
        bool old = n.Opset < 16 || n.Text("coordinate_transformation_mode", "half_pixel") == "output_half_pixel";
        double scale = n.Float("spatial_scale", 1);
        double start = from * scale - (old ? 0 : 0.5);
        double length = (to - from) * scale;
        length = old ? Math.Max(1, length) : length;
        double ratio = n.Int("sampling_ratio", 0);
        double count = ratio > 0 ? ratio : Math.Ceiling(length / cells);
        return count <= 1 << 16
            ? new AxisCells(start, length / cells, (int)Math.Max(0, count), extent)
            : throw n.Fail($"reads each cell at {count} places; at most {1 << 16} are supported");
    }

    /// <summary>The four neighbours of every place in a cell: the place in the plane, and its weight.</summary>
    private static (int, double)[] Cell(AxisCells rows, int row, AxisCells columns, int column)
    {
        var terms = new List<(int, double)>();
        for (int i = 0; i < rows.Count; i++)
        {
            (int Place, double Weight)[] vertical = rows.Neighbours(row, i);
            for (int j = 0; j < columns.Count; j++)
            {
                (int Place, double Weight)[] horizontal = columns.Neighbours(column, j);
                terms.AddRange(
                    vertical.SelectMany(v =>
                        horizontal.Select(h => (v.Place * columns.Extent + h.Place, v.Weight * h.Weight))
                    )
                );
            }
        }

        return [.. terms];
    }

    /// <summary>The mean over the places of each cell, or the largest of the weighted neighbours, as ONNX Runtime and the standard's reference have it.</summary>
    private static Value Pool(
        NodeReader n,
        Value x,
        int[] shape,
        (long[] Samples, List<(int Source, double Weight)[]> Cells) regions,
        bool mean
    )
    {
        int count = Shapes.Product(shape);
        int perRegion = shape[2] * shape[3];
        int terms = regions.Cells.Select(c => c.Length).DefaultIfEmpty(0).Max();
        if (count == 0 || terms == 0)
        {
            return n.Make(shape, new double[count], ElementKind.Real);
        }

        n.Spend(3L * count * terms);
        int plane = x.Shape[2] * x.Shape[3];
        int[] sources = new int[checked(count * terms)];
        double[] weights = new double[sources.Length];
        for (int i = 0; i < count; i++)
        {
            int region = i / (shape[1] * perRegion);
            var cell = regions.Cells[region * perRegion + i % perRegion];
            int first = ((int)regions.Samples[region] * shape[1] + i / perRegion % shape[1]) * plane;
            for (int k = 0; k < terms; k++)
            {
                // Cells of fewer terms are filled: by nothing in a sum, by the first term again in a maximum.
                bool own = k < cell.Length;
                (int source, double weight) = own ? cell[k] : cell.FirstOrDefault();
                sources[k * count + i] = first + source;
                weights[k * count + i] =
                    !mean ? weight
                    : own ? weight * 4 / cell.Length
                    : 0;
            }
        }

        int node = n.Graph.Combine(BinaryFunction.Multiply, n.Graph.Select(sources, x.Node), n.Graph.Constant(weights));
        var reduce = new Reduce(mean ? Reduction.Sum : Reduction.Maximum, 1, terms, count);
        return new Value(n.Graph.Reduce(reduce, node), shape);
    }

    /// <summary>The cells of a region along one axis.  Count: places read in each.</summary>
    private readonly record struct AxisCells(double Start, double Size, int Count, int Extent)
    {
        /// <summary>The two elements around a place and their weights, which are 0 where the place is off the grid by more than one.</summary>
        public (int Place, double Weight)[] Neighbours(int cell, int sample)
        {
            double place = Start + cell * Size + (sample + 0.5) * Size / Count;
            if (place < -1 || place > Extent)
            {
                return [(0, 0), (0, 0)];
            }

            place = Math.Max(0, place);
            int low = Math.Min((int)place, Extent - 1);
            int high = Math.Min(low + 1, Extent - 1);
            double rest = high == low ? 0 : place - low;
            return [(low, 1 - rest), (high, rest)];
        }
    }
}
