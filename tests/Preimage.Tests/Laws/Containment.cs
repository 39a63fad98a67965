using Preimage.Enclosing;

namespace Preimage.Tests.Laws;

/// <summary>Whether numbers lie in intervals, and intervals in each other, but for rounding.</summary>
internal static class Containment
{
    /// <summary>The rounding of an evaluated map, relative to the largest of its numbers: some hundred operations. It is not the enclosure's.</summary>
    public const double EvaluationRounding = 1e-13;

    /// <summary>What bounds may cross of those of a larger box: they are rounded by different sums.</summary>
    private const double NestedRounding = 1e-13;

    public static bool IsFinite(Interval x) => double.IsFinite(x.Low) && double.IsFinite(x.High);

    /// <summary>
    /// Whether a second derivative does not jump in a small box: it is finite, and narrower than the jumps of the functions that have some, of 1
    /// and more against values up to as much. A slope between two widths tells no order where a jump leaves the box on the way.
    /// </summary>
    public static bool IsSteady(Interval second) => IsFinite(second) && second.Width <= 0.4 * (1 + second.Magnitude);

    public static double Largest(IEnumerable<Interval> x) => x.Where(IsFinite).Select(y => y.Magnitude).Append(0).Max();

    public static void AllInside(double[] y, Interval[] enclosure, string what)
    {
        double allowed = EvaluationRounding * (1 + y.Max(Math.Abs));
        for (int k = 0; k < y.Length; k++)
        {
            Inside(y[k], enclosure[k], allowed, what);
        }
    }

    public static void Inside(double y, Interval enclosure, double allowed, string what)
    {
        // The sentence is made only when it is needed: this is asked millions of times.
        if (!(y >= enclosure.Low - allowed && y <= enclosure.High + allowed))
        {
            Assert.Fail($"{what}: {y:R} is not in [{enclosure.Low:R}, {enclosure.High:R}]");
        }
    }

    public static void AllNested(Interval[] inner, Interval[] outer, string what)
    {
        double allowed = NestedRounding * (1 + Largest(outer));
        for (int k = 0; k < inner.Length; k++)
        {
            Inside(inner[k].Low, outer[k], allowed, what);
            Inside(inner[k].High, outer[k], allowed, what);
        }
    }

    public static void AllNarrow(Interval[] x, double width, string what)
    {
        double allowed = width * (1 + Largest(x));
        Assert.All(x, y => Assert.True(y.Width <= allowed, $"{what}: {y} is wide"));
    }

    public static void AllMeet(Interval[] a, Interval[] b) =>
        Assert.All(a.Zip(b), pair => Assert.True(pair.First.Meets(pair.Second)));
}
