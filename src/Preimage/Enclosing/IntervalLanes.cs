using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>Arithmetic on short contiguous runs of intervals: derivatives side by side. Second derivatives are packed: (0, 0), (0, 1) .. (1, 1) ..</summary>
internal static class IntervalLanes
{
    /// <summary>How many second derivatives there are in n directions.</summary>
    public static int Pairs(int n) => checked(n * (n + 1) / 2);

    /// <summary>y += a x.  x, y: [one length].</summary>
    public static void AddScaled(Span<Interval> y, Interval a, ReadOnlySpan<Interval> x)
    {
        if (a == Interval.Zero)
        {
            return;
        }

        for (int i = 0; i < y.Length; i++)
        {
            y[i] += a * x[i];
        }
    }

    /// <summary>y := a x.  x, y: [one length].</summary>
    public static void SetScaled(Span<Interval> y, Interval a, ReadOnlySpan<Interval> x)
    {
        if (a == Interval.Zero)
        {
            y.Clear();
            return;
        }

        for (int i = 0; i < y.Length; i++)
        {
            y[i] = a * x[i];
        }
    }

    /// <summary>y += x.</summary>
    public static void Add(Span<Interval> y, ReadOnlySpan<Interval> x)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] += x[i];
        }
    }

    /// <summary>y -= x.</summary>
    public static void Subtract(Span<Interval> y, ReadOnlySpan<Interval> x)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] -= x[i];
        }
    }

    /// <summary>y := a y.</summary>
    public static void Scale(Span<Interval> y, Interval a)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] *= a;
        }
    }

    /// <summary>y += a x x^T.  x: [n], y: [n (n + 1) / 2].</summary>
    public static void AddSquare(Span<Interval> y, Interval a, ReadOnlySpan<Interval> x)
    {
        if (a == Interval.Zero)
        {
            return;
        }

        int pair = 0;
        for (int i = 0; i < x.Length; i++)
        {
            y[pair++] += a * x[i].Square();
            for (int j = i + 1; j < x.Length; j++)
            {
                y[pair++] += a * (x[i] * x[j]);
            }
        }
    }

    /// <summary>y += a (u v^T + v u^T).  u, v: [n], y: [n (n + 1) / 2].</summary>
    public static void AddSymmetric(Span<Interval> y, Interval a, ReadOnlySpan<Interval> u, ReadOnlySpan<Interval> v)
    {
        if (a == Interval.Zero)
        {
            return;
        }

        int pair = 0;
        for (int i = 0; i < u.Length; i++)
        {
            for (int j = i; j < u.Length; j++)
            {
                y[pair++] += a * (u[i] * v[j] + u[j] * v[i]);
            }
        }
    }

    /// <summary>y := first +- second, of which one may be missing: it is constant.</summary>
    public static void Join(Span<Interval> y, BinaryFunction sign, EnclosedDerivatives d)
    {
        y.Clear();
        if (d.Operands[0] is { } first)
        {
            first.AsSpan(0, y.Length).CopyTo(y);
        }

        if (d.Operands[1] is not { } second)
        {
            return;
        }

        if (sign == BinaryFunction.Subtract)
        {
            Subtract(y, second.AsSpan(0, y.Length));
        }
        else if (d.Operands[0] is null)
        {
            second.AsSpan(0, y.Length).CopyTo(y);
        }
        else
        {
            Add(y, second.AsSpan(0, y.Length));
        }
    }

    /// <summary>y := the smallest that contains y and x.</summary>
    public static void Unite(Span<Interval> y, ReadOnlySpan<Interval> x)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = y[i].Hull(x[i]);
        }
    }
}
