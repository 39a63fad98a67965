namespace Preimage.Onnx;

/// <summary>New sizes and scales of all axes, from scales or sizes.</summary>
internal static class ResizedAxes
{
    /// <summary>Scales are an attribute of Upsample before opset 9, then the second input; from opset 11 on sizes may stand instead.</summary>
    public static ResizedAxis[] Read(NodeReader n, Value x, string coordinates)
    {
        int[] axes = n.Ints("axes") is { } named
            ? Array.ConvertAll(named, a => n.Axis(a, x.Rank))
            : [.. Enumerable.Range(0, x.Rank)];
        bool recent = n.Opset >= 11 && n.InputCount > 2;
        (double[] scales, long[] sizes) =
            recent && n.Has(3) && n.Graph.Size(n.Input(3).Node) > 0
                ? FromSizes(n, x, axes, n.Integers(3))
                : FromScales(n, x, axes, Scales(n, recent ? 2 : 1));
        double[] region =
            n.Opset >= 11 && n.Has(1) && coordinates == "tf_crop_and_resize" ? n.Constant(1).Elements : [];
        if ((region.Length != 0 && region.Length != 2 * axes.Length) || region.Any(r => !double.IsFinite(r)))
        {
            throw n.Fail(
                $"crops by a region of {region.Length} numbers, where {2 * axes.Length} finite ones are needed"
            );
        }

        var result = new ResizedAxis[x.Rank];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = new ResizedAxis(x.Shape[i], 1, coordinates, (0, 1), IsTouched: false);
        }

        for (int k = 0; k < axes.Length; k++)
        {
            (double, double) part = region.Length == 0 ? (0, 1) : (region[k], region[k + axes.Length]);
            result[axes[k]] = new ResizedAxis(sizes[k], scales[k], coordinates, part, IsTouched: true);
        }

        return result;
    }

    private static double[] Scales(NodeReader n, int input) =>
        n.Has(input) ? n.Constant(input).Elements
        : n.Floats("scales") is { } stated ? stated
        : throw n.Fail("names neither scales nor sizes");

    /// <summary>The product is rounded as 32 bits round it, as those who wrote the scale did: 1.4 times 5 is 7.</summary>
    private static (double[], long[]) FromScales(NodeReader n, Value x, int[] axes, double[] scales)
    {
        if (scales.Length != axes.Length || scales.Any(s => !(s > 0 && s <= Limits.TensorElements)))
        {
            throw n.Fail(
                $"has the scales [{string.Join(", ", scales)}], where {axes.Length} positive numbers are needed"
            );
        }

        return (scales, [.. scales.Select((s, k) => (long)MathF.Floor((float)s * x.Shape[axes[k]]))]);
    }

    private static (double[], long[]) FromSizes(NodeReader n, Value x, int[] axes, long[] sizes)
    {
        if (sizes.Length != axes.Length || sizes.Any(s => s is < 0 or > int.MaxValue) || axes.Any(a => x.Shape[a] == 0))
        {
            throw n.Fail($"has the sizes {Shapes.Text(sizes)}, where {axes.Length} numbers from 0 on are needed");
        }

        double[] scales = [.. sizes.Select((s, k) => (double)s / x.Shape[axes[k]])];
        string policy = n.Text("keep_aspect_ratio_policy", "stretch");
        if (policy == "stretch" || scales.Length == 0)
        {
            return (scales, sizes);
        }

        double common = policy switch
        {
            "not_larger" => scales.Min(),
            "not_smaller" => scales.Max(),
            _ => throw n.Fail(
                $"keeps the aspect ratio by '{policy}', which is not known; known are stretch, not_larger and not_smaller"
            ),
        };
        return (
            [.. scales.Select(_ => common)],
            [.. axes.Select(a => (long)Math.Round(common * x.Shape[a], MidpointRounding.AwayFromZero))]
        );
    }
}
