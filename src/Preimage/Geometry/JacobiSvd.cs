namespace Preimage.Geometry;

/// <summary>
/// M = Z S W^T by one-sided Jacobi: plane rotations of the columns until they are orthogonal.
/// The columns of M and of W lie one after the other.  [DemmelVeselic1992]
/// </summary>
internal static class JacobiSvd
{
    private const int MaximalSweeps = 60;

    /// <summary>Fourth powers of what is larger, or smaller than its inverse, would leave the range of numbers.</summary>
    private const double Largest = 1e70;

    /// <summary>
    /// Overwrites M by Z (a column of zeros where the singular value is zero), writes W and the singular values, largest first.
    /// columns: [count * length], right: [count * count], singular: [count].
    /// </summary>
    public static void Factor(Span<double> columns, int count, int length, Span<double> right, Span<double> singular)
    {
        double unit = UnitOf(columns[..(count * length)]);
        right[..(count * count)].Clear();
        for (int i = 0; i < count; i++)
        {
            right[i * count + i] = 1;
        }

        for (int sweep = 0; sweep < MaximalSweeps && Sweep(columns, count, length, right); sweep++) { }

        for (int i = 0; i < count; i++)
        {
            Span<double> column = columns.Slice(i * length, length);
            singular[i] = Vectors.Norm(column);
            if (singular[i] > 0)
            {
                Vectors.Scale(column, 1 / singular[i]);
            }

            singular[i] *= unit;
        }

        Sort(columns, count, length, right, singular);
    }

    /// <summary>Divides by a power of two, which is returned, where the numbers are so large or small that their products would be lost.</summary>
    private static double UnitOf(Span<double> columns)
    {
        double largest = Vectors.LargestMagnitude(columns);
        if (largest is 0 or (> 1 / Largest and < Largest) || !double.IsFinite(largest))
        {
            return 1;
        }

        double unit = Math.ScaleB(1, Math.Max(Math.ILogB(largest), -1000));
        Vectors.Scale(columns, 1 / unit);
        return unit;
    }

    /// <summary>Rotates each pair of columns once; says whether any was not yet orthogonal to rounding.</summary>
    private static bool Sweep(Span<double> columns, int count, int length, Span<double> right)
    {
        bool rotated = false;
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++)
            {
                Span<double> x = columns.Slice(i * length, length);
                Span<double> y = columns.Slice(j * length, length);
                double a = Vectors.Dot(x, x);
                double b = Vectors.Dot(y, y);
                double c = Vectors.Dot(x, y);
                if (c == 0 || Math.Abs(c) <= Rounding.Epsilon * Math.Sqrt(a * b))
                {
                    continue;
                }

                rotated = true;
                double zeta = (b - a) / (2 * c);
                double tangent = Math.CopySign(1, zeta) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta));
                double cosine = 1 / Math.Sqrt(1 + tangent * tangent);
                Rotate(x, y, cosine, cosine * tangent);
                Rotate(right.Slice(i * count, count), right.Slice(j * count, count), cosine, cosine * tangent);
            }
        }

        return rotated;
    }

    private static void Rotate(Span<double> x, Span<double> y, double cosine, double sine)
    {
        for (int k = 0; k < x.Length; k++)
        {
            double u = x[k];
            x[k] = cosine * u - sine * y[k];
            y[k] = sine * u + cosine * y[k];
        }
    }

    private static void Sort(Span<double> columns, int count, int length, Span<double> right, Span<double> singular)
    {
        for (int i = 0; i < count; i++)
        {
            int largest = i;
            for (int j = i + 1; j < count; j++)
            {
                largest = singular[j] > singular[largest] ? j : largest;
            }

            if (largest != i)
            {
                (singular[i], singular[largest]) = (singular[largest], singular[i]);
                Swap(columns.Slice(i * length, length), columns.Slice(largest * length, length));
                Swap(right.Slice(i * count, count), right.Slice(largest * count, count));
            }
        }
    }

    private static void Swap(Span<double> x, Span<double> y)
    {
        for (int k = 0; k < x.Length; k++)
        {
            (x[k], y[k]) = (y[k], x[k]);
        }
    }
}
