namespace Preimage.Onnx;

/// <summary>Arithmetic of tensor shapes, checked against <see cref="Limits"/>.</summary>
internal static class Shapes
{
    /// <summary>The number of elements, or -1 when it is negative, overflows or is beyond the limit.</summary>
    public static long Count(ReadOnlySpan<long> shape)
    {
        if (shape.Contains(0))
        {
            return 0;
        }

        long count = 1;
        foreach (long size in shape)
        {
            if (size < 0 || size > Limits.TensorElements / count)
            {
                return -1;
            }

            count *= size;
        }

        return count;
    }

    /// <summary>The product of a part of a valid shape.</summary>
    public static int Product(ReadOnlySpan<int> shape)
    {
        int product = 1;
        foreach (int size in shape)
        {
            product *= size;
        }

        return product;
    }

    /// <summary>"[1, 28, 28]".</summary>
    public static string Text(ReadOnlySpan<int> shape) => $"[{string.Join(", ", shape.ToArray())}]";

    /// <summary>"[1, 28, 28]".</summary>
    public static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";

    /// <summary>The shape that two shapes broadcast to, or null when they do not fit (NumPy's rule).</summary>
    public static int[]? Broadcast(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        int rank = Math.Max(a.Length, b.Length);
        int[] shape = new int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int x = i <= a.Length ? a[^i] : 1;
            int y = i <= b.Length ? b[^i] : 1;
            if (x != y && x != 1 && y != 1)
            {
                return null;
            }

            shape[^i] = x == 1 ? y : x;
        }

        return shape;
    }

    /// <summary>
    /// The flat sources of a strided view: element (i_1, ..., i_r) of the result stands at start + sum i_k stride_k.
    /// Slices, permutes, broadcasts are all of this form.  strides: [rank of shape].
    /// </summary>
    public static int[] View(ReadOnlySpan<int> shape, ReadOnlySpan<int> strides, int start = 0)
    {
        int[] sources = new int[Product(shape)];
        if (sources.Length == 0)
        {
            return sources;
        }

        int[] index = new int[shape.Length];
        int place = start;
        for (int i = 0; ; i++)
        {
            sources[i] = place;
            int axis = shape.Length - 1;
            for (; axis >= 0; axis--)
            {
                place += strides[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                place -= strides[axis] * shape[axis];
                index[axis] = 0;
            }

            if (axis < 0)
            {
                return sources;
            }
        }
    }

    /// <summary>Row-major strides.</summary>
    public static int[] Strides(ReadOnlySpan<int> shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        return strides;
    }
}
