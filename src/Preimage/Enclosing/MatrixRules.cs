using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>Matrix products of enclosures: by <see cref="CentredProduct"/> where a factor is constant, else one interval after the other.</summary>
internal static class MatrixRules
{
    /// <summary>Encloses A B.</summary>
    public static void Value(MatrixMultiply m, EnclosedValues at)
    {
        if (at.Constants[1] is { } right)
        {
            TimesConstant(m, at.Operands[0], right, at.Result, lanes: 1);
        }
        else if (at.Constants[0] is { } left)
        {
            ConstantTimes(m, left, at.Operands[1], at.Result, lanes: 1);
        }
        else
        {
            at.Result.AsSpan().Clear();
            AddLeft(m, at.Operands[0], at.Operands[1], at.Result, lanes: 1);
        }
    }

    /// <summary>Encloses dA B + A dB.</summary>
    public static void Derivative(MatrixMultiply m, EnclosedValues at, EnclosedDerivatives d)
    {
        if (at.Constants[1] is { } right)
        {
            TimesConstant(m, d.Operands[0]!, right, d.Result, d.Lanes);
        }
        else if (at.Constants[0] is { } left)
        {
            ConstantTimes(m, left, d.Operands[1]!, d.Result, d.Lanes);
        }
        else
        {
            d.Result.AsSpan(0, at.Size * d.Lanes).Clear();
            AddLeft(m, d.Operands[0]!, at.Operands[1], d.Result, d.Lanes);
            AddRight(m, at.Operands[0], d.Operands[1]!, d.Result, d.Lanes);
        }
    }

    /// <summary>
    /// Adds what the first derivatives of two varying factors give to the second derivatives of their product: dA dB^T + dB dA^T for each pair
    /// of elements that meet.
    /// </summary>
    public static void AddMixed(MatrixMultiply m, EnclosedDerivatives first, EnclosedDerivatives second)
    {
        if (first.Operands[0] is null || first.Operands[1] is null)
        {
            return;
        }

        for (int row = 0; row < m.Batch * m.Rows; row++)
        {
            for (int l = 0; l < m.Inner; l++)
            {
                int below = (row / m.Rows * m.Inner + l) * m.Columns;
                for (int j = 0; j < m.Columns; j++)
                {
                    Span<Interval> target = second.At(row * m.Columns + j);
                    IntervalLanes.AddSymmetric(target, 1, first.Of(0, row * m.Inner + l), first.Of(1, below + j));
                }
            }
        }
    }

    /// <summary>C := A B with a constant B.  a: [Batch, Rows, Inner, lanes], c: [Batch, Rows, Columns, lanes].</summary>
    private static void TimesConstant(MatrixMultiply m, Interval[] a, double[] b, Interval[] c, int lanes)
    {
        CentredProduct product = CentredProduct.Take();
        int size = m.Inner * m.Columns;
        for (int row = 0; row < m.Batch * m.Rows; row++)
        {
            ReadOnlySpan<double> matrix = b.AsSpan(row / m.Rows * size, size);
            for (int k = 0; k < lanes; k++)
            {
                Strided<Interval> factors = new(a, row * m.Inner * lanes + k, lanes);
                product.Load(factors, m.Inner);
                product.Times(matrix, m.Columns);
                for (int j = 0; j < m.Columns; j++)
                {
                    if (!product.TryGet(j, out Interval sum))
                    {
                        sum = Sum(factors, new Strided<double>(matrix, j, m.Columns), m.Inner);
                    }

                    c[(row * m.Columns + j) * lanes + k] = sum;
                }
            }
        }
    }

    /// <summary>C := A B with a constant A.  b: [Batch, Inner, Columns, lanes], c: [Batch, Rows, Columns, lanes].</summary>
    private static void ConstantTimes(MatrixMultiply m, double[] a, Interval[] b, Interval[] c, int lanes)
    {
        CentredProduct product = CentredProduct.Take();
        int size = m.Rows * m.Inner;
        int run = m.Columns * lanes;
        for (int batch = 0; batch < m.Batch; batch++)
        {
            ReadOnlySpan<double> matrix = a.AsSpan(batch * size, size);
            for (int j = 0; j < run; j++)
            {
                Strided<Interval> factors = new(b, batch * m.Inner * run + j, run);
                product.Load(factors, m.Inner);
                product.AfterMatrix(matrix, m.Rows);
                for (int row = 0; row < m.Rows; row++)
                {
                    if (!product.TryGet(row, out Interval sum))
                    {
                        sum = Sum(factors, new Strided<double>(matrix, row * m.Inner, 1), m.Inner);
                    }

                    c[(batch * m.Rows + row) * run + j] = sum;
                }
            }
        }
    }

    /// <summary>The plain sum of products: what the centred ones are tested against, and what stands in for them after an overflow.</summary>
    public static Interval Sum(Strided<Interval> a, Strided<double> b, int count)
    {
        Interval sum = Interval.Zero;
        for (int i = 0; i < count; i++)
        {
            sum += a[i] * Interval.Of(b[i]);
        }

        return sum;
    }

    /// <summary>C += A B, A with lanes.</summary>
    private static void AddLeft(MatrixMultiply m, Interval[] a, Interval[] b, Interval[] c, int lanes)
    {
        for (int row = 0; row < m.Batch * m.Rows; row++)
        {
            for (int l = 0; l < m.Inner; l++)
            {
                ReadOnlySpan<Interval> source = a.AsSpan((row * m.Inner + l) * lanes, lanes);
                int below = (row / m.Rows * m.Inner + l) * m.Columns;
                for (int j = 0; j < m.Columns; j++)
                {
                    IntervalLanes.AddScaled(c.AsSpan((row * m.Columns + j) * lanes, lanes), b[below + j], source);
                }
            }
        }
    }

    /// <summary>C += A B, B with lanes.</summary>
    private static void AddRight(MatrixMultiply m, Interval[] a, Interval[] b, Interval[] c, int lanes)
    {
        int run = m.Columns * lanes;
        for (int row = 0; row < m.Batch * m.Rows; row++)
        {
            for (int l = 0; l < m.Inner; l++)
            {
                int below = row / m.Rows * m.Inner + l;
                IntervalLanes.AddScaled(c.AsSpan(row * run, run), a[row * m.Inner + l], b.AsSpan(below * run, run));
            }
        }
    }
}
