using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>
/// Rotary positions: pairs of elements (a, b) of each head become (a cos - b sin, a sin + b cos), with angles that depend on the position.
/// Pairs are an element of the first half and one of the second, or neighbours where interleaved; elements beyond the rotated ones stay.
/// </summary>
internal static class Rotary
{
    /// <summary>Inputs X: [Batch, heads, Rows, Size] or [Batch, Rows, heads * Size], cosines and sines, positions.</summary>
    public static Value Standard(NodeReader n) =>
        Apply(n, n.Real(0), new Angles(n.Real(1), n.Real(2), Positions(n, 3)));

    /// <summary>The older form of ONNX Runtime: inputs X, positions, cosines and sines; one position counts on from there.</summary>
    public static Value Microsoft(NodeReader n)
    {
        Value x = n.Real(0);
        long[] positions = n.Integers(1);
        if (x.Rank is not (3 or 4) || n.Real(2).Rank != 2 || positions.Length == 0)
        {
            throw n.Fail(
                $"rotates a tensor of shape {Shapes.Text(x.Shape)} at {positions.Length} positions, where rank 3 or 4 and positions are needed"
            );
        }

        int batch = x.Shape[0];
        int rows = x.Rank == 4 ? x.Shape[2] : x.Shape[1];
        if (positions.Length == 1 && (long)batch * rows != 1)
        {
            positions = [.. Enumerable.Range(0, batch * rows).Select(i => positions[0] + i % rows)];
        }

        return Apply(n, x, new Angles(n.Real(2), n.Real(3), positions));
    }

    private static long[]? Positions(NodeReader n, int input) => n.Has(input) ? n.Integers(input) : null;

    private static Value Apply(NodeReader n, Value x, Angles angles)
    {
        Value heads = AttentionOperators.Split(n, x, Heads(n, x, angles));
        int size = heads.Shape[3];
        int rotated = (int)n.Int("rotary_embedding_dim", 0);
        rotated = rotated == 0 ? size : rotated;
        int half = rotated / 2;
        (int batch, int rows) = (heads.Shape[0], heads.Shape[2]);
        if (rotated < 0 || rotated > size || rotated % 2 != 0 || angles.Cosines.Rank == 0)
        {
            throw n.Fail($"rotates {rotated} of {size} elements, which does not fit");
        }

        // [batch, rows, half] of each, then one more element for what stays.
        int cosines = angles.Rows(n, angles.Cosines, batch * rows, half);
        int sines = angles.Rows(n, angles.Sines, batch * rows, half);
        int all = batch * rows * half;
        int minus = n.Graph.Elementwise(new Negate(), sines);
        int both = n.Graph.Concatenate(1, [sines, minus, n.Graph.Constant([0])]);
        int kept = n.Graph.Concatenate(1, [cosines, n.Graph.Constant([1])]);
        int[] partner = new int[n.Graph.Size(heads.Node)];
        int[] straight = new int[partner.Length];
        int[] across = new int[partner.Length];
        bool interleaved = n.Int("interleaved", 0) != 0;
        n.Spend(4L * partner.Length);
        for (int k = 0; k < partner.Length; k++)
        {
            int i = k % size;
            int row = k / size / rows / heads.Shape[1] * rows + k / size % rows;
            (int pair, bool second) = interleaved ? (i / 2, i % 2 != 0) : (i % Math.Max(1, half), i >= half);
            int angle = row * half + pair;
            bool stays = i >= rotated;
            int step = interleaved ? 1 : half;
            partner[k] = stays ? k : k + (second ? -step : step);
            straight[k] = stays ? all : angle;
            across[k] = stays ? 2 * all : angle + (second ? 0 : all);
        }

        int along = n.Graph.Combine(BinaryFunction.Multiply, heads.Node, n.Graph.Select(straight, kept));
        int turned = n.Graph.Combine(
            BinaryFunction.Multiply,
            n.Graph.Select(partner, heads.Node),
            n.Graph.Select(across, both)
        );
        Value result = heads with { Node = n.Graph.Combine(BinaryFunction.Add, along, turned) };
        return x.Rank == 3 ? AttentionOperators.Merge(n, result) : result;
    }

    /// <summary>How many heads the node says, or as many as the angles leave.</summary>
    private static long Heads(NodeReader n, Value x, Angles angles)
    {
        long size = angles.Cosines.Rank == 0 ? 0 : 2L * angles.Cosines.Shape[^1];
        long given = n.Int("num_heads", 0);
        return given == 0 && size > 0 && x.Rank == 3 ? x.Shape[2] / size : given;
    }

    /// <summary>Cosines and sines of all positions, or of each row where no positions are named.</summary>
    private sealed record Angles(Value Cosines, Value Sines, long[]? Positions)
    {
        public int Rows(NodeReader n, Value table, int rows, int half)
        {
            int known = n.Graph.Size(table.Node) / Math.Max(1, half);
            bool fits =
                table.Rank > 0
                && table.Shape[^1] == half
                && (Positions is null ? known == rows : Positions.Length == rows);
            if (!fits || half == 0 || (Positions?.Any(p => p < 0 || p >= known) ?? false))
            {
                throw n.Fail(
                    $"has angles of shape {Shapes.Text(table.Shape)} for {rows} rows of {half} pairs, which do not fit"
                );
            }

            int[] places = new int[rows * half];
            for (int k = 0; k < places.Length; k++)
            {
                int row = Positions is null ? k / half : (int)Positions[k / half];
                places[k] = row * half + k % half;
            }

            return n.Graph.Select(places, table.Node);
        }
    }
}
