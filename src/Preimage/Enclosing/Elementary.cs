using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>Enclosures of elementary functions by name.</summary>
internal static class Elementary
{
    private static readonly Exponential Exponential = new();
    private static readonly Logarithm Logarithm = new();

    public static Interval Exp(Interval x) => ScalarEnclosures.Value(Exponential, x);

    public static Interval Log(Interval x) => ScalarEnclosures.Value(Logarithm, x);

    public static Interval Power(Interval x, double exponent) => ScalarEnclosures.Value(new ConstantPower(exponent), x);
}
