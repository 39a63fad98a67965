using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Normalisations by a norm: of neighbouring channels, or of a whole axis.</summary>
internal static class NormOperators
{
    /// <summary>A norm of 0 divides as this, so that 0 / 0 is 0: the smallest number whose reciprocal is finite.</summary>
    private const double SmallestNorm = 2.3e-308;

    public static Operator[] All =>
        [new("LRN", n => [LocalResponse(n)]), new("LpNormalization", n => [LpNormalization(n)])];

    /// <summary>x / (bias + alpha / size * sum x^2)^beta, the sum over size neighbouring channels.</summary>
    private static Value LocalResponse(NodeReader n)
    {
        Value x = n.Real(0);
        long size = n.Int("size", 0);
        if (x.Rank < 3 || n.Graph.Size(x.Node) == 0 || size is < 1 or > 1 << 20)
        {
            throw n.Fail(
                $"sums {size} channels of a tensor of shape {Shapes.Text(x.Shape)}; 1 to {1 << 20} channels of a tensor with elements are supported"
            );
        }

        int planes = Shapes.Product(x.Shape.AsSpan(2));
        int before = ((int)size - 1) / 2;
        var window = new Window(
            [x.Shape[1], planes],
            [(int)size, 1],
            [1, 1],
            [1, 1],
            [before, 0],
            [x.Shape[1], planes]
        );
        n.SpendWork(size * n.Graph.Size(x.Node));
        n.Spend(4L * n.Graph.Size(x.Node));
        int squares = n.Graph.Elementwise(new ConstantPower(2), x.Node);
        Value sum = x with { Node = n.Graph.Pool(new Pool(Pooling.Sum, x.Shape[0], window), squares) };
        Value share = Broadcasting.Number(n, n.Float("alpha", 1e-4) / size);
        Value scaled = Broadcasting.Combine(n, BinaryFunction.Multiply, sum, share);
        Value shifted = Broadcasting.Combine(n, BinaryFunction.Add, scaled, Broadcasting.Number(n, n.Float("bias", 1)));
        var power = new ConstantPower(-n.Float("beta", 0.75));
        int factor = n.Graph.Elementwise(power, shifted.Node);
        return x with { Node = n.Graph.Combine(BinaryFunction.Multiply, x.Node, factor) };
    }

    /// <summary>x / |x|_p along one axis, p = 1 or 2.</summary>
    private static Value LpNormalization(NodeReader n)
    {
        Value x = n.Real(0);
        int axis = n.Axis(n.Int("axis", -1), x.Rank);
        Line line = Line.Along(x.Shape, axis);
        Reduction kind = n.Int("p", 2) switch
        {
            1 => Reduction.AbsoluteSum,
            2 => Reduction.EuclideanNorm,
            long p => throw n.Fail($"normalises by the norm with p = {p}; 1 and 2 are supported"),
        };
        if (n.Graph.Size(x.Node) == 0)
        {
            return x;
        }

        int[] shape = [.. x.Shape];
        shape[axis] = 1;
        n.Spend(2L * line.Outer * line.Inner);
        Value norm = new(n.Graph.Reduce(new Reduce(kind, line.Outer, line.Count, line.Inner), x.Node), shape);
        norm = Broadcasting.Combine(n, BinaryFunction.Maximum, norm, Broadcasting.Number(n, SmallestNorm));
        return Broadcasting.Combine(n, BinaryFunction.Divide, x, norm);
    }
}
