namespace Preimage.Onnx;

/// <summary>Einstein's sums: products of tensors over named axes, summed over the names that the result does not have.</summary>
internal static class EinsumOperator
{
    /// <summary>Names of the axes that an ellipsis stands for: this one the last, the ones before it greater.</summary>
    private const int Ellipsis = 1 << 16;

    public static Operator[] All => [new("Einsum", n => [Einsum(n)])];

    private static Value Einsum(NodeReader n)
    {
        string equation = n.Text("equation", "").Replace(" ", "", StringComparison.Ordinal);
        string[] sides = equation.Split("->");
        string[] terms = sides[0].Split(',');
        if (sides.Length > 2 || terms.Length != n.InputCount)
        {
            throw n.Fail($"has the equation '{equation}' for {n.InputCount} operands, which does not fit");
        }

        var operands = new List<LabelledTensor>(terms.Length);
        for (int i = 0; i < terms.Length; i++)
        {
            Value value = n.Input(i);
            operands.Add(new LabelledTensor(value, Labels(n, terms[i], value.Rank)));
        }

        Dictionary<int, int> sizes = Sizes(n, operands);
        int[] output =
            sides.Length == 2 ? Labels(n, sides[1], EllipsisRank(operands) + Letters(sides[1])) : Implicit(operands);
        if (output.Distinct().Count() != output.Length || output.Any(l => !sizes.ContainsKey(l)))
        {
            throw n.Fail($"has the equation '{equation}', whose result has an axis twice or one that no operand has");
        }

        var contraction = new Contraction(n, sizes);
        LabelledTensor result = contraction.Reduce(operands, output);
        return result.Value with { Shape = [.. output.Select(l => sizes[l])], Kind = n.Input(0).Kind };
    }

    /// <summary>One label for each axis.</summary>
    private static int[] Labels(NodeReader n, string term, int rank)
    {
        int hidden = rank - Letters(term);
        bool open = term.Contains("...", StringComparison.Ordinal);
        var labels = new List<int>(rank);
        for (int i = 0; i < term.Length; i++)
        {
            if (char.IsAsciiLetter(term[i]))
            {
                labels.Add(term[i]);
            }
            else if (open && hidden >= 0 && term.AsSpan(i).StartsWith("..."))
            {
                labels.AddRange(Enumerable.Range(0, hidden).Select(k => Ellipsis + hidden - 1 - k));
                i += 2;
            }
            else
            {
                throw n.Fail($"has the term '{term}' in its equation, which is not valid");
            }
        }

        return labels.Count == rank
            ? [.. labels]
            : throw n.Fail($"has the term '{term}' in its equation for {rank} axes, which does not fit");
    }

    private static int Letters(string term) => term.Count(char.IsAsciiLetter);

    private static int EllipsisRank(List<LabelledTensor> operands) =>
        operands.Max(o => o.Labels.Count(l => l >= Ellipsis));

    /// <summary>The axes of the ellipsis, then the names that stand once, in the order of the alphabet.</summary>
    private static int[] Implicit(List<LabelledTensor> operands)
    {
        int[] all = [.. operands.SelectMany(o => o.Labels)];
        return
        [
            .. all.Where(l => l >= Ellipsis).Distinct().OrderDescending(),
            .. all.Where(l => l < Ellipsis && all.Count(o => o == l) == 1).Order(),
        ];
    }

    /// <summary>The size of each name; axes of size 1 are repeated where they stand for larger ones.</summary>
    private static Dictionary<int, int> Sizes(NodeReader n, List<LabelledTensor> operands)
    {
        var sizes = new Dictionary<int, int>();
        foreach (LabelledTensor operand in operands)
        {
            for (int i = 0; i < operand.Labels.Length; i++)
            {
                int label = operand.Labels[i];
                int size = operand.Value.Shape[i];
                int known = sizes.GetValueOrDefault(label, 1);
                if (known != size && known != 1 && size != 1)
                {
                    throw n.Fail($"has axes of one name with the sizes {known} and {size}, which do not fit");
                }

                sizes[label] = known == 1 ? size : known;
            }
        }

        return sizes;
    }
}
