using Preimage.Enclosing;
using Preimage.Maps;

namespace Preimage.Tests.Laws;

/// <summary>A map and its enclosure, with the interval in which its inputs may lie.</summary>
public sealed record EnclosedSubject(
    string Name,
    IMap Map,
    ICurvedEnclosedMap Enclosure,
    double Lower = double.NegativeInfinity,
    double Upper = double.PositiveInfinity
)
{
    public override string ToString() => Name;

    /// <summary>A random box: each side of a width of its own from 1e-12 to 10, now and then a point, now and then beginning at 0, where kinks are.</summary>
    public Interval[] Box(Random random, double least = 1e-12, double most = 10)
    {
        double from = Math.Max(Lower, -3);
        double to = Math.Min(Upper, 3);
        var box = new Interval[Map.Inputs];
        for (int i = 0; i < box.Length; i++)
        {
            double start = random.Next(8) == 0 && from < 0 ? 0 : from + (to - from) * random.NextDouble();
            double width = random.Next(16) == 0 ? 0 : least * Math.Pow(most / least, random.NextDouble());
            double other = random.Next(2) == 0 ? start - width : start + width;
            box[i] = Interval.Between(start, Math.Clamp(other, Lower, Upper));
        }

        return box;
    }

    /// <summary>A random point of a box: a coordinate may be an end, or 0 where that is a member.</summary>
    public static double[] Point(Random random, ReadOnlySpan<Interval> box)
    {
        double[] point = new double[box.Length];
        for (int i = 0; i < point.Length; i++)
        {
            Interval side = box[i];
            point[i] = random.Next(8) switch
            {
                0 => side.Low,
                1 => side.High,
                2 when side.Contains(0) => 0,
                _ => Math.Clamp(side.Low + (side.High - side.Low) * random.NextDouble(), side.Low, side.High),
            };
        }

        return point;
    }
}
