using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Matrix products.</summary>
internal static class LinearOperators
{
    public static Operator[] All =>
        [new("MatMul", n => [MatMul(n, n.Real(0), n.Real(1))]), new("Gemm", n => [Gemm(n)])];

    /// <summary>alpha A' B' + beta C, with A' = A or A^T, B' = B or B^T.</summary>
    public static Value Gemm(NodeReader n)
    {
        Value a = Oriented(n, n.Real(0), n.Int("transA", 0) != 0);
        Value b = Oriented(n, n.Real(1), n.Int("transB", 0) != 0);
        if (a.Shape[1] != b.Shape[0])
        {
            throw Misfit(n, a, b);
        }

        double alpha = n.Float("alpha", 1);
        if (alpha != 1)
        {
            b = Broadcasting.Combine(n, BinaryFunction.Multiply, b, Broadcasting.Number(n, alpha));
        }

        Value product = Product(
            n,
            a,
            b,
            new MatrixMultiply(1, a.Shape[0], a.Shape[1], b.Shape[1]),
            [a.Shape[0], b.Shape[1]]
        );
        double beta = n.Float("beta", 1);
        if (!n.Has(2) || beta == 0)
        {
            return product;
        }

        Value c = n.Real(2);
        if (beta != 1)
        {
            c = Broadcasting.Combine(n, BinaryFunction.Multiply, c, Broadcasting.Number(n, beta));
        }

        return product with
        {
            Node = n.Graph.Combine(BinaryFunction.Add, product.Node, Broadcasting.To(n, c, product.Shape)),
        };
    }

    private static Value Oriented(NodeReader n, Value value, bool transposed)
    {
        if (value.Rank != 2)
        {
            throw n.Fail($"multiplies a tensor of shape {Shapes.Text(value.Shape)}, where a matrix is needed");
        }

        return transposed ? Broadcasting.Permute(n, value, [1, 0]) : value;
    }

    /// <summary>The matrix product over the last two axes, batched over broadcast leading axes; vectors become rows or columns.</summary>
    public static Value MatMul(NodeReader n, Value a, Value b)
    {
        if (a.Rank == 0 || b.Rank == 0)
        {
            throw n.Fail("multiplies a scalar, where a vector or matrix is needed");
        }

        Value left = a.Rank == 1 ? a.In([1, a.Shape[0]]) : a;
        Value right = b.Rank == 1 ? b.In([b.Shape[0], 1]) : b;
        if (left.Shape[^1] != right.Shape[^2])
        {
            throw Misfit(n, a, b);
        }

        int rows = left.Shape[^2];
        int inner = left.Shape[^1];
        int columns = right.Shape[^1];
        int[] batch = Shapes.Broadcast(left.Shape.AsSpan()[..^2], right.Shape.AsSpan()[..^2]) ?? throw Misfit(n, a, b);
        List<int> shape = [.. batch];
        if (a.Rank > 1)
        {
            shape.Add(rows);
        }

        if (b.Rank > 1)
        {
            shape.Add(columns);
        }

        if (right.Rank == 2)
        {
            // One matrix for all batches: its batches are more rows.
            int allRows = Shapes.Product(left.Shape.AsSpan()[..^1]);
            return Product(n, left, right, new MatrixMultiply(1, allRows, inner, columns), [.. shape]);
        }

        left = new Value(Broadcasting.To(n, left, [.. batch, rows, inner]), []);
        right = new Value(Broadcasting.To(n, right, [.. batch, inner, columns]), []);
        return Product(n, left, right, new MatrixMultiply(Shapes.Product(batch), rows, inner, columns), [.. shape]);
    }

    private static Value Product(NodeReader n, Value a, Value b, MatrixMultiply sizes, int[] shape)
    {
        shape = n.Shape(Array.ConvertAll(shape, d => (long)d));
        return new Value(Multiply(n, sizes, a.Node, b.Node), shape);
    }

    /// <summary>The node of a product; one of constants is made while reading, and its multiplications count.</summary>
    public static int Multiply(NodeReader n, MatrixMultiply sizes, int a, int b)
    {
        if (n.Graph.ConstantValue(a) is not null && n.Graph.ConstantValue(b) is not null)
        {
            n.SpendWork((long)sizes.Batch * sizes.Rows * sizes.Inner * Math.Max(1, sizes.Columns));
        }

        return n.Graph.MatrixMultiply(sizes, a, b);
    }

    private static ModelException Misfit(NodeReader n, Value a, Value b) =>
        n.Fail($"multiplies the shapes {Shapes.Text(a.Shape)} and {Shapes.Text(b.Shape)}, which do not fit");
}
