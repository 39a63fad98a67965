using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>
/// Enclosures of functions with jumps: between jumps they are constant or linear, and over a jump nothing bounds the derivative, so that both derivatives
/// are everything.
/// </summary>
internal static class JumpingFunctions
{
    private const double Half = 0.5;

    /// <summary>Encloses f over x; null for functions without jumps.</summary>
    public static Interval? Value(ScalarFunction f, Interval x) =>
        f switch
        {
            Networks.Floor => new(Math.Floor(x.Low), Math.Floor(x.High)),
            Networks.Ceiling => new(Math.Ceiling(x.Low), Math.Ceiling(x.High)),
            RoundToEven => new(Rounded(x.Low), Rounded(x.High)),
            Networks.Truncate => new(Math.Truncate(x.Low), Math.Truncate(x.High)),
            Networks.Sign => new(Math.Sign(x.Low), Math.Sign(x.High)),
            ThresholdedRectifier(var alpha) => x.High <= alpha ? 0
            : x.Low > alpha ? x
            : new Interval(alpha, x.High).Hull(0),
            Shrink shrink => Shrunk(shrink, x),
            _ => null,
        };

    /// <summary>Encloses f' over x; null for functions without jumps.</summary>
    public static Interval? Slope(ScalarFunction f, Interval x) =>
        f switch
        {
            Networks.Floor or Networks.Ceiling or RoundToEven or Networks.Truncate or Networks.Sign => Jumps(f, x)
                ? Interval.Everything
                : 0,
            ThresholdedRectifier(var alpha) => alpha == 0 ? KinkedFunctions.Slopes(x, 0, 0, 1)
            : x.Contains(alpha) ? Interval.Everything
            : x.Low > alpha ? 1
            : 0,
            Shrink shrink => ShrunkSlope(shrink, x),
            _ => null,
        };

    /// <summary>Encloses f'' over x; null for functions without jumps.</summary>
    public static Interval? Bend(ScalarFunction f, Interval x) =>
        f switch
        {
            Networks.Floor or Networks.Ceiling or RoundToEven or Networks.Truncate or Networks.Sign => Slope(f, x),
            ThresholdedRectifier(var alpha) => KinkedFunctions.Bend(x, alpha),
            Shrink(var threshold, var bias) => HasEdge(threshold, bias, x) ? Interval.Everything : 0,
            _ => null,
        };

    /// <summary>Lines around f over x with a jump inside: a staircase of more than one step keeps beside x, all others have their range.</summary>
    public static ScalarLines Lines(ScalarFunction f, Interval x, Interval range)
    {
        (double below, double above) = f switch
        {
            Networks.Floor => (-1, 0),
            Networks.Ceiling => (0, 1),
            RoundToEven => (-Half, Half),
            _ => (double.NegativeInfinity, double.PositiveInfinity),
        };
        double middle = x.Middle;
        return range.Width <= above - below
            ? ScalarLines.Constant(range)
            : new ScalarLines(
                new ScalarLine(1, middle, (Interval.Of(middle) + below).Low),
                new ScalarLine(1, middle, (Interval.Of(middle) + above).High)
            );
    }

    /// <summary>Whether a staircase jumps at a member.</summary>
    public static bool Jumps(ScalarFunction f, Interval x) =>
        f switch
        {
            Networks.Sign => x.Contains(0),
            RoundToEven => Rounded(x.Low) != Rounded(x.High) || IsHalf(x.Low) || IsHalf(x.High),
            Networks.Truncate => Math.Truncate(x.Low) != Math.Truncate(x.High)
                || (x.Low > 0 && Math.Floor(x.Low) == x.Low)
                || (x.High < 0 && Math.Floor(x.High) == x.High),
            _ => Math.Floor(x.High) >= Math.Ceiling(x.Low),
        };

    private static double Rounded(double x) => Math.Round(x, MidpointRounding.ToEven);

    private static bool IsHalf(double x) => x - Math.Floor(x) == Half;

    /// <summary>The hull of the pieces: x + bias on the left, 0 between, x - bias on the right.</summary>
    private static Interval Shrunk(Shrink f, Interval x)
    {
        double end = Math.Max(f.Threshold, -f.Threshold);
        double left = -f.Threshold;
        Interval? hull = null;
        if (x.Low < left)
        {
            hull = new Interval(x.Low, Math.Min(x.High, left)) + f.Bias;
        }

        if (x.High >= left && x.Low <= f.Threshold)
        {
            hull = hull?.Hull(0) ?? 0;
        }

        double right = Math.Max(end, x.Low);
        if (x.High > f.Threshold && x.High >= right)
        {
            Interval piece = new Interval(right, x.High) - f.Bias;
            hull = hull?.Hull(piece) ?? piece;
        }

        return hull ?? Interval.Everything;
    }

    /// <summary>1, 0, 1; at an end where the pieces meet, Clarke's.</summary>
    private static Interval ShrunkSlope(Shrink f, Interval x)
    {
        (double threshold, double bias) = f;
        if (HasEdge(threshold, bias, x))
        {
            return threshold == bias ? new Interval(0, 1) : Interval.Everything;
        }

        return x.High < -threshold || x.Low > threshold ? 1 : 0;
    }

    /// <summary>Whether pieces meet at a member, other than as one line.</summary>
    private static bool HasEdge(double threshold, double bias, Interval x) =>
        threshold < 0 ? bias != 0 && x.Contains(-threshold) : x.Contains(-threshold) || x.Contains(threshold);
}
