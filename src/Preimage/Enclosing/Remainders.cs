using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>Enclosures of a - b q with the whole quotient q of a and b, rounded down or towards 0. Members b = 0 are left out.</summary>
internal static class Remainders
{
    private static readonly Floor Floor = new();
    private static readonly Truncate Truncate = new();

    /// <summary>The quotient where it is one number, so that the remainder does not jump; else null.</summary>
    public static Interval? Quotient(BinaryFunction f, Interval a, Interval b)
    {
        ScalarFunction rounding = f == BinaryFunction.Modulo ? Floor : Truncate;
        Interval ratio = a / b;
        Interval whole = Whole(rounding, ratio);
        return double.IsFinite(ratio.Width) && whole.Low == whole.High && !JumpingFunctions.Jumps(rounding, ratio)
            ? whole
            : null;
    }

    /// <summary>a - b floor(a / b), from 0 to b.</summary>
    public static Interval Modulo(Interval a, Interval b)
    {
        if (b == Interval.Zero)
        {
            return Interval.Everything;
        }

        Interval room = b.Hull(0);
        return a.Low == a.High && b.Low == b.High ? OfPoints(a.Low, b.Low, modulo: true) : Rest(Floor, a, b, room);
    }

    /// <summary>a - b truncate(a / b), from 0 to a and smaller than b.</summary>
    public static Interval Truncated(Interval a, Interval b)
    {
        if (b == Interval.Zero)
        {
            return Interval.Everything;
        }

        double size = b.Magnitude;
        Interval room = a.Hull(0).Cut(new Interval(-size, size));
        return a.Low == a.High && b.Low == b.High ? OfPoints(a.Low, b.Low, modulo: false) : Rest(Truncate, a, b, room);
    }

    /// <summary>The remainder of numbers is a number itself; only the sum that changes its sign is rounded.</summary>
    private static Interval OfPoints(double a, double b, bool modulo)
    {
        double rest = a % b;
        return modulo && rest != 0 && rest < 0 != b < 0 ? Interval.Of(rest) + b : Interval.Of(rest);
    }

    private static Interval Rest(ScalarFunction rounding, Interval a, Interval b, Interval room)
    {
        Interval whole = Whole(rounding, a / b);
        return double.IsFinite(whole.Low) && whole.Low == whole.High ? (a - b * whole.Low).Cut(room) : room;
    }

    private static Interval Whole(ScalarFunction rounding, Interval ratio) => ScalarEnclosures.Value(rounding, ratio);
}
