using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>Counts of word groups in texts of word numbers, which are constant.</summary>
internal static class TextCountOperators
{
    public static Operator[] All => [new("TfIdfVectorizer", n => [Count(n)], "on constant integers")];

    private static Value Count(NodeReader n)
    {
        Tensor x = n.Constant(0);
        if (x.Kind != ElementKind.Integer || x.Shape.Length is not (1 or 2))
        {
            throw n.Fail(
                $"counts in a tensor of shape {Shapes.Text(x.Shape)}, where one or two axes of integers are needed"
            );
        }

        Group[] groups = [.. Groups(n)];
        int width = groups.Length == 0 ? 0 : groups.Max(g => g.Target) + 1;
        int rows = x.Shape.Length == 2 ? x.Shape[0] : 1;
        int length = x.Shape[^1];
        int[] shape = n.Shape(x.Shape.Length == 2 ? [rows, width] : [width]);
        double[] counts = new double[rows * width];
        n.SpendWork((long)rows * length * groups.Length);
        for (int row = 0; row < rows; row++)
        {
            Count(n, x.Elements.AsSpan(row * length, length), groups, counts.AsSpan(row * width, width));
        }

        return n.Make(shape, counts, ElementKind.Real) with
        {
            Type = DataType.Float,
        };
    }

    /// <summary>Occurrences of every group, with up to max_skip_count words left out between neighbours, as the mode weighs them.</summary>
    private static void Count(NodeReader n, ReadOnlySpan<double> words, Group[] groups, Span<double> counts)
    {
        long shortest = n.Int("min_gram_length", 1);
        long longest = n.Int("max_gram_length", 1);
        long skips = n.Int("max_skip_count", 0);
        foreach (Group group in groups)
        {
            int size = group.Words.Length;
            if (size < shortest || size > longest)
            {
                continue;
            }

            // A single word has no neighbours, so that skipping would count it again.
            for (long step = 1; step <= (size == 1 ? 1 : skips + 1) && (size - 1) * step < words.Length; step++)
            {
                counts[group.Target] += Occurrences(words, group.Words, (int)step);
            }
        }

        double[] weights = n.Floats("weights") ?? [.. groups.Select(_ => 1.0)];
        string mode = n.Text("mode", "TF");
        for (int g = 0; g < groups.Length; g++)
        {
            ref double count = ref counts[groups[g].Target];
            count = mode switch
            {
                "TF" => count,
                "IDF" => count > 0 ? weights[g] : 0,
                "TFIDF" => count * weights[g],
                _ => throw n.Fail($"has the mode '{mode}', which is not known; known are TF, IDF and TFIDF"),
            };
        }
    }

    private static int Occurrences(ReadOnlySpan<double> words, ReadOnlySpan<long> group, int step)
    {
        int found = 0;
        for (int start = 0; start + (group.Length - 1) * step < words.Length; start++)
        {
            bool all = true;
            for (int i = 0; all && i < group.Length; i++)
            {
                all = words[start + i * step] == group[i];
            }

            found += all ? 1 : 0;
        }

        return found;
    }

    /// <summary>The pool holds groups of one word, then of two, and so on; ngram_counts says where each size begins.</summary>
    private static IEnumerable<Group> Groups(NodeReader n)
    {
        long[] pool =
            n.Ints("pool_int64s") ?? throw n.Fail("counts words of text, which is not supported; give numbers");
        long[] starts = n.Ints("ngram_counts") ?? throw n.Fail("does not say where its groups begin");
        long[] targets = n.Ints("ngram_indexes") ?? throw n.Fail("does not say where its counts stand");
        int weights = n.Floats("weights")?.Length ?? targets.Length;
        int next = 0;
        for (int size = 1; size <= starts.Length; size++)
        {
            long end = size < starts.Length ? starts[size] : pool.Length;
            for (long start = starts[size - 1]; start + size <= end; start += size)
            {
                if (start < 0 || end > pool.Length || next >= targets.Length || next >= weights)
                {
                    throw n.Fail("has groups, places and weights that do not fit each other");
                }

                long target = targets[next++];
                yield return target is >= 0 and <= Limits.Variables
                    ? new Group(pool[(int)start..(int)(start + size)], (int)target)
                    : throw n.Fail($"has the place {target} for a count, which is not a place");
            }
        }
    }

    /// <summary>Words that stand together, and where their count goes.</summary>
    private sealed record Group(long[] Words, int Target);
}
