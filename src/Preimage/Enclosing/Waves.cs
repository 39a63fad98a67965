namespace Preimage.Enclosing;

/// <summary>Ranges of sine and cosine.</summary>
internal static class Waves
{
    private const int Quarters = 4;

    /// <summary>cos(x - phase pi/2): the cosine at phase 0, the sine at phase 1.</summary>
    public static Interval Range(Interval x, int phase)
    {
        if (!(x.Magnitude <= DoubledFunctions.LargestReduced))
        {
            return new(-1, 1);
        }

        Interval range = At(x.Low, phase, out long first);
        if (x.Low == x.High)
        {
            return range;
        }

        range = range.Hull(At(x.High, phase, out long last));
        if (last - first >= Quarters)
        {
            return new(-1, 1);
        }

        // The extremes between the ends: multiples of pi from the phase on.
        for (long turn = first + 1; turn <= last; turn++)
        {
            range = (turn & 1) != 0 ? range : range.Hull((turn & 2) == 0 ? 1 : -1);
        }

        return range;
    }

    /// <summary>The value at x, and the number of quarter turns from the phase to x, rounded down.</summary>
    private static Interval At(double x, int phase, out long turns)
    {
        Doubled r = DoubledFunctions.Reduce(x, out long quarter);
        long turn = quarter - phase;
        turns = r.High >= 0 ? turn : turn - 1;
        if (r.High == 0)
        {
            return (turn & 1) != 0 ? 0
                : (turn & 2) == 0 ? 1
                : -1;
        }

        // cos(turn pi/2 + r).
        bool isSine = (turn & 1) != 0;
        bool isNegative = (turn & Quarters - 1) is 1 or 2;
        Interval value = isSine ? Sine(r, quarter == 0 ? 0 : DoubledFunctions.ReductionError) : Cosine(r);
        value = isNegative ? -value : value;
        return new(Math.Max(-1, value.Low), Math.Min(1, value.High));
    }

    private static Interval Sine(Doubled r, double reduction)
    {
        double size = Math.Abs(r.High);
        if (size < 1e-150)
        {
            return new Interval(r.High, r.High).Widen(1);
        }

        Doubled sine = DoubledFunctions.Sin(r);
        double error = size * DoubledFunctions.WaveError + reduction;
        return new(sine.LowerBound(error), sine.UpperBound(error));
    }

    private static Interval Cosine(Doubled r)
    {
        Doubled cosine = DoubledFunctions.Cos(r);
        return new(
            cosine.LowerBound(DoubledFunctions.WaveError / 4),
            cosine.UpperBound(DoubledFunctions.WaveError / 4)
        );
    }
}
