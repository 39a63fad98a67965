using Preimage.Results;

namespace Preimage.Enclosing;

/// <summary>Whether points belong to a band { x : from &lt;= f(x) &lt;= to }, proved by the enclosure of f at the point.</summary>
public static class Membership
{
    /// <summary>
    /// Proved for members, disproved for points outside, unknown where an end lies within the rounding of f(x).  x: [f.Inputs].
    /// </summary>
    /// <exception cref="ArgumentException">f has several outputs, the ends are reversed, or the point has another length or is not finite.</exception>
    public static Verdict Of(IEnclosedMap f, double from, double to, ReadOnlySpan<double> x)
    {
        PaverDoor.CheckBand(from, to);
        PaverDoor.CheckPoint(f, x);
        Interval[] point = new Interval[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            point[i] = x[i];
        }

        Interval[] y = new Interval[1];
        f.Enclose(point, y);
        return y[0].Low >= from && y[0].High <= to ? Verdict.Proved
            : y[0].High < from || y[0].Low > to ? Verdict.Disproved
            : Verdict.Unknown;
    }
}
