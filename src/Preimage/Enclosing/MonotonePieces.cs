using System.Collections.Immutable;

namespace Preimage.Enclosing;

/// <summary>A smooth function and its first two derivatives, whose monotone pieces are known.</summary>
internal interface IMonotonePieces
{
    /// <summary>Encloses the derivative of this order at one number; at infinity, its limit.</summary>
    static abstract Interval At(double x, int order);

    /// <summary>
    /// Where the derivative of this order is largest or smallest between neighbours, from left to right. A row holds bounds of the place, then bounds of the derivative there.
    /// Returns [4 * turns].
    /// </summary>
    static abstract ReadOnlySpan<double> Turns(int order);
}

/// <summary>Ranges from monotone pieces: the hull of the ends and of the turns between them.</summary>
internal static class MonotonePieces
{
    /// <summary>Numbers in a row of <see cref="IMonotonePieces.Turns"/>.</summary>
    private const int Row = 4;

    /// <summary>Encloses the derivative of this order over x.</summary>
    public static Interval Range<T>(Interval x, int order)
        where T : struct, IMonotonePieces
    {
        Interval range = T.At(x.Low, order);
        if (x.Low == x.High)
        {
            return range;
        }

        range = range.Hull(T.At(x.High, order));
        ReadOnlySpan<double> turns = T.Turns(order);
        for (int i = 0; i < turns.Length; i += Row)
        {
            if (x.Low <= turns[i + 1] && x.High >= turns[i])
            {
                range = range.Hull(new Interval(turns[i + 2], turns[i + 3]));
            }
        }

        return range;
    }

    /// <summary>The same of the members from least to most; everything where there is none.</summary>
    public static Interval RangeWithin<T>(Interval x, int order, double least, double most)
        where T : struct, IMonotonePieces =>
        x.High < least || x.Low > most
            ? Interval.Everything
            : Range<T>(new Interval(Math.Max(x.Low, least), Math.Min(x.High, most)), order);

    /// <summary>Encloses the places of the turns of the derivative of this order, over a scale, from left to right.</summary>
    public static ImmutableArray<Interval> Places<T>(int order, double scale)
        where T : struct, IMonotonePieces
    {
        ReadOnlySpan<double> turns = T.Turns(order);
        Interval[] places = new Interval[turns.Length / Row];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = new Interval(turns[i * Row], turns[i * Row + 1]) / scale;
        }

        Array.Sort(places, (a, b) => a.Low.CompareTo(b.Low));
        return [.. places];
    }
}
