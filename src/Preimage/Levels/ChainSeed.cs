using Preimage.Enclosing;
using Preimage.Maps;

namespace Preimage.Levels;

/// <summary>
/// A point of an arc of a skeleton, to rounding: halfway across its patch, where f is monotone along the patch's direction and so has one zero.
/// </summary>
internal static class ChainSeed
{
    // Illinois steps triple the digits in three; bisection alone takes 60 for a double.
    private const int Steps = 200;

    /// <summary>The point: [2].  map: f, level: c.</summary>
    public static double[] Of(IMap map, double level, SkeletonArc arc)
    {
        (double x, double y) = arc.Patch.Direction;
        Interval low = arc.Patch.Across(arc.Low.Place);
        Interval high = arc.Patch.Across(arc.High.Place);
        if (low.Meets(high))
        {
            return On(map, level, arc.Low); // no line across is known to meet the arc
        }

        double across = low.High < high.Low ? low.High / 2 + high.Low / 2 : high.High / 2 + low.Low / 2;
        double square = x * x + y * y;
        Line line = new(-across * y / square, across * x / square, x, y, arc.Patch.Cell);
        return line.At(Zero(map, level, line));
    }

    /// <summary>The point of a root: [2], in its isolating segment, where f is monotone.</summary>
    public static double[] On(IMap map, double level, EdgeRoot root)
    {
        (double x, double y) = root.Segment.IsVertical ? (0, 1) : (1, 0);
        Line line = new(root.Place.Left, root.Place.Bottom, x, y, root.Place);
        return line.At(Zero(map, level, line));
    }

    /// <summary>Bracketing, by the Illinois rule, with bisection where it is slow; the best of all places that were looked at.</summary>
    private static double Zero(IMap map, double level, Line line)
    {
        double[] value = new double[1];
        double from = line.From;
        double to = line.To;
        double atFrom = F(from);
        double atTo = F(to);
        (double best, double defect) =
            Math.Abs(atFrom) <= Math.Abs(atTo) ? (from, Math.Abs(atFrom)) : (to, Math.Abs(atTo));
        (double weightFrom, double weightTo) = (atFrom, atTo);
        for (int k = 0; k < Steps && defect > 0; k++)
        {
            double middle = from + (to - from) / 2;
            double at = k % 4 == 3 ? middle : from - weightFrom * (to - from) / (weightTo - weightFrom);
            at = at > from && at < to ? at : middle;
            if (!(at > from && at < to))
            {
                break;
            }

            double here = F(at);
            if (Math.Abs(here) < defect)
            {
                (best, defect) = (at, Math.Abs(here));
            }

            if (here > 0 == atFrom > 0)
            {
                (from, atFrom, weightFrom, weightTo) = (at, here, here, weightTo / 2);
            }
            else
            {
                (to, atTo, weightTo, weightFrom) = (at, here, here, weightFrom / 2);
            }
        }

        return best;

        double F(double t)
        {
            map.Evaluate(line.At(t), value);
            return value[0] - level;
        }
    }

    /// <summary>The part of the line (X, Y) + t (DX, DY) in a cell.</summary>
    private sealed class Line
    {
        private readonly double _x;
        private readonly double _y;
        private readonly double _dx;
        private readonly double _dy;
        private readonly Rectangle _cell;

        public Line(double x, double y, double dx, double dy, Rectangle cell)
        {
            (_x, _y, _dx, _dy, _cell) = (x, y, dx, dy, cell);
            (double fromX, double toX) = Slab(x, dx, cell.X);
            (double fromY, double toY) = Slab(y, dy, cell.Y);
            From = Math.Max(fromX, fromY);
            To = Math.Max(From, Math.Min(toX, toY));
        }

        public double From { get; }

        public double To { get; }

        public double[] At(double t) =>
            [Math.Clamp(_x + t * _dx, _cell.Left, _cell.Right), Math.Clamp(_y + t * _dy, _cell.Bottom, _cell.Top)];

        private static (double From, double To) Slab(double x, double dx, Interval range)
        {
            if (dx == 0)
            {
                return (double.NegativeInfinity, double.PositiveInfinity);
            }

            double a = (range.Low - x) / dx;
            double b = (range.High - x) / dx;
            return (Math.Min(a, b), Math.Max(a, b));
        }
    }
}
