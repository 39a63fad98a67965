using CsCheck;
using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>Fused attention of random sizes and settings. All operands are parts of one input, so that all carry derivatives.</summary>
public class AttentionTests
{
    private const long StandardOpset = 23;

    [Fact]
    public void Attention_IsThatOfOnnxRuntime() => Sample(random => Standard(random, flat: random.Next(2) == 0));

    [Fact]
    public void RotaryEmbedding_IsThatOfOnnxRuntime() => Sample(Rotary);

    [Fact]
    public void MultiHeadAttention_IsThatOfOnnxRuntime() => Sample(MultiHead);

    [Fact]
    public void FusedAttention_IsThatOfOnnxRuntime() => Sample(Fused);

    /// <summary>A model of any of the nodes.</summary>
    internal static ModelProto Any(Random random) =>
        (
            random.Next(4) switch
            {
                0 => Standard(random, flat: random.Next(2) == 0),
                1 => Rotary(random),
                2 => MultiHead(random),
                _ => Fused(random),
            }
        )
            .Model()
            .LookingAt("y");

    private static void Sample(Func<Random, LayerOperands> make) =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                LayerOperands operands = make(random);
                ModelProto model = operands.Model();
                double[] Draw() => [.. Enumerable.Range(0, operands.Size).Select(_ => 2 * random.NextDouble() - 1)];
                ModelOracle.Agrees(model, Draw(), Draw(), $"{seed}: {operands.Node}");
            },
            iter: 60
        );

    private static LayerOperands Standard(Random random, bool flat)
    {
        (int batch, int groups, int shared) = (random.Next(1, 3), random.Next(1, 3), random.Next(1, 3));
        (int rows, int columns) = (random.Next(1, 4), random.Next(1, 4));
        (int size, int values) = (random.Next(1, 4), random.Next(1, 4));
        int heads = groups * shared;
        int past = random.Next(3) == 0 ? random.Next(1, 3) : 0;

        // With a past, ONNX Runtime lets a single row see all columns, and not only those up to its own.
        columns = past > 0 ? rows : columns;
        NodeProto node = Models.Node("Attention", "y");
        var operands = new LayerOperands(node, "", StandardOpset);
        if (flat)
        {
            node.With("q_num_heads", heads).With("kv_num_heads", groups);
            operands
                .Free(batch, rows, heads * size)
                .Free(batch, columns, groups * size)
                .Free(batch, columns, groups * values);
        }
        else
        {
            operands
                .Free(batch, heads, rows, size)
                .Free(batch, groups, columns, size)
                .Free(batch, groups, columns, values);
        }

        int all = columns + past;
        _ = random.Next(3) switch
        {
            0 => operands.Free(rows, all),
            1 => operands.Mask(random, batch, 1, rows, all),
            _ => operands.None(),
        };
        if (past > 0)
        {
            operands.Free(batch, groups, past, size).Free(batch, groups, past, values);
            node.Output.Add(["keys", "values"]);
            operands.Outputs.AddRange(["keys", "values"]);
        }

        if (random.Next(2) == 0)
        {
            node.With("scale", 0.5f + random.NextSingle());
        }

        if (random.Next(2) == 0)
        {
            node.With("softcap", 0.5f + random.NextSingle());
        }

        node.With("is_causal", random.Next(2));
        return operands;
    }

    private static LayerOperands Rotary(Random random)
    {
        bool microsoft = random.Next(2) == 0;
        (int batch, int heads, int rows) = (random.Next(1, 3), random.Next(1, 3), random.Next(1, 4));
        int size = 4;
        bool positions = microsoft || random.Next(2) == 0;
        NodeProto node = Models.Node("RotaryEmbedding", "y").With("interleaved", random.Next(2));
        var operands = new LayerOperands(node, microsoft ? "com.microsoft" : "", StandardOpset);
        node.With("num_heads", heads);
        _ = random.Next(2) == 0 ? operands.Free(batch, heads, rows, size) : operands.Free(batch, rows, heads * size);

        int half = size / 2;
        if (!microsoft && random.Next(2) == 0)
        {
            half = 1;
            node.With("rotary_embedding_dim", 2);
        }

        int[] at = [.. Enumerable.Range(0, batch * rows).Select(_ => random.Next(5))];
        if (microsoft)
        {
            return operands.Integers([batch, rows], at).Free(5, half).Free(5, half);
        }

        return positions
            ? operands.Free(5, half).Free(5, half).Integers([batch, rows], at)
            : operands.Free(batch, rows, half).Free(batch, rows, half);
    }

    private static LayerOperands MultiHead(Random random)
    {
        (int batch, int heads, int size) = (random.Next(1, 3), random.Next(1, 3), random.Next(1, 4));
        (int rows, int columns) = (random.Next(1, 4), random.Next(1, 4));
        NodeProto node = Models.Node("MultiHeadAttention", "y").With("num_heads", heads);
        node.Domain = "com.microsoft";
        var operands = new LayerOperands(node, node.Domain, StandardOpset);
        int width = heads * size;
        operands.Free(batch, rows, width).Free(batch, columns, width).Free(batch, columns, width);
        _ = random.Next(2) == 0 ? operands.Free(3 * width) : operands.None();
        int[] seen = [.. Enumerable.Range(0, batch * columns).Select(i => i % columns == 0 ? 1 : random.Next(2))];
        _ = random.Next(2) == 0 ? operands.Integers([batch, columns], seen) : operands.None();
        _ = random.Next(2) == 0 ? operands.Free(1, heads, rows, columns) : operands.None();
        if (random.Next(2) == 0)
        {
            node.With("scale", 0.5f + random.NextSingle());
        }

        return operands;
    }

    private static LayerOperands Fused(Random random)
    {
        (int batch, int heads, int size) = (random.Next(1, 3), random.Next(1, 3), random.Next(1, 4));
        (int rows, int inputs) = (random.Next(1, 4), random.Next(1, 4));
        NodeProto node = Models.Node("Attention", "y").With("num_heads", heads);
        var operands = new LayerOperands(node, "com.microsoft", StandardOpset);
        int width = heads * size;
        operands.Free(batch, rows, inputs).Free(inputs, 3 * width).Free(3 * width);
        int[] ends = [.. Enumerable.Range(0, batch).Select(_ => random.Next(1, rows + 1))];
        int[] seen = [.. Enumerable.Range(0, batch * rows).Select(i => i % rows == 0 ? 1 : random.Next(2))];
        _ = random.Next(3) switch
        {
            0 => operands.Integers([batch], ends),
            1 => operands.Integers([batch, rows], seen),
            _ => operands.None(),
        };
        node.With("unidirectional", random.Next(2));
        return operands;
    }
}
