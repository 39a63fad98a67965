using CsCheck;
using Preimage.Enclosing;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Laws;

namespace Preimage.Tests.Levels;

/// <summary>The nearest crossing against borders whose nearest point is known, and its proof against random points.</summary>
public class CrossingTests
{
    /// <summary>A descended point is a nearest one to the rounding of a gradient.</summary>
    private const double Descended = 1e-9;

    private static readonly Box Square = Box.Cube(2, -1, 1);

    [Theory]
    [InlineData(0.1, 0.2)]
    [InlineData(-0.7, 0.6)]
    [InlineData(1e-6, 0)]
    public void OfACircle_ItIsAlongTheRay(double x, double y)
    {
        Crossing crossing = Nearest(Borders.Quadratic(1, 1, 0.25), [x, y], Square);
        double radius = Math.Sqrt(x * x + y * y);
        AssertSound(crossing, Borders.Quadratic(1, 1, 0.25), Square);
        Assert.Equal(Math.Abs(0.5 - radius), crossing.Distance, Descended);
        Assert.Equal(Verdict.Proved, crossing.Verdict);
        Assert.Equal(0, crossing.KktResidual, Descended);
    }

    [Theory]
    [InlineData(0.7, 0.8)]
    [InlineData(0.05, 0.02)]
    [InlineData(-0.3, 0.9)]
    [InlineData(0.9, 0)]
    [InlineData(0.1, 0)]
    public void OfAnEllipse_ItIsWhatAScanOfItsAngleFinds(double x, double y)
    {
        Border ellipse = Borders.Quadratic(1, 9, 0.49);
        Crossing crossing = Nearest(ellipse, [x, y], Square);
        AssertSound(crossing, ellipse, Square);
        double expected = Smallest(t => Distance(x, y, 0.7 * Math.Cos(t), 0.7 / 3 * Math.Sin(t)), 0, 2 * Math.PI);
        Assert.Equal(expected, crossing.Distance, Descended);
        Assert.Equal(Verdict.Proved, crossing.Verdict);
        Assert.InRange(crossing.Distance - crossing.DistanceLower, 0, 1.1e-6 * crossing.Distance);
    }

    [Fact]
    public void OfALine_ItIsThePerpendicular()
    {
        Crossing crossing = Nearest(Borders.Plane(1, 3, -1), [0.1, 0.2], Square);
        AssertSound(crossing, Borders.Plane(1, 3, -1), Square);
        Assert.Equal(0.9 / Math.Sqrt(10), crossing.Distance, 1e-14);
        Assert.Equal(crossing.Distance, crossing.Path!.Length, 1e-13);
    }

    [Fact]
    public void OfASaddle_ItIsWhatAScanOfItsBranchesFinds()
    {
        Border saddle = Borders.Quadratic(1, -1, 0.1);
        foreach ((double x, double y) in ((double, double)[])[(0.01, 0.02), (0, 0.7), (0.9, -0.3)])
        {
            Crossing crossing = Nearest(saddle, [x, y], Square);
            AssertSound(crossing, saddle, Square);
            double expected = Smallest(t => Distance(x, y, Math.Sqrt(0.1 + t * t), t), -0.9, 0.9);
            expected = Math.Min(expected, Smallest(t => Distance(x, y, -Math.Sqrt(0.1 + t * t), t), -0.9, 0.9));
            Assert.Equal(expected, crossing.Distance, Descended);
            Assert.Equal(Verdict.Proved, crossing.Verdict);
        }
    }

    [Fact]
    public void BehindARidge_TheNearerDiscIsFound()
    {
        // The gradient at the start leads to the large disc, half away; the small one is nearer, on the other side.
        Border discs = Borders.Discs([0.8, 0, 0.3], [-0.4, 0, 0.03]);
        Crossing crossing = Nearest(discs, [0, 0], Square);
        AssertSound(crossing, discs, Square);
        Assert.True(crossing.Path!.Point(crossing.Path.Count - 1)[0] > 0.4, "the lift goes the wrong way");
        Assert.Equal(0.37, crossing.Distance, Descended);
        Assert.Equal(Verdict.Proved, crossing.Verdict);
    }

    [Fact]
    public void ADiscSmallerThanAnyPattern_IsFoundByTheProof()
    {
        Border discs = Borders.Discs([0.8, 0, 0.3], [-0.41, 0.13, 1e-4]);
        Crossing crossing = Nearest(discs, [0, 0], Square);
        AssertSound(crossing, discs, Square);
        Assert.Equal(Math.Sqrt(0.41 * 0.41 + 0.13 * 0.13) - 1e-4, crossing.Distance, Descended);
        Assert.Equal(Verdict.Proved, crossing.Verdict);
    }

    [Fact]
    public void WithoutAny_ThatIsProved()
    {
        Crossing crossing = Nearest(Borders.Quadratic(1, 1, -1e-3), [0.5, 0.5], Square);
        Assert.False(crossing.Found);
        Assert.Equal(double.PositiveInfinity, crossing.DistanceLower);
        Assert.Equal(double.PositiveInfinity, crossing.Distance);
        Assert.Equal(Verdict.Proved, crossing.Verdict);
        Assert.Null(crossing.Path);
        Assert.Empty(crossing.Bracket);
    }

    [Fact]
    public void ATouchedLevel_IsNeitherFoundNorExcluded()
    {
        // A disc of radius 0: g is 0 at one point without a change of sign, which neither evaluations nor enclosures decide.
        Crossing crossing = Nearest(Borders.Disc(0.1, 1.0 / 3, 0), [0.4, 1.0 / 3 + 0.4], Square);
        Assert.False(crossing.Found);
        Assert.Equal(Verdict.Unknown, crossing.Verdict);
        Assert.InRange(crossing.DistanceLower, 0.49, 0.5 + 1e-15);
    }

    [Fact]
    public void OnTheLevel_TheDistanceIsZero()
    {
        Crossing crossing = Nearest(Borders.Quadratic(1, 1, 0.25), [0.3, 0.4], Square);
        Assert.Equal(0, crossing.Distance, 1e-15);
        Assert.Equal(0, crossing.DistanceLower);
        Assert.Equal(Verdict.Proved, crossing.Verdict);
        AssertBracket(crossing, Borders.Quadratic(1, 1, 0.25));
        Crossing exact = Nearest(Borders.Plane(0, 1, 1), [0.5, -0.5], Square);
        Assert.Equal(0, exact.Distance);
        AssertBracket(exact, Borders.Plane(0, 1, 1));
    }

    [Fact]
    public void OnAFaceOrCorner_TheBoxHoldsIt()
    {
        Crossing face = Nearest(Borders.Plane(3.5, 3, 1), [0, 0], Square);
        AssertSound(face, Borders.Plane(3.5, 3, 1), Square);
        Assert.Equal([1, 0.5], face.At!.Value.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(0, face.KktResidual, 1e-12);
        Assert.Equal(Verdict.Proved, face.Verdict);
        Crossing corner = Nearest(Borders.Plane(2, 1, 1), [0.2, 0.1], Square);
        Assert.Equal([1, 1], corner.At!.Value.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        AssertBracket(corner, Borders.Plane(2, 1, 1));
        Assert.Equal(Verdict.Proved, corner.Verdict);
        Crossing circle = Nearest(Borders.Quadratic(1, 1, 1.2), [0.9, 0.1], Square);
        Assert.Equal(1, circle.At!.Value[0]);
        Assert.Equal(Math.Sqrt(0.2), circle.At!.Value[1], 1e-12);
    }

    [Theory]
    [InlineData(2, 0, 1)]
    [InlineData(2, 0.5, 1.118033988749895)]
    [InlineData(0.2, 0.1, 0.494974746830583)]
    [InlineData(0.3, 2.5, 1.5297058540778354)]
    public void AtKinks_TheDistanceIsRight(double x, double y, double expected)
    {
        Box box = Box.Cube(2, -3, 3);
        Crossing crossing = Nearest(Borders.Diamond, [x, y], box);
        AssertSound(crossing, Borders.Diamond, box);
        Assert.Equal(expected, crossing.Distance, 2e-6 * expected);
        Assert.Equal(Verdict.Proved, crossing.Verdict);
    }

    [Fact]
    public void InThreeInputs_SpheresAndPlanesWork()
    {
        Border plane = Borders.Plane(1, 1, 2, -2);
        Box cube = Box.Cube(3, -1, 1);
        Crossing crossing = Nearest(plane, [0.1, 0, 0.2], cube);
        AssertSound(crossing, plane, cube);
        Assert.Equal(1.3 / 3, crossing.Distance, 1e-14);
        Assert.Equal(Verdict.Proved, crossing.Verdict);
    }

    [Fact]
    public void ASpentBudget_LeavesTheBoundThatWasReached()
    {
        Border ellipse = Borders.Quadratic(1, 9, 0.49);
        Crossings few = new() { Cells = 12 };
        Crossing crossing = few.Nearest(
            ellipse.Map,
            ellipse.Enclosure,
            [0.05, 0.02],
            Square,
            TestContext.Current.CancellationToken
        );
        Assert.True(crossing.Found);
        Assert.Equal(Verdict.Unknown, crossing.Verdict);
        Assert.InRange(crossing.DistanceLower, 0, crossing.Distance * (1 - 1e-5));
    }

    [Fact]
    public void OfRandomNetworks_NoOtherSignIsNearerThanProved() =>
        Gen.Select(Borders.Networks(2, 6), Gen.Double[-1, 1].Array[2]).Sample((net, x) => Holds(net, x), iter: 60);

    [Fact]
    public void OfRandomNetworksInThreeInputs_NoOtherSignIsNearerThanProved() =>
        Gen.Select(Borders.Networks(3, 5), Gen.Double[-1, 1].Array[3]).Sample((net, x) => Holds(net, x), iter: 12);

    [Fact]
    public void Refusals_SayWhatWouldWork()
    {
        Border circle = Borders.Quadratic(1, 1, 0.25);
        Assert.Equal(
            "The box is unbounded in input 2, where nothing can be proved; give finite bounds.",
            Refusal(circle, [0, 0], new Box([-1, -1], [1, double.PositiveInfinity]))
        );
        Assert.StartsWith("The start lies outside the box", Refusal(circle, [3, 0], Square), StringComparison.Ordinal);
        Assert.Equal(
            "The map has 2 inputs and its enclosure 3; give the enclosure of this map.",
            Refusal(new Border(circle.Map, Borders.Plane(1, 1, 1, 1).Enclosure), [0, 0], Square)
        );
        Assert.Equal(
            "The map has 2 outputs, but a level is of one; select one of the outputs, or take the margin of a class.",
            Refusal(new Border(KnownMaps.Helix, circle.Enclosure), [0, 0, 0], Box.Cube(3, -1, 1))
        );
    }

    private static string Refusal(Border border, double[] start, Box box) =>
        Assert.Throws<ArgumentException>(() => Nearest(border, start, box)).Message;

    private static void Holds(Border net, double[] start)
    {
        Box box = Box.Cube(start.Length, -1, 1);
        Crossing crossing = Nearest(net, start, box);
        int sign = Math.Sign(net.Map.Evaluate(start)[0]);
        double nearest = double.PositiveInfinity;
        Random random = new(1);
        double[] point = new double[start.Length];
        double[] value = [0];
        for (int k = 0; k < 100_000; k++)
        {
            for (int i = 0; i < point.Length; i++)
            {
                point[i] = 2 * random.NextDouble() - 1;
            }

            net.Map.Evaluate(point, value);
            if (Math.Sign(value[0]) != sign)
            {
                nearest = Math.Min(nearest, Distance(start, point));
            }
        }

        Assert.True(nearest >= crossing.DistanceLower, $"{nearest:R} is nearer than {crossing.DistanceLower:R}");
        Interval[] begin = new Interval[1];
        net.Enclosure.Enclose([.. start.Select(Interval.Of)], begin);
        // Where rounding hides the sign at the start, as in nearly constant networks, nothing is promised.
        bool isHidden = begin[0].Mignitude < 1e6 * begin[0].Width;
        Assert.True(isHidden || crossing.Verdict == Verdict.Proved, "unproved");
        Assert.True(
            isHidden || crossing.Found == double.IsFinite(crossing.DistanceLower),
            "neither found nor excluded"
        );
        if (crossing.Found)
        {
            AssertSound(crossing, net, box);
        }
    }

    /// <summary>What every crossing promises.</summary>
    private static void AssertSound(Crossing crossing, Border border, Box box)
    {
        Assert.True(crossing.Found);
        double[] at = [.. crossing.At!.Value];
        Assert.True(box.Contains(at));
        Assert.Equal(Distance([.. crossing.From], at), crossing.Distance, 1e-15);
        Assert.InRange(crossing.DistanceLower, 0, crossing.Distance);
        AssertBracket(crossing, border);
    }

    /// <summary>The bracket: next to the crossing, 1e-12 of the inputs' size apart, of different signs.</summary>
    private static void AssertBracket(Crossing crossing, Border border)
    {
        double[] at = [.. crossing.At!.Value];
        double[] one = [.. crossing.Bracket.Take(at.Length)];
        double[] other = [.. crossing.Bracket.Skip(at.Length)];
        double scale = Math.Max(3, at.Max(Math.Abs));
        double widest = Math.Max(1e-12 * scale, 0.2e-6 * crossing.Distance);
        Assert.InRange(Distance(one, other), 0, widest);
        Assert.InRange(Distance(one, at), 0, widest);
        Interval[] before = new Interval[1];
        Interval[] behind = new Interval[1];
        border.Enclosure.Enclose([.. one.Select(Interval.Of)], before);
        border.Enclosure.Enclose([.. other.Select(Interval.Of)], behind);
        bool isChange = before[0].High < 0 ? behind[0].Low > 0 : before[0].Low > 0 && behind[0].High < 0;
        Assert.True(isChange || crossing.Verdict != Verdict.Proved, "the signs at the bracket's ends are not enclosed");
    }

    private static Crossing Nearest(Border border, double[] start, Box box) =>
        new Crossings().Nearest(border.Map, border.Enclosure, start, box, TestContext.Current.CancellationToken);

    private static double Distance(double[] p, double[] q) => Math.Sqrt(p.Zip(q, (a, b) => (a - b) * (a - b)).Sum());

    private static double Distance(double x, double y, double p, double q) => Distance([x, y], [p, q]);

    /// <summary>The least value of a function on an interval: a scan, then golden sections.</summary>
    private static double Smallest(Func<double, double> f, double from, double to)
    {
        const int pieces = 20000;
        double step = (to - from) / pieces;
        int best = Enumerable.Range(0, pieces + 1).MinBy(k => f(from + k * step));
        (double low, double high) = (from + (best - 1) * step, from + (best + 1) * step);
        double ratio = (Math.Sqrt(5) - 1) / 2;
        for (int k = 0; k < 60; k++)
        {
            double a = high - ratio * (high - low);
            double b = low + ratio * (high - low);
            (low, high) = f(a) < f(b) ? (low, b) : (a, high);
        }

        return f(low + (high - low) / 2);
    }
}
