using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Determinants, by Laplace's expansion row by row over all subsets of the columns.</summary>
internal static class DeterminantOperators
{
    /// <summary>2^12 minors of each matrix are less than what its elimination in a graph would be; beyond, nobody asks.</summary>
    private const int Largest = 12;

    public static Operator[] All => [new("Det", n => [Determinant(n)], $"matrices of at most {Largest} rows")];

    private static Value Determinant(NodeReader n)
    {
        Value x = n.Real(0);
        int size = x.Rank < 2 ? -1 : x.Shape[^1];
        if (size != (x.Rank < 2 ? 0 : x.Shape[^2]) || size > Largest)
        {
            throw n.Fail(
                $"takes a tensor of shape {Shapes.Text(x.Shape)}, where square matrices of at most {Largest} rows are needed"
            );
        }

        int batch = Shapes.Product(x.Shape.AsSpan()[..^2]);
        n.Spend((long)batch * size << size);
        int minors = n.Graph.Constant([.. Enumerable.Repeat(1.0, batch)]);
        int[] smaller = [0];
        for (int row = 0; row < size; row++)
        {
            (minors, smaller) = Expand(n, x.Node, minors, new Step(batch, size, row, smaller));
        }

        return new Value(minors, [.. x.Shape[..^2]]);
    }

    /// <summary>The minors of one row more: for every set of columns the sum over its columns c of +- x[row, c] times the minor without c.</summary>
    private static (int Minors, int[] Sets) Expand(NodeReader n, int x, int minors, Step step)
    {
        int[] sets = [.. Enumerable.Range(0, 1 << step.Size).Where(s => int.PopCount(s) == step.Row + 1)];
        var elements = new List<int>();
        var without = new List<int>();
        var signs = new List<double>();
        for (int b = 0; b < step.Batch; b++)
        {
            foreach (int set in sets)
            {
                int place = 0;
                for (int c = 0; c < step.Size; c++)
                {
                    if ((set >> c & 1) == 0)
                    {
                        continue;
                    }

                    elements.Add((b * step.Size + step.Row) * step.Size + c);
                    without.Add(b * step.Sets.Length + Array.BinarySearch(step.Sets, set & ~(1 << c)));
                    signs.Add((step.Row - place++) % 2 == 0 ? 1 : -1);
                }
            }
        }

        int terms = n.Graph.Combine(
            BinaryFunction.Multiply,
            n.Graph.Select([.. elements], x),
            n.Graph.Select([.. without], minors)
        );
        terms = n.Graph.Combine(BinaryFunction.Multiply, terms, n.Graph.Constant([.. signs]));
        var sum = new Reduce(Reduction.Sum, step.Batch * sets.Length, step.Row + 1, 1);
        return (n.Graph.Reduce(sum, terms), sets);
    }

    /// <summary>One row of the expansion: matrices, their size, the row, and the column sets (as bits, ascending) whose minors are known.</summary>
    private sealed record Step(int Batch, int Size, int Row, int[] Sets);
}
