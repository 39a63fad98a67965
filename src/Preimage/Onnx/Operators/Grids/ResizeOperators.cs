namespace Preimage.Onnx;

/// <summary>Grids of another size.</summary>
internal static class ResizeOperators
{
    public static Operator[] All =>
        [
            new("Resize", n => [Resize(n, Resizing.Read(n))], "scales, sizes and roi are constant"),
            new("Upsample", n => [Resize(n, Resizing.Read(n))], "the scales are constant"),
        ];

    private static Value Resize(NodeReader n, Resizing plan)
    {
        Value x = n.Input(0);
        ResizedAxis[] axes = plan.Axes;
        int[] shape = n.Shape([.. axes.Select(a => a.Size)]);
        if (shape.Contains(0) || x.Shape.Contains(0))
        {
            return shape.Contains(0)
                ? n.Make(shape, [], x.Kind)
                : throw n.Fail($"makes the shape {Shapes.Text(shape)} from no elements");
        }

        double[][] positions = [.. axes.Select((a, i) => a.Positions<double>(x.Shape[i]))];
        Value result = plan.Kind == "nearest" ? Nearest(n, x, shape, plan) : Between(n, x, plan, positions);
        return plan.Extrapolates ? Extrapolated(n, x, result, plan.Outside, positions) : result;
    }

    /// <summary>In 32 bits, as whoever trained and whoever runs the model compute it: half an element decides which one is taken.</summary>
    private static Value Nearest(NodeReader n, Value x, int[] shape, Resizing plan)
    {
        int[]?[] places =
        [
            .. plan.Axes.Select(
                (axis, i) =>
                    Array.ConvertAll(
                        axis.Positions<float>(x.Shape[i]),
                        at => (int)Math.Clamp(plan.Nearest(at, axis.Scale), 0, x.Shape[i] - 1)
                    )
            ),
        ];
        return Rearranging.Take(n, x, shape, places, null);
    }

    private static Value Between(NodeReader n, Value x, Resizing plan, double[][] positions)
    {
        if (x.Kind != ElementKind.Real)
        {
            throw n.NeedsReals(0, x.Kind);
        }

        Value result = x;
        for (int axis = 0; axis < x.Rank; axis++)
        {
            if (!plan.Axes[axis].IsTouched)
            {
                continue;
            }

            int extent = x.Shape[axis];
            Interpolation kind = plan.Interpolation(plan.Axes[axis].Scale);
            n.SpendWork(2L * kind.Reach * positions[axis].Length);
            result = AxisSampling.Along(
                n,
                result,
                axis,
                Array.ConvertAll(positions[axis], p => AxisSample.Between(kind, p, extent, plan.Excludes))
            );
        }

        return result;
    }

    /// <summary>A stated number where the position is off the grid.</summary>
    private static Value Extrapolated(NodeReader n, Value x, Value result, double outside, double[][] positions)
    {
        int[]?[] places =
        [
            .. positions.Select((p, axis) => p.Select((at, i) => at < 0 || at > x.Shape[axis] - 1 ? -1 : i).ToArray()),
        ];
        return Rearranging.Take(n, result, result.Shape, places, Broadcasting.Number(n, outside));
    }
}
