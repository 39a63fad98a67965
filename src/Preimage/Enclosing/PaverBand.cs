using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>
/// The band { From &lt;= f &lt;= To } as a paver sees it. Where a network ends in an increasing function, the same band is told before it, between the
/// preimages of its ends, which are enclosed: a steep sigmoid at the end bends the bounds of its output, but not those of what it is applied to.
/// </summary>
internal readonly record struct PaverBand(IRelaxedMap Map, Interval From, Interval To)
{
    /// <summary>The band of f, told where f bends least.</summary>
    public static PaverBand Of(IRelaxedMap f, double from, double to) =>
        f is NetworkRelaxation network
        && network.BeforeHead() is var (map, head)
        && Inverse(head, from) is { } low
        && Inverse(head, to) is { } high
            ? new PaverBand(map, low, high)
            : new PaverBand(f, from, to);

    /// <summary>Encloses the x with head(x) = c; infinite where c lies below or above all values. Null for functions without an inverse here.</summary>
    private static Interval? Inverse(ScalarFunction head, double c) =>
        head switch
        {
            Sigmoid => Within(c, 0, 1) is { } limit ? limit : (Interval.Of(c) / (Interval.Of(1) - c)).Log(),
            HyperbolicTangent => Within(c, -1, 1) is { } limit
                ? limit
                : ((Interval.Of(1) + c) / (Interval.Of(1) - c)).Log() * 0.5,
            Exponential => Within(c, 0, double.PositiveInfinity) is { } limit ? limit : Interval.Of(c).Log(),
            _ => null,
        };

    /// <summary>The infinite end for a c beyond the values of a function, else null.</summary>
    private static Interval? Within(double c, double least, double most) =>
        c <= least ? new Interval(double.NegativeInfinity, double.NegativeInfinity)
        : c >= most ? new Interval(double.PositiveInfinity, double.PositiveInfinity)
        : null;
}
