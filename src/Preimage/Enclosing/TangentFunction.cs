namespace Preimage.Enclosing;

/// <summary>Ranges of the tangent and its derivatives; everything where an end is beyond 2^30, and through a pole.</summary>
internal static class TangentFunction
{
    /// <summary>Relative error of the quotient of a sine and a cosine.</summary>
    private const double QuotientError = 2 * DoubledFunctions.WaveError;

    /// <summary>Errors of the reduced argument: for each quarter turn, from the last of three parts of pi/2, and relative, from sums in two doubles.</summary>
    private const double TurnError = 1.0 / (1L << 60) / (1L << 59);
    private const double SumError = 1.0 / (1L << 50) / (1L << 50);

    /// <summary>No double is nearer to a multiple of pi/2 than this, but 0; the error above is a small share of it.</summary>
    private const double Nearest = 1e-24;

    /// <summary>tan(x).</summary>
    public static Interval Value(Interval x)
    {
        if (!(x.Magnitude <= DoubledFunctions.LargestReduced))
        {
            return Interval.Everything;
        }

        Interval low = At(x.Low, out long first);
        if (x.Low == x.High)
        {
            return low;
        }

        Interval high = At(x.High, out long last);
        return first == last ? low.Hull(high) : Interval.Everything;
    }

    /// <summary>1 + tan(x)^2.</summary>
    public static Interval Slope(Interval x)
    {
        Interval tangent = Value(x);
        return tangent == Interval.Everything ? tangent : tangent.Square() + 1;
    }

    /// <summary>2 t (1 + t^2), t = tan(x), which grows with t.</summary>
    public static Interval Bend(Interval x)
    {
        Interval tangent = Value(x);
        return tangent == Interval.Everything ? tangent : BendAt(tangent.Low).Hull(BendAt(tangent.High));
    }

    private static Interval BendAt(double t) => (Interval.Of(t).Square() + 1) * (2 * t);

    /// <summary>The value at x, and how many poles lie between 0 and x.</summary>
    private static Interval At(double x, out long branch)
    {
        if (Math.Abs(x) < Elementary.Tiny)
        {
            branch = 0;
            return x < 0 ? new Interval(Math.BitDecrement(x), x) : new Interval(x, x == 0 ? 0 : Math.BitIncrement(x));
        }

        Doubled r = DoubledFunctions.Reduce(x, out long quarter);
        bool isCotangent = (quarter & 1) != 0;
        branch = (quarter >> 1) + (isCotangent && r.High >= 0 ? 1 : 0);
        if (Math.Abs(r.High) < Nearest && quarter != 0)
        {
            return Interval.Everything;
        }

        Doubled sine = DoubledFunctions.Sin(r);
        Doubled cosine = DoubledFunctions.Cos(r);
        Doubled tangent = isCotangent ? -(cosine / sine) : sine / cosine;
        double size = Math.Abs(tangent.High);
        double reduction = quarter == 0 ? 0 : Math.Abs(quarter) * TurnError + Math.Abs(r.High) * SumError;
        return tangent.Within(size * QuotientError + 2 * reduction * (1 + size * size));
    }
}
