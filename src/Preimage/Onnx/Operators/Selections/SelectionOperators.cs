namespace Preimage.Onnx;

/// <summary>Operators that pick, repeat and join elements.</summary>
internal static class SelectionOperators
{
    public static Operator[] All =>
        [
            new("Concat", n => [Concat(n)]),
            new("Slice", n => [Slice(n)], "starts, ends, axes and steps are constant"),
            new("Split", Split, "the sizes are constant"),
            new("Expand", n => [Expand(n)], "the shape is constant"),
            new("Tile", n => [Tile(n)], "the repeats are constant"),
        ];

    private static Value Concat(NodeReader n) => Concat(n, [.. Enumerable.Range(0, n.InputCount).Select(n.Input)]);

    /// <summary>Values side by side along the node's axis.</summary>
    public static Value Concat(NodeReader n, Value[] values)
    {
        Value[] parts = values.Length > 0 ? values : [n.Input(0)];
        return Stacking.Joined(n, parts, n.Axis(n.Int("axis", 0), parts[0].Rank));
    }

    /// <summary>Starts, ends and axes are attributes before opset 10, inputs from then on.</summary>
    private static Value Slice(NodeReader n)
    {
        Value x = n.Input(0);
        bool old = n.Opset < 10;
        long[] starts = (old ? n.Ints("starts") : n.Integers(1)) ?? throw n.Fail("names no starts");
        long[] ends = (old ? n.Ints("ends") : n.Integers(2)) ?? throw n.Fail("names no ends");
        long[] axes =
            (
                old ? n.Ints("axes")
                : n.Has(3) ? n.Integers(3)
                : null
            ) ?? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[] steps = !old && n.Has(4) ? n.Integers(4) : [.. Enumerable.Repeat(1L, starts.Length)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
        {
            throw n.Fail(
                $"has {starts.Length} starts, {ends.Length} ends, {axes.Length} axes and {steps.Length} steps, which should be as many"
            );
        }

        int[] strides = Shapes.Strides(x.Shape);
        int[] shape = [.. x.Shape];
        int start = 0;
        bool[] seen = new bool[x.Rank];
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = n.Axis(axes[i], x.Rank);
            if (seen[axis] || steps[i] == 0)
            {
                throw n.Fail(seen[axis] ? $"slices the axis {axis} twice" : "slices with step 0");
            }

            seen[axis] = true;
            (int from, shape[axis]) = Range(starts[i], ends[i], steps[i], x.Shape[axis]);
            start += from * strides[axis];
            strides[axis] = shape[axis] > 1 ? checked(strides[axis] * (int)steps[i]) : 0;
        }

        n.Shape(Array.ConvertAll(shape, d => (long)d));
        return x with { Node = n.Graph.Select(Shapes.View(shape, strides, start), x.Node), Shape = shape };
    }

    /// <summary>Where a slice begins and how many elements it has, by the rule of the standard (and of NumPy).</summary>
    private static (int From, int Count) Range(long start, long end, long step, int size)
    {
        if (size == 0)
        {
            return (0, 0);
        }

        long lowest = step > 0 ? 0 : -1;
        long highest = step > 0 ? size : size - 1;
        long from = Math.Clamp(start < 0 ? start + size : start, step > 0 ? 0 : -1, highest);
        long to = Math.Clamp(end < 0 ? Math.Max(end, long.MinValue + size) + size : end, lowest, highest);
        long span = step > 0 ? to - from : from - to;
        if (span <= 0 || from < 0)
        {
            return (0, 0);
        }

        long stride = step == long.MinValue ? long.MaxValue : Math.Abs(step);
        return ((int)from, (int)((span - 1) / stride + 1));
    }

    /// <summary>Sizes are an attribute before opset 13, an input from then on; else parts of one size (the last one smaller).</summary>
    private static Value[] Split(NodeReader n)
    {
        Value x = n.Input(0);
        int axis = n.Axis(n.Int("axis", 0), x.Rank);
        int size = x.Shape[axis];
        long[] sizes = (n.Has(1) ? n.Integers(1) : n.Ints("split")) ?? EqualParts(n, size);
        if (sizes.Any(s => s < 0 || s > size) || sizes.Sum() != size)
        {
            throw n.Fail($"splits {size} elements into parts of {Shapes.Text(sizes)}, which do not add up");
        }

        var parts = new Value[sizes.Length];
        int start = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = Stacking.Range(n, x, axis, start, (int)sizes[i]);
            start += (int)sizes[i];
        }

        return parts;
    }

    private static long[] EqualParts(NodeReader n, int size)
    {
        long count = n.Int("num_outputs", n.OutputCount);
        if (count <= 0 || count > n.OutputCount)
        {
            throw n.Fail($"splits into {count} parts, but has {n.OutputCount} outputs");
        }

        long part = (size + count - 1) / count;
        return [.. Enumerable.Range(0, (int)count).Select(i => Math.Clamp(size - i * part, 0, part))];
    }

    private static Value Expand(NodeReader n)
    {
        Value x = n.Input(0);
        long[] wanted = n.Integers(1);
        int[] target = n.Shape(wanted);
        int[] shape =
            Shapes.Broadcast(x.Shape, target)
            ?? throw n.Fail($"expands the shape {Shapes.Text(x.Shape)} to {Shapes.Text(target)}, which does not fit");
        shape = n.Shape(Array.ConvertAll(shape, d => (long)d));
        return x with { Node = Broadcasting.To(n, x, shape), Shape = shape };
    }

    private static Value Tile(NodeReader n)
    {
        Value x = n.Input(0);
        long[] repeats = n.Integers(1);
        if (repeats.Length != x.Rank)
        {
            throw n.Fail($"repeats {repeats.Length} axes of a tensor of rank {x.Rank}");
        }

        long[] tiled = new long[x.Rank];
        for (int i = 0; i < tiled.Length; i++)
        {
            tiled[i] = checked(x.Shape[i] * repeats[i]);
        }

        int[] shape = n.Shape(tiled);
        int[] strides = Shapes.Strides(x.Shape);

        // Repeat and element of each axis are two axes of a view, the repeat with stride 0.
        int[] split = new int[2 * x.Rank];
        int[] steps = new int[2 * x.Rank];
        for (int i = 0; i < x.Rank; i++)
        {
            split[2 * i] = (int)repeats[i];
            split[2 * i + 1] = x.Shape[i];
            steps[2 * i + 1] = strides[i];
        }

        return x with
        {
            Node = n.Graph.Select(Shapes.View(split, steps), x.Node),
            Shape = shape,
        };
    }
}
