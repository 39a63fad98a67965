using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>
/// Enclosures of f' and f'' that make use of the enclosure of f, where they are cheap polynomials of it: s (1 - s) for the sigmoid s, 1 - t^2 for the
/// hyperbolic tangent t. Where the function is so near its limits that little would be left of 1 - s, and for all other functions, the table says.
/// </summary>
internal static class SlopesFromValues
{
    /// <summary>Here 1 - s and 1 - t^2 have lost 12 of 53 bits.</summary>
    private const double SigmoidEnd = 8;
    private const double TanhEnd = 4;

    private static readonly Interval InverseSqrt3 = new(0.57735026918962573, 0.57735026918962585);
    private static readonly Interval SigmoidTurn = (Interval.Of(1) - InverseSqrt3) * 0.5;

    /// <summary>Encloses f' over x, where y encloses f over x.</summary>
    public static Interval Derivative(ScalarFunction f, Interval x, Interval y) =>
        f switch
        {
            Rectifier => x.Low > 0 ? 1
            : x.High < 0 ? 0
            : new Interval(0, 1),
            Sigmoid when IsWithin(x, SigmoidEnd) => SigmoidSlope(y),
            HyperbolicTangent when IsWithin(x, TanhEnd) => 1 - y.Square(),
            Exponential => y,
            _ => ScalarEnclosures.Derivative(f, x),
        };

    /// <summary>Encloses f'' over x, where y encloses f over x.</summary>
    public static Interval Second(ScalarFunction f, Interval x, Interval y) =>
        f switch
        {
            Sigmoid when IsWithin(x, SigmoidEnd) => SigmoidBend(y),
            HyperbolicTangent when IsWithin(x, TanhEnd) => TanhBend(y),
            Exponential => y,
            _ => ScalarEnclosures.Second(f, x),
        };

    private static bool IsWithin(Interval x, double end) => x.Low >= -end && x.High <= end;

    /// <summary>s (1 - s), which grows up to s = 1/2.</summary>
    private static Interval SigmoidSlope(Interval s)
    {
        Interval ends = SigmoidSlopeAt(s.Low).Hull(SigmoidSlopeAt(s.High));
        return s.Contains(0.5) ? ends.Hull(0.25) : ends;
    }

    private static Interval SigmoidSlopeAt(double s) => (Interval.Of(1) - s) * s;

    /// <summary>s (1 - s) (1 - 2 s), which turns at s = (1 -+ 1 / sqrt 3) / 2.</summary>
    private static Interval SigmoidBend(Interval s)
    {
        Interval ends = SigmoidBendAt(s.Low).Hull(SigmoidBendAt(s.High));
        ends = s.Meets(SigmoidTurn) ? ends.Hull(SigmoidBendAt(SigmoidTurn)) : ends;
        return s.Meets(1 - SigmoidTurn) ? ends.Hull(-SigmoidBendAt(SigmoidTurn)) : ends;
    }

    private static Interval SigmoidBendAt(Interval s) => (1 - s) * s * (1 - s * 2);

    /// <summary>-2 t (1 - t^2), which turns at t = -+ 1 / sqrt 3.</summary>
    private static Interval TanhBend(Interval t)
    {
        Interval ends = TanhBendAt(t.Low).Hull(TanhBendAt(t.High));
        ends = t.Meets(InverseSqrt3) ? ends.Hull(TanhBendAt(InverseSqrt3)) : ends;
        return t.Meets(-InverseSqrt3) ? ends.Hull(-TanhBendAt(InverseSqrt3)) : ends;
    }

    private static Interval TanhBendAt(Interval t) => t * -2 * (1 - t.Square());
}
