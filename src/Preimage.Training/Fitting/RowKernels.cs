using System.Numerics;
using System.Runtime.InteropServices;

namespace Preimage.Training.Fitting;

/// <summary>
/// The two products that training spends its time in, on matrices whose rows hold one coordinate of many points side by side.
/// Rows are <c>stride</c> long, a multiple of <see cref="RowMultiple"/>. Sums run in a fixed order: the same machine gives the same bits.
/// </summary>
internal static class RowKernels
{
    /// <summary>Two registers of the widest kind, so that no row has a tail.</summary>
    public const int RowMultiple = 16;

    /// <summary>The next multiple of <see cref="RowMultiple"/>.</summary>
    public static int Stride(int points) => (points + RowMultiple - 1) / RowMultiple * RowMultiple;

    /// <summary>C_i = b_i + sum_j W_ij A_j over rows.  weights: W_ij at i * rowStep + j * columnStep, biases: [rows] or empty for zero, a: [columns * stride], c: [rows * stride].</summary>
    public static void Combine(in Weighting w, ReadOnlySpan<double> a, Span<double> c, int stride)
    {
        ReadOnlySpan<Vector<double>> left = MemoryMarshal.Cast<double, Vector<double>>(a);
        Span<Vector<double>> result = MemoryMarshal.Cast<double, Vector<double>>(c);
        int width = stride / Vector<double>.Count;
        for (int i = 0; i < w.Rows; i += 4)
        {
            // Rows beyond the last repeat it: computed again, stored once, and no tail loop.
            int i1 = Math.Min(i + 1, w.Rows - 1);
            int i2 = Math.Min(i + 2, w.Rows - 1);
            int i3 = Math.Min(i + 3, w.Rows - 1);
            ReadOnlySpan<double> w0 = w.Weights[(i * w.RowStep)..];
            ReadOnlySpan<double> w1 = w.Weights[(i1 * w.RowStep)..];
            ReadOnlySpan<double> w2 = w.Weights[(i2 * w.RowStep)..];
            ReadOnlySpan<double> w3 = w.Weights[(i3 * w.RowStep)..];
            for (int v = 0; v < width; v += 2)
            {
                Vector<double> c00 = w.Bias(i);
                Vector<double> c10 = w.Bias(i1);
                Vector<double> c20 = w.Bias(i2);
                Vector<double> c30 = w.Bias(i3);
                (Vector<double> c01, Vector<double> c11, Vector<double> c21, Vector<double> c31) = (c00, c10, c20, c30);
                for (int j = 0, at = 0, k = v; j < w.Columns; j++, at += w.ColumnStep, k += width)
                {
                    Vector<double> a0 = left[k];
                    Vector<double> a1 = left[k + 1];
                    var s = new Vector<double>(w0[at]);
                    c00 = Vector.MultiplyAddEstimate(s, a0, c00);
                    c01 = Vector.MultiplyAddEstimate(s, a1, c01);
                    s = new Vector<double>(w1[at]);
                    c10 = Vector.MultiplyAddEstimate(s, a0, c10);
                    c11 = Vector.MultiplyAddEstimate(s, a1, c11);
                    s = new Vector<double>(w2[at]);
                    c20 = Vector.MultiplyAddEstimate(s, a0, c20);
                    c21 = Vector.MultiplyAddEstimate(s, a1, c21);
                    s = new Vector<double>(w3[at]);
                    c30 = Vector.MultiplyAddEstimate(s, a0, c30);
                    c31 = Vector.MultiplyAddEstimate(s, a1, c31);
                }

                (result[i * width + v], result[i * width + v + 1]) = (c00, c01);
                (result[i1 * width + v], result[i1 * width + v + 1]) = (c10, c11);
                (result[i2 * width + v], result[i2 * width + v + 1]) = (c20, c21);
                (result[i3 * width + v], result[i3 * width + v + 1]) = (c30, c31);
            }
        }
    }

    /// <summary>G_ij += X_i . Y_j over rows; where X and Y are the same matrix, <paramref name="lower"/> leaves out (nearly all of) j > i.  x: [rows * stride], y: [columns * stride], g: [rows * columns].</summary>
    public static void Dots(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Span<double> g,
        int stride,
        bool lower = false
    )
    {
        ReadOnlySpan<Vector<double>> left = MemoryMarshal.Cast<double, Vector<double>>(x);
        ReadOnlySpan<Vector<double>> right = MemoryMarshal.Cast<double, Vector<double>>(y);
        int width = stride / Vector<double>.Count;
        int rows = x.Length / stride;
        int columns = y.Length / stride;
        for (int i = 0; i < rows; i += 4)
        {
            int last = lower ? Math.Min(i + 4, columns) : columns;
            for (int j = 0; j < last; j += 2)
            {
                AddTile(left, right, g, new Tile(i, rows, j, columns, width));
            }
        }
    }

    private static void AddTile(
        ReadOnlySpan<Vector<double>> left,
        ReadOnlySpan<Vector<double>> right,
        Span<double> g,
        Tile t
    )
    {
        ReadOnlySpan<Vector<double>> x0 = left.Slice(t.Row * t.Width, t.Width);
        ReadOnlySpan<Vector<double>> x1 = left.Slice(Math.Min(t.Row + 1, t.Rows - 1) * t.Width, t.Width);
        ReadOnlySpan<Vector<double>> x2 = left.Slice(Math.Min(t.Row + 2, t.Rows - 1) * t.Width, t.Width);
        ReadOnlySpan<Vector<double>> x3 = left.Slice(Math.Min(t.Row + 3, t.Rows - 1) * t.Width, t.Width);
        ReadOnlySpan<Vector<double>> y0 = right.Slice(t.Column * t.Width, t.Width);
        ReadOnlySpan<Vector<double>> y1 = right.Slice(Math.Min(t.Column + 1, t.Columns - 1) * t.Width, t.Width);
        Vector<double> s00 = default;
        Vector<double> s01 = default;
        Vector<double> s10 = default;
        Vector<double> s11 = default;
        Vector<double> s20 = default;
        Vector<double> s21 = default;
        Vector<double> s30 = default;
        Vector<double> s31 = default;
        for (int v = 0; v < x0.Length; v++)
        {
            Vector<double> b0 = y0[v];
            Vector<double> b1 = y1[v];
            s00 = Vector.MultiplyAddEstimate(x0[v], b0, s00);
            s01 = Vector.MultiplyAddEstimate(x0[v], b1, s01);
            s10 = Vector.MultiplyAddEstimate(x1[v], b0, s10);
            s11 = Vector.MultiplyAddEstimate(x1[v], b1, s11);
            s20 = Vector.MultiplyAddEstimate(x2[v], b0, s20);
            s21 = Vector.MultiplyAddEstimate(x2[v], b1, s21);
            s30 = Vector.MultiplyAddEstimate(x3[v], b0, s30);
            s31 = Vector.MultiplyAddEstimate(x3[v], b1, s31);
        }

        Store(g, t, 0, s00, s01);
        Store(g, t, 1, s10, s11);
        Store(g, t, 2, s20, s21);
        Store(g, t, 3, s30, s31);
    }

    private static void Store(Span<double> g, in Tile t, int row, Vector<double> first, Vector<double> second)
    {
        if (t.Row + row < t.Rows)
        {
            int at = (t.Row + row) * t.Columns + t.Column;
            g[at] += Vector.Sum(first);
            if (t.Column + 1 < t.Columns)
            {
                g[at + 1] += Vector.Sum(second);
            }
        }
    }

    private readonly record struct Tile(int Row, int Rows, int Column, int Columns, int Width);

    /// <summary>A weight matrix, read by rows or (with the steps exchanged) as its transpose, and its biases.</summary>
    public readonly ref struct Weighting(
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> biases,
        int rows,
        int columns
    )
    {
        public ReadOnlySpan<double> Weights { get; } = weights;

        public int Rows { get; } = rows;

        public int Columns { get; } = columns;

        public int RowStep { get; private init; } = columns;

        public int ColumnStep { get; private init; } = 1;

        private ReadOnlySpan<double> Biases { get; } = biases;

        /// <summary>W^T, without biases; the matrix is [rows * columns] as it stands in memory.</summary>
        public static Weighting Transposed(ReadOnlySpan<double> weights, int rows, int columns) =>
            new(weights, [], columns, rows) { RowStep = 1, ColumnStep = columns };

        public Vector<double> Bias(int row) => Biases.IsEmpty ? default : new Vector<double>(Biases[row]);
    }
}
