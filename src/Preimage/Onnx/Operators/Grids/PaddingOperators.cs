namespace Preimage.Onnx;

/// <summary>Operators that put elements around a tensor, or cut them off.</summary>
internal static class PaddingOperators
{
    public static Operator[] All =>
        [
            new("Pad", n => [Pad(n)], "pads and axes are constant"),
            new("CenterCropPad", n => [CenterCropPad(n)], "the shape is constant"),
        ];

    /// <summary>Pads are an attribute before opset 11, an input from then on; negative ones cut off. Cutting comes first.</summary>
    private static Value Pad(NodeReader n)
    {
        Value x = n.Input(0);
        long[] pads = (n.Opset < 11 ? n.Ints("pads") : n.Integers(1)) ?? throw n.Fail("names no pads");
        int[] axes = n.Has(3)
            ? Array.ConvertAll(n.Integers(3), a => n.Axis(a, x.Rank))
            : [.. Enumerable.Range(0, x.Rank)];
        if (pads.Length != 2 * axes.Length || axes.Distinct().Count() != axes.Length)
        {
            throw n.Fail($"has {pads.Length} pads for the axes {Shapes.Text(axes)}, where two for each are needed");
        }

        string mode = n.Text("mode", "constant");
        long[] before = new long[x.Rank];
        long[] shape = Array.ConvertAll(x.Shape, d => (long)d);
        for (int i = 0; i < axes.Length; i++)
        {
            before[axes[i]] = pads[i];
            shape[axes[i]] = checked(shape[axes[i]] + pads[i] + pads[axes.Length + i]);
        }

        int[] padded = n.Shape(shape);
        if (padded.Contains(0))
        {
            return n.Make(padded, [], x.Kind);
        }

        var places = new int[]?[x.Rank];
        foreach (int axis in axes)
        {
            places[axis] = Places(n, mode, x.Shape[axis], padded[axis], before[axis]);
        }

        return Rearranging.Take(n, x, padded, places, Filler(n));
    }

    private static Value Filler(NodeReader n)
    {
        if (!n.Has(2))
        {
            return Broadcasting.Number(n, n.Opset < 11 ? n.Float("value", 0) : 0);
        }

        Value value = n.Input(2);
        return n.Graph.Size(value.Node) == 1
            ? value
            : throw n.Fail($"fills with a tensor of shape {Shapes.Text(value.Shape)}, where one number is needed");
    }

    /// <summary>Which element stands at each place of a padded axis; -1 for the filler.  before: padding in front, negative where it is cut.</summary>
    private static int[] Places(NodeReader n, string mode, int extent, int padded, long before)
    {
        long first = Math.Max(0, -before);
        long count = extent - first - Math.Max(0, extent + before - padded);
        if (count <= 0 && mode != "constant")
        {
            throw n.Fail($"pads by '{mode}' an axis of which no element is left");
        }

        int[] places = new int[padded];
        for (int i = 0; i < padded; i++)
        {
            long k = i - Math.Max(0, before);
            long place = mode switch
            {
                "constant" => k >= 0 && k < count ? k : -1 - first,
                "edge" => Math.Clamp(k, 0, count - 1),
                "reflect" => Reflected(k, count),
                "wrap" => (k % count + count) % count,
                _ => throw n.Fail($"pads by '{mode}', which is not known; known are constant, edge, reflect and wrap"),
            };
            places[i] = (int)(place + first);
        }

        return places;
    }

    /// <summary>Back and forth between the first and the last element.</summary>
    private static long Reflected(long k, long count)
    {
        long period = Math.Max(1, 2 * (count - 1));
        long phase = (k % period + period) % period;
        return phase < count ? phase : period - phase;
    }

    /// <summary>Each axis becomes as long as wanted, with its middle in the middle.</summary>
    private static Value CenterCropPad(NodeReader n)
    {
        Value x = n.Input(0);
        long[] wanted = n.Integers(1);
        int[] axes = n.Ints("axes") is { } named
            ? Array.ConvertAll(named, a => n.Axis(a, x.Rank))
            : [.. Enumerable.Range(0, x.Rank)];
        if (wanted.Length != axes.Length || axes.Distinct().Count() != axes.Length)
        {
            throw n.Fail($"wants the shape {Shapes.Text(wanted)} on the axes {Shapes.Text(axes)}, which does not fit");
        }

        long[] target = Array.ConvertAll(x.Shape, d => (long)d);
        for (int i = 0; i < axes.Length; i++)
        {
            target[axes[i]] = wanted[i];
        }

        int[] shape = n.Shape(target);
        if (shape.Contains(0))
        {
            return n.Make(shape, [], x.Kind);
        }

        var places = new int[]?[x.Rank];
        foreach (int axis in axes)
        {
            int missing = shape[axis] - x.Shape[axis];
            int before = missing < 0 ? -(-missing / 2) : missing / 2;
            places[axis] = Places(n, "constant", x.Shape[axis], shape[axis], before);
        }

        return Rearranging.Take(n, x, shape, places, Broadcasting.Number(n, 0));
    }
}
