namespace Preimage.Geometry;

/// <summary>
/// A = Q T for a tall matrix of k columns of length n (k &lt;= n), by reflectors I - tau v v^T, v = (0..0, 1, v_(j+1)..).
/// The columns of A lie one after the other; they are overwritten: column j keeps T_0j .. T_jj and then the tail of v_j.
/// [GolubVanLoan2013, section 5.2]
/// </summary>
internal static class HouseholderQr
{
    /// <summary>Factors in place.  columns: [count * length], taus: [count]. Cost 2 n k^2.</summary>
    public static void Factor(Span<double> columns, int count, int length, Span<double> taus)
    {
        for (int j = 0; j < count; j++)
        {
            Span<double> column = columns.Slice(j * length, length);
            taus[j] = Reflector(column[j..]);
            for (int k = j + 1; k < count; k++)
            {
                Reflect(column[j..], taus[j], columns.Slice(k * length + j, length - j));
            }
        }
    }

    /// <summary>x := Q x.  x: [length].</summary>
    public static void Apply(
        ReadOnlySpan<double> columns,
        int count,
        int length,
        ReadOnlySpan<double> taus,
        Span<double> x
    )
    {
        for (int j = count - 1; j >= 0; j--)
        {
            Reflect(columns.Slice(j * length + j, length - j), taus[j], x[j..]);
        }
    }

    /// <summary>Makes the reflector that maps x on a multiple of the first unit vector; x becomes (that multiple, tail of v).</summary>
    private static double Reflector(Span<double> x)
    {
        double tail = Vectors.Norm(x[1..]);
        if (tail == 0)
        {
            return 0;
        }

        double head = x[0];
        double norm = Vectors.Norm([head, tail]);
        double beta = head >= 0 ? -norm : norm;
        Vectors.Scale(x[1..], 1 / (head - beta));
        x[0] = beta;
        return (beta - head) / beta;
    }

    /// <summary>y := (I - tau v v^T) y, v = (1, tail of reflector).</summary>
    private static void Reflect(ReadOnlySpan<double> reflector, double tau, Span<double> y)
    {
        if (tau == 0)
        {
            return;
        }

        double dot = tau * (y[0] + Vectors.Dot(reflector[1..], y[1..]));
        y[0] -= dot;
        Vectors.AddScaled(y[1..], -dot, reflector[1..]);
    }
}
