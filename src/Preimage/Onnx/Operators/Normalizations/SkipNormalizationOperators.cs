using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Normalisations that ONNX Runtime's optimiser fuses with the sum before or the activation behind them (domain com.microsoft).</summary>
internal static class SkipNormalizationOperators
{
    /// <summary>Added to variances, unless a node says otherwise.</summary>
    public const double Epsilon = 1e-12;

    public static Operator[] All =>
        [
            Of("SkipLayerNormalization", n => Skip(n, centred: true)),
            Of("SkipSimplifiedLayerNormalization", n => Skip(n, centred: false)),
            Of("SimplifiedLayerNormalization", MomentOperators.RootMeanSquare),
            Of("GroupNorm", n => [GroupNorm(n, n.Real(0))]),
            Of("SkipGroupNorm", SkipGroupNorm),
        ];

    private static Operator Of(string name, Lowering lower) => new(name, lower) { Domain = Domains.Microsoft };

    /// <summary>
    /// The normalised sum of x, skip and a bias, the mean, 1 / sqrt(variance + epsilon), and the sum.
    /// Inputs x, skip, scale[, bias of the result][, bias of the sum]; the bias of the result only where the mean is taken away.
    /// </summary>
    private static Value[] Skip(NodeReader n, bool centred)
    {
        int last = centred ? 4 : 3;
        Value sum = Broadcasting.Combine(n, BinaryFunction.Add, n.Real(0), n.Real(1));
        sum = n.Has(last) ? Broadcasting.Combine(n, BinaryFunction.Add, sum, n.Real(last)) : sum;
        int axis = n.Axis(-1, sum.Rank);
        Normalized normal = Moments.Normalize(n, sum, axis, n.Float("epsilon", Epsilon), centred);
        Value? bias = centred && n.Has(3) ? n.Real(3) : null;
        return [Moments.Affine(n, normal.Result, n.Real(2), bias), normal.Mean, normal.Inverse, sum];
    }

    /// <summary>Groups of channels, which stand last unless channels_last is 0; then x sigmoid(x) where activation is 1.</summary>
    private static Value GroupNorm(NodeReader n, Value x)
    {
        bool last = n.Int("channels_last", 1) != 0;
        long groups = n.Int("groups", 0);
        int channels = x.Rank < 2 ? 0 : x.Shape[last ? ^1 : 1];
        if (groups < 1 || channels == 0 || channels % groups != 0)
        {
            throw n.Fail(
                $"splits the channels of a tensor of shape {Shapes.Text(x.Shape)} into {groups} groups, which does not divide them"
            );
        }

        int[] order = [0, x.Rank - 1, .. Enumerable.Range(1, x.Rank - 2)];
        Value front = last ? Broadcasting.Permute(n, x, order) : x;
        Value grouped = front.In([
            x.Shape[0],
            (int)groups,
            channels / (int)groups,
            Shapes.Product(front.Shape.AsSpan(2)),
        ]);
        Value result = Moments.Normalize(n, grouped, 2, n.Float("epsilon", 1e-5)).Result;
        int[] along = [(int)groups, channels / (int)groups, 1];
        result = Moments
            .Affine(n, result, Moments.Parameter(n, 1, along), Moments.Parameter(n, 2, along))
            .In(front.Shape);
        int[] back = [0, .. Enumerable.Range(2, x.Rank - 2), 1];
        result = last ? Broadcasting.Permute(n, result, back) : result;
        return n.Int("activation", 0) == 0 ? result : new Term(n, result).Of(new Swish()).Value;
    }

    /// <summary>The same of x + skip + bias, and that sum.  Inputs x, scale, bias of the result, skip[, bias of the sum].</summary>
    private static Value[] SkipGroupNorm(NodeReader n)
    {
        Value x = n.Real(0);
        Value skip = n.Real(3);
        if (skip.Rank == 2 && x.Rank == 4)
        {
            skip = skip.In([skip.Shape[0], 1, 1, skip.Shape[1]]);
        }

        Value sum = Broadcasting.Combine(n, BinaryFunction.Add, x, skip);
        sum = n.Has(4) ? Broadcasting.Combine(n, BinaryFunction.Add, sum, n.Real(4)) : sum;
        return [GroupNorm(n, sum), sum];
    }
}
