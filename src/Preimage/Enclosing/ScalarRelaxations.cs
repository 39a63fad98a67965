using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>The line Slope (x - Middle) + Offset.</summary>
internal readonly record struct ScalarLine(double Slope, double Middle, double Offset);

/// <summary>Two lines that a function lies between, around the same middle.</summary>
internal readonly record struct ScalarLines(ScalarLine Lower, ScalarLine Upper)
{
    /// <summary>Where both offsets are taken.</summary>
    public double Middle => Lower.Middle;

    /// <summary>The constants of an interval.</summary>
    public static ScalarLines Constant(Interval range) =>
        new(new ScalarLine(0, 0, range.Low), new ScalarLine(0, 0, range.High));
}

/// <summary>
/// Lines below and above every <see cref="ScalarFunction"/> over an interval: chord and tangent where it is convex or concave, else the edges of its
/// convex hull in the middle. Slopes are chosen by ordinary arithmetic; whatever they are, the offsets are proved with enclosures of the function
/// and its derivatives.  [Zhang2018]
/// </summary>
internal static class ScalarRelaxations
{
    private const int Samples = 8;

    /// <summary>Lines around f over x, whose values range encloses; constants where either is unbounded.</summary>
    public static ScalarLines Of(ScalarFunction f, Interval x, Interval range)
    {
        if (!IsFinite(x) || !IsFinite(range) || x.Low == x.High)
        {
            return ScalarLines.Constant(range);
        }

        double middle = x.Middle;
        if (ScalarPieces.Slope(f, x) is { } slope)
        {
            Interval offset = ScalarEnclosures.Value(f, middle);
            return new ScalarLines(
                new ScalarLine(slope, middle, offset.Low),
                new ScalarLine(slope, middle, offset.High)
            );
        }

        if (JumpingFunctions.Slope(f, x) == Interval.Everything)
        {
            return JumpingFunctions.Lines(f, x, range);
        }

        int bend = ScalarPieces.Bend(f, x);
        (double below, double above) = bend != 0 ? OneSided(f, x, middle, bend) : HullEdges(f, x, middle);
        ScalarPiece whole = new(f, x, bend);
        double low = whole.Lowest(below);
        double high = whole.Highest(above);

        // A line that is no better in the middle than the range itself is worse on the whole.
        return new ScalarLines(
            low > range.Low ? new ScalarLine(below, middle, low) : new ScalarLine(0, middle, range.Low),
            high < range.High ? new ScalarLine(above, middle, high) : new ScalarLine(0, middle, range.High)
        );
    }

    /// <summary>The slopes of the tangent in the middle and of the chord.</summary>
    private static (double Below, double Above) OneSided(ScalarFunction f, Interval x, double middle, int bend)
    {
        double chord = (ScalarFunctions.Value(f, x.High) - ScalarFunctions.Value(f, x.Low)) / (x.High - x.Low);
        double tangent = ScalarFunctions.Derivative(f, middle);
        return bend > 0 ? (Finite(tangent), Finite(chord)) : (Finite(chord), Finite(tangent));
    }

    /// <summary>The slopes of the edges of the convex hull of the graph, below and above the middle, by samples.</summary>
    private static (double Below, double Above) HullEdges(ScalarFunction f, Interval x, double middle)
    {
        Span<double> at = stackalloc double[Samples + 1];
        Span<double> value = stackalloc double[Samples + 1];
        for (int i = 0; i <= Samples; i++)
        {
            at[i] = i == Samples / 2 ? middle : x.Low + (x.High - x.Low) * i / Samples;
            value[i] = ScalarFunctions.Value(f, at[i]);
        }

        double tangent = ScalarFunctions.Derivative(f, middle);
        (double below, double above) = (tangent, tangent);
        double lowest = value[Samples / 2];
        double highest = lowest;
        for (int i = 0; i < Samples / 2; i++)
        {
            for (int j = Samples / 2 + 1; j <= Samples; j++)
            {
                double slope = (value[j] - value[i]) / (at[j] - at[i]);
                double height = value[i] + slope * (middle - at[i]);
                (lowest, below) = height < lowest ? (height, slope) : (lowest, below);
                (highest, above) = height > highest ? (height, slope) : (highest, above);
            }
        }

        return (Finite(below), Finite(above));
    }

    private static bool IsFinite(Interval x) => double.IsFinite(x.Low) && double.IsFinite(x.High);

    /// <summary>Any slope will do; an offset is proved for a number only.</summary>
    private static double Finite(double slope) => double.IsFinite(slope) ? slope : 0;
}
