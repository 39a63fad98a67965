using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>What ONNX Runtime's optimiser fuses several nodes to (domain com.microsoft).</summary>
internal static class MicrosoftOperators
{
    public static Operator[] All =>
        [
            Of("Gelu", n => [Pointwise(n, new GaussianErrorLinear(), n.Real(0))]),
            Of("BiasGelu", n => [Pointwise(n, new GaussianErrorLinear(), Biased(n))]),
            Of("FastGelu", n => [Pointwise(n, new TanhGaussianErrorLinear(), Biased(n))]),
            Of("QuickGelu", n => [Pointwise(n, new Swish(n.Float("alpha", 1.702f)), n.Real(0))]),
            Of("BiasSplitGelu", n => [SplitGelu(n)]),
            Of("FusedMatMul", n => [MatMul(n)]),
            Of("FusedGemm", n => [Activated(n, LinearOperators.Gemm(n))]),
            Of("FusedConv", n => [Convolution(n)]),
            Of("EmbedLayerNormalization", Embed, "tokens, segments, positions and mask are constant"),
        ];

    private static Operator Of(string name, Lowering lower, string limits = "") =>
        new(name, lower, limits) { Domain = Domains.Microsoft };

    /// <summary>The value under the activation that a fused node names.</summary>
    public static Value Activated(NodeReader n, Value x)
    {
        double alpha = n.Float("activation_alpha", double.NaN);
        double beta = n.Float("activation_beta", double.NaN);
        if (n.Floats("activation_params") is { } parameters)
        {
            alpha = parameters.Length > 0 ? parameters[0] : alpha;
            beta = parameters.Length > 1 ? parameters[1] : beta;
        }

        return n.Text("activation", "") is { Length: > 0 } name
            ? Pointwise(n, NamedActivations.Of(n, name, a => Or(alpha, a), b => Or(beta, b)), x)
            : x;
    }

    private static double Or(double given, double otherwise) => double.IsNaN(given) ? otherwise : given;

    private static Value Pointwise(NodeReader n, ScalarFunction f, Value x)
    {
        n.Spend(n.Graph.Size(x.Node));
        return x with { Node = n.Graph.Elementwise(f, x.Node) };
    }

    private static Value Biased(NodeReader n) =>
        n.Has(1) ? Broadcasting.Combine(n, BinaryFunction.Add, n.Real(0), n.Real(1)) : n.Real(0);

    /// <summary>A convolution, plus a tensor of its result's shape, under an activation.</summary>
    private static Value Convolution(NodeReader n)
    {
        Value sum = ConvolutionOperators.Convolve(n, n.Real(0), n.Real(1), n.Has(2) ? n.Real(2) : null);
        return Activated(n, n.Has(3) ? Broadcasting.Combine(n, BinaryFunction.Add, sum, n.Real(3)) : sum);
    }

    /// <summary>The left half of the last axis times the Gelu of the right half.</summary>
    private static Value SplitGelu(NodeReader n)
    {
        Value x = Biased(n);
        if (x.Rank == 0 || x.Shape[^1] % 2 != 0)
        {
            throw n.Fail($"halves the last axis of {Shapes.Text(x.Shape)}, which is not even");
        }

        int[] shape = [.. x.Shape[..^1], x.Shape[^1] / 2];
        n.Spend(2L * n.Graph.Size(x.Node));
        int[] left = Shapes.View(shape, Shapes.Strides(x.Shape));
        int[] right = Array.ConvertAll(left, p => p + shape[^1]);
        int gate = n.Graph.Elementwise(new GaussianErrorLinear(), n.Graph.Select(right, x.Node));
        return new Value(n.Graph.Combine(BinaryFunction.Multiply, n.Graph.Select(left, x.Node), gate), shape);
    }

    /// <summary>alpha A' B', A' and B' perhaps transposed in their last two axes, or in their first one and the batch.</summary>
    private static Value MatMul(NodeReader n)
    {
        Value a = Oriented(n, n.Real(0), n.Int("transBatchA", 0) != 0, n.Int("transA", 0) != 0);
        Value b = Oriented(n, n.Real(1), n.Int("transBatchB", 0) != 0, n.Int("transB", 0) != 0);
        Value product = LinearOperators.MatMul(n, a, b);
        double alpha = n.Float("alpha", 1);
        return alpha == 1
            ? product
            : Broadcasting.Combine(n, BinaryFunction.Multiply, product, Broadcasting.Number(n, alpha));
    }

    private static Value Oriented(NodeReader n, Value x, bool batch, bool transposed)
    {
        if (x.Rank < 2)
        {
            return x;
        }

        int[] axes = [.. Enumerable.Range(0, x.Rank)];
        if (batch)
        {
            axes = [.. axes[1..^1], 0, axes[^1]];
        }

        if (transposed)
        {
            (axes[^1], axes[^2]) = (axes[^2], axes[^1]);
        }

        return Broadcasting.Permute(n, x, axes);
    }

    /// <summary>Words + positions (+ segments), normalised over the last axis; how many words the mask shows; the sum.</summary>
    private static Value[] Embed(NodeReader n)
    {
        long[] words = n.Integers(0);
        int[] at = n.Input(0).Shape;
        if (at.Length != 2)
        {
            throw n.Fail($"takes tokens of shape {Shapes.Text(at)}, where samples and positions are needed");
        }

        long[] positions = n.Has(8) ? n.Integers(8) : [.. Enumerable.Range(0, at[1]).Select(i => (long)i)];
        long[]? segments = n.Has(1) && n.Has(4) ? n.Integers(1) : null;
        if ((positions.Length == 0 && words.Length > 0) || (segments ?? words).Length != words.Length)
        {
            throw n.Fail(
                $"takes {words.Length} tokens with {positions.Length} positions and {segments?.Length} segments, which does not fit"
            );
        }

        positions = [.. words.Select((_, i) => positions[i % positions.Length])];
        Value sum = Broadcasting.Combine(n, BinaryFunction.Add, Rows(n, 2, words), Rows(n, 3, positions));
        if (segments is not null)
        {
            sum = Broadcasting.Combine(n, BinaryFunction.Add, sum, Rows(n, 4, segments));
        }

        sum = sum.In([at[0], at[1], sum.Shape[^1]]);
        Value normal = Moments.Normalize(n, sum, 2, n.Float("epsilon", SkipNormalizationOperators.Epsilon)).Result;
        double[] shown = new double[at[0]];
        if (n.Has(7))
        {
            long[] mask = n.Integers(7);
            shown =
            [
                .. shown.Select((_, b) => (double)mask.Skip(b * at[1]).Take(at[1]).TakeWhile(m => m == 1).Count()),
            ];
        }

        Value count = n.Make([at[0]], shown, ElementKind.Integer);
        return [Moments.Affine(n, normal, n.Real(5), n.Real(6)), count, sum];
    }

    /// <summary>Rows of a table.  table: [count, width], result: [rows, width].</summary>
    private static Value Rows(NodeReader n, int input, long[] rows)
    {
        Value table = n.Real(input);
        if (table.Rank != 2 || rows.Any(r => r < 0 || r >= table.Shape[0]))
        {
            throw n.Fail($"picks rows that the shape {Shapes.Text(table.Shape)} of input {input + 1} does not have");
        }

        int width = table.Shape[1];
        int[] shape = n.Shape([rows.Length, width]);
        int[] places = new int[rows.Length * width];
        for (int k = 0; k < places.Length; k++)
        {
            places[k] = (int)rows[k / width] * width + k % width;
        }

        return new Value(n.Graph.Select(places, table.Node), shape);
    }
}
