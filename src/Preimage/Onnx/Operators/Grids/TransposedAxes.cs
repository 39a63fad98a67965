namespace Preimage.Onnx;

/// <summary>One axis of a transposed convolution: element i of the input adds to the outputs i Stride - Before + k Dilation.</summary>
/// <param name="Extent">Elements of the input.</param>
/// <param name="Stride">Between the outputs of two elements.</param>
/// <param name="Dilation">Between the outputs of two weights.</param>
/// <param name="Span">Outputs from the first to the last of one element.</param>
/// <param name="Before">Outputs that are cut off at the beginning.</param>
/// <param name="Positions">Outputs.</param>
internal readonly record struct TransposedAxis(
    int Extent,
    int Stride,
    int Dilation,
    int Span,
    int Before,
    int Positions
)
{
    /// <summary>The element that stands at each place of the spread grid, or -1.  [Positions + Span - 1]</summary>
    public int[] Places()
    {
        int[] places = new int[Positions + Span - 1];
        for (int i = 0; i < places.Length; i++)
        {
            int place = i - (Span - 1 - Before);
            places[i] = place >= 0 && place % Stride == 0 && place / Stride < Extent ? place / Stride : -1;
        }

        return places;
    }
}

/// <summary>Reads the axes of a transposed convolution: pads, or the pads that a stated output shape needs.</summary>
internal static class TransposedAxes
{
    /// <summary>All axes behind batch and channels.  extent, size: [rank].</summary>
    public static TransposedAxis[] Read(NodeReader n, int[] extent, long[] size)
    {
        int rank = extent.Length;
        long[] strides = WindowAttributes.AtLeastOne(n, "strides", rank);
        long[] dilations = WindowAttributes.AtLeastOne(n, "dilations", rank);
        long[] pads = WindowAttributes.Pads(n, rank);
        long[] extra = n.Ints("output_padding") ?? new long[rank];
        long[]? shape = n.Ints("output_shape");
        if (shape is { } all && all.Length == rank + 2)
        {
            shape = all[2..];
        }

        if (
            extra.Length != rank
            || (shape is not null && shape.Length != rank)
            || extra.Any(e => e is < 0 or > 1 << 28)
        )
        {
            throw n.Fail(
                $"has output_padding {Shapes.Text(extra)} and output_shape {Shapes.Text(shape ?? [])}, where {rank} numbers from 0 on are needed"
            );
        }

        string mode = WindowAttributes.Mode(n);
        var axes = new TransposedAxis[rank];
        for (int i = 0; i < rank; i++)
        {
            long span = WindowAttributes.Span(n, size[i], dilations[i]);
            long whole = checked((extent[i] - 1) * strides[i] + span + extra[i]);
            (long before, long positions) = mode switch
            {
                _ when shape is not null => Cut(whole, shape[i], mode),
                "SAME_UPPER" or "SAME_LOWER" => Cut(whole, Math.Min(whole, extent[i] * strides[i]), mode),
                "VALID" => (0, whole),
                _ => (pads[i], whole - pads[i] - pads[i + rank]),
            };
            if (extent[i] < 1 || positions is < 1 or > 1 << 28)
            {
                throw n.Fail(
                    $"makes an axis of {positions} elements from one of {extent[i]}; 1 to {1 << 28} are supported"
                );
            }

            axes[i] = new TransposedAxis(
                extent[i],
                (int)strides[i],
                (int)dilations[i],
                (int)span,
                (int)before,
                (int)positions
            );
        }

        return axes;
    }

    /// <summary>What is cut off so that a stated number of outputs remains; the odd one at the end with SAME_UPPER, at the beginning else.</summary>
    private static (long Before, long Positions) Cut(long whole, long positions, string mode)
    {
        long cut = Math.Max(0, whole - positions);
        return (mode == "SAME_UPPER" ? cut / 2 : cut - cut / 2, positions);
    }
}
