using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>A window with the padding that stands behind the grid, which a window alone does not tell.  after: [rank].</summary>
internal sealed record PaddedWindow(Window Window, int[] After);

/// <summary>The moving window that a node's attributes describe: strides, dilations, pads, auto_pad and ceil_mode.</summary>
internal static class WindowAttributes
{
    private const long LargestSpan = 1L << 28;

    /// <summary>The window over the axes behind batch and channels.  size: the window's size, [rank].</summary>
    public static PaddedWindow Read(NodeReader n, Value x, ReadOnlySpan<long> size)
    {
        int rank = x.Rank - 2;
        if (size.Length != rank)
        {
            throw n.Fail(
                $"moves a window of {size.Length} axes over a tensor of shape {Shapes.Text(x.Shape)}, where {Math.Max(0, rank)} were expected (all but batch and channels)"
            );
        }

        long[] strides = AtLeastOne(n, "strides", rank);
        long[] dilations = AtLeastOne(n, "dilations", rank);
        long[] pads = Pads(n, rank);
        string mode = Mode(n);
        var axes = new Axis[rank];
        for (int i = 0; i < rank; i++)
        {
            var bare = new BareAxis(x.Shape[i + 2], size[i], strides[i], dilations[i], Span(n, size[i], dilations[i]));
            axes[i] = mode is "SAME_UPPER" or "SAME_LOWER"
                ? bare.Same(upper: mode == "SAME_UPPER")
                : bare.Padded(mode == "VALID" ? (0, 0) : (pads[i], pads[i + rank]), n.Int("ceil_mode", 0) != 0);
            if (bare.Extent < 1 || axes[i].Positions < 1)
            {
                throw n.Fail(
                    $"moves a window that covers {bare.Span} elements over an axis of {bare.Extent} with padding {axes[i].Before} and {axes[i].After}, where it has no room"
                );
            }
        }

        return Make(n, [.. x.Shape.Skip(2)], size, (strides, dilations), axes);
    }

    /// <summary>Padding mode: NOTSET, VALID, SAME_UPPER or SAME_LOWER.</summary>
    public static string Mode(NodeReader n) =>
        n.Text("auto_pad", "NOTSET") switch
        {
            "" or "NOTSET" => "NOTSET",
            string mode and ("VALID" or "SAME_UPPER" or "SAME_LOWER") => mode,
            string other => throw n.Fail(
                $"pads by auto_pad '{other}', which is not known; known are NOTSET, VALID, SAME_UPPER and SAME_LOWER"
            ),
        };

    /// <summary>An attribute of numbers from 1 on, one for each axis; 1 where it is absent.</summary>
    public static long[] AtLeastOne(NodeReader n, string name, int rank)
    {
        long[] values = n.Ints(name) ?? [.. Enumerable.Repeat(1L, rank)];
        return values.Length == rank && Array.TrueForAll(values, v => v is >= 1 and <= int.MaxValue)
            ? values
            : throw n.Fail(
                $"has {name} {Shapes.Text(values)}, where {rank} numbers from 1 to {int.MaxValue} are needed"
            );
    }

    /// <summary>The attribute pads: all that stand before, then all behind.  [2 rank]</summary>
    public static long[] Pads(NodeReader n, int rank)
    {
        long[] pads = n.Ints("pads") ?? new long[2 * rank];
        return pads.Length == 2 * rank && Array.TrueForAll(pads, p => p is >= 0 and <= LargestSpan)
            ? pads
            : throw n.Fail(
                $"has pads {Shapes.Text(pads)}, where {2 * rank} numbers from 0 to {LargestSpan} are needed"
            );
    }

    /// <summary>The sizes of the window as a node gives them; they must agree where weights say them too.</summary>
    public static long[] Size(NodeReader n, ReadOnlySpan<int> weights)
    {
        long[] size = [.. weights.ToArray().Select(d => (long)d)];
        return n.Ints("kernel_shape") is not { } stated || stated.AsSpan().SequenceEqual(size)
            ? size
            : throw n.Fail($"has kernel_shape {Shapes.Text(stated)}, but weights of shape {Shapes.Text(size)}");
    }

    /// <summary>How many elements of an axis a window of that size covers.</summary>
    public static long Span(NodeReader n, long size, long dilation) =>
        size is >= 1 and <= LargestSpan && (size - 1) * dilation < LargestSpan
            ? (size - 1) * dilation + 1
            : throw n.Fail(
                $"has a window of {size} elements with dilation {dilation}; 1 to {LargestSpan} covered elements are supported"
            );

    private static PaddedWindow Make(
        NodeReader n,
        int[] extent,
        ReadOnlySpan<long> size,
        (long[] Strides, long[] Dilations) steps,
        Axis[] axes
    )
    {
        long table = Math.Max(1, Shapes.Count(size));
        foreach (Axis axis in axes)
        {
            table = axis.Positions > Limits.TensorElements / table ? Limits.TensorElements + 1 : table * axis.Positions;
        }

        if (Shapes.Count(size) < 0 || table > Limits.TensorElements)
        {
            throw n.Fail(
                $"moves a window of shape {Shapes.Text(size)} over {Shapes.Text([.. axes.Select(a => a.Positions)])} positions; at most {Limits.TensorElements} elements at all positions together are supported"
            );
        }

        n.SpendWork(table);
        var window = new Window(
            [.. extent],
            [.. Narrow(size.ToArray())],
            [.. Narrow(steps.Strides)],
            [.. Narrow(steps.Dilations)],
            [.. axes.Select(a => (int)a.Before)],
            [.. axes.Select(a => (int)a.Positions)]
        );
        return new PaddedWindow(window, [.. axes.Select(a => (int)a.After)]);
    }

    private static int[] Narrow(long[] values) => Array.ConvertAll(values, v => (int)v);

    /// <summary>Padding and positions along one axis.</summary>
    private readonly record struct Axis(long Before, long After, long Positions);

    /// <summary>One axis before it is padded.  Span: elements that the window covers.</summary>
    private readonly record struct BareAxis(long Extent, long Size, long Stride, long Dilation, long Span)
    {
        /// <summary>As many positions as steps fit into the axis; the padding this needs is halved, the odd one goes behind when upper.</summary>
        public Axis Same(bool upper)
        {
            long positions = (Extent + Stride - 1) / Stride;
            long missing = Math.Max(0, (positions - 1) * Stride + Span - Extent);
            long before = upper ? missing / 2 : missing - missing / 2;
            return new Axis(before, missing - before, positions);
        }

        /// <summary>Stated padding. Rounding up, a last window may stand over the end, but must not begin behind grid and leading padding.</summary>
        public Axis Padded((long Before, long After) pads, bool up)
        {
            long room = Extent + pads.Before + pads.After - Span;
            if (room < 0)
            {
                return new Axis(pads.Before, pads.After, 0);
            }

            long steps = (room + (up ? Stride - 1 : 0)) / Stride;
            bool beyond = up && steps * Stride >= Extent + pads.Before;
            return new Axis(pads.Before, pads.After, beyond ? steps : steps + 1);
        }
    }
}
