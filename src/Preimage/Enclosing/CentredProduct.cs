using System.Numerics;
using System.Runtime.InteropServices;

namespace Preimage.Enclosing;

/// <summary>
/// Sums of numbers times intervals by centres and radii, for many sums side by side: the centre is an ordinary sum, and the radius is that of the
/// intervals plus an a-priori bound of all rounding, (k + 4) u sum |w| |c| for k terms, and k underflows. As the one factor is a number, nothing but
/// rounding is lost against plain interval sums.  [Higham2002, section 3.1]
/// </summary>
internal sealed class CentredProduct
{
    /// <summary>Unit roundoff.</summary>
    private const double Rounding = 1.1102230246251565e-16;

    [ThreadStatic]
    private static CentredProduct? s_spare;

    private double[] _factors = [];
    private double[] _radii = [];
    private int[] _rows = [];
    private double[] _sums = [];
    private double[] _sumRadii = [];
    private int _count;

    /// <summary>The one of this thread, until the next call on it.</summary>
    public static CentredProduct Take() => s_spare ??= new CentredProduct();

    /// <summary>Takes the factors of the sums; zeros are left out.</summary>
    public void Load(Strided<Interval> a, int count)
    {
        Room(ref _factors, count);
        Room(ref _radii, count);
        if (_rows.Length < count)
        {
            _rows = new int[count];
        }

        _count = 0;
        for (int i = 0; i < count; i++)
        {
            Interval x = a[i];
            if (x.Low != 0 || x.High != 0)
            {
                double middle = x.Low / 2 + x.High / 2;
                _factors[_count] = middle;
                _radii[_count] = Math.Max(x.High - middle, middle - x.Low);
                _rows[_count++] = i;
            }
        }

        for (int i = 0; i < _count; i++)
        {
            _radii[i] = Padded(_factors[i], _radii[i], _count);
        }
    }

    /// <summary>Row vector times matrix.  matrix: [count * columns], of the count that was loaded.</summary>
    public void Times(ReadOnlySpan<double> matrix, int columns)
    {
        Room(ref _sums, columns);
        Room(ref _sumRadii, columns);
        int j = 0;
        for (; j + 2 * Vector<double>.Count <= columns; j += 2 * Vector<double>.Count)
        {
            TwoVectors(matrix, columns, j);
        }

        for (; j + Vector<double>.Count <= columns; j += Vector<double>.Count)
        {
            OneVector(matrix, columns, j);
        }

        for (; j < columns; j++)
        {
            OneColumn(matrix, columns, j);
        }
    }

    private void TwoVectors(ReadOnlySpan<double> matrix, int columns, int j)
    {
        ref double start = ref MemoryMarshal.GetReference(matrix.Slice(j));
        Vector<double> sum = Vector<double>.Zero;
        Vector<double> radius = Vector<double>.Zero;
        Vector<double> nextSum = Vector<double>.Zero;
        Vector<double> nextRadius = Vector<double>.Zero;
        for (int i = 0; i < _count; i++)
        {
            nuint at = (nuint)(_rows[i] * columns);
            Vector<double> w = Vector.LoadUnsafe(ref start, at);
            Vector<double> next = Vector.LoadUnsafe(ref start, at + (nuint)Vector<double>.Count);
            Vector<double> factor = new(_factors[i]);
            Vector<double> factorRadius = new(_radii[i]);
            sum += w * factor;
            radius += Vector.Abs(w) * factorRadius;
            nextSum += next * factor;
            nextRadius += Vector.Abs(next) * factorRadius;
        }

        sum.CopyTo(_sums, j);
        radius.CopyTo(_sumRadii, j);
        nextSum.CopyTo(_sums, j + Vector<double>.Count);
        nextRadius.CopyTo(_sumRadii, j + Vector<double>.Count);
    }

    private void OneVector(ReadOnlySpan<double> matrix, int columns, int j)
    {
        ref double start = ref MemoryMarshal.GetReference(matrix.Slice(j));
        Vector<double> sum = Vector<double>.Zero;
        Vector<double> radius = Vector<double>.Zero;
        for (int i = 0; i < _count; i++)
        {
            Vector<double> w = Vector.LoadUnsafe(ref start, (nuint)(_rows[i] * columns));
            sum += w * new Vector<double>(_factors[i]);
            radius += Vector.Abs(w) * new Vector<double>(_radii[i]);
        }

        sum.CopyTo(_sums, j);
        radius.CopyTo(_sumRadii, j);
    }

    private void OneColumn(ReadOnlySpan<double> matrix, int columns, int j)
    {
        double sum = 0;
        double radius = 0;
        for (int i = 0; i < _count; i++)
        {
            double w = matrix[_rows[i] * columns + j];
            sum += w * _factors[i];
            radius += Math.Abs(w) * _radii[i];
        }

        _sums[j] = sum;
        _sumRadii[j] = radius;
    }

    /// <summary>Matrix times column vector.  matrix: [rows * count], of the count that was loaded.</summary>
    public void AfterMatrix(ReadOnlySpan<double> matrix, int rows)
    {
        Room(ref _sums, rows);
        Room(ref _sumRadii, rows);
        int width = rows == 0 ? 0 : matrix.Length / rows;
        for (int j = 0; j < rows; j++)
        {
            ReadOnlySpan<double> row = matrix.Slice(j * width, width);
            double sum = 0;
            double radius = 0;
            for (int i = 0; i < _count; i++)
            {
                double w = row[_rows[i]];
                sum += w * _factors[i];
                radius += Math.Abs(w) * _radii[i];
            }

            _sums[j] = sum;
            _sumRadii[j] = radius;
        }
    }

    /// <summary>Encloses sum j; false where an overflow spoilt it.</summary>
    public bool TryGet(int j, out Interval sum)
    {
        if (_count == 0)
        {
            sum = Interval.Zero;
            return true;
        }

        double radius = _sumRadii[j] * (1 + 2 * (_count + 8) * Rounding) + (2 * _count + 4) * double.Epsilon;
        sum = new Interval(_sums[j] - radius, _sums[j] + radius);
        return double.IsFinite(sum.Low) && double.IsFinite(sum.High);
    }

    /// <summary>
    /// The radius with its share of the rounding of a sum of so many terms: that of all products and sums, and of the ends. The last term covers
    /// products that underflow.
    /// </summary>
    private static double Padded(double middle, double radius, int terms) =>
        radius * (1 + 4 * Rounding) + (terms + 4) * Rounding * Math.Abs(middle) + double.Epsilon;

    private static void Room(ref double[] numbers, int count)
    {
        if (numbers.Length < count)
        {
            numbers = new double[count];
        }
    }
}
