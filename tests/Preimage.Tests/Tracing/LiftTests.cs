using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Laws;
using Preimage.Tracing;

namespace Preimage.Tests.Tracing;

/// <summary>The horizontal lift against flows that are known: rays, straight lines, y = y0 (x / x0)^(b / a), corners, ridges.</summary>
public class LiftTests
{
    /// <summary>"Through the outputs to rounding": ulp of the output's scale, as the corrector's default has it.</summary>
    private const double Roundoff = 4 * 2.220446049250313e-16;

    /// <summary>The method is of order 5, its step goes with the root of the chord tolerance.</summary>
    private const double OrderInChord = 2.5;

    /// <summary>Steps vary along a lift, so that measured orders scatter.</summary>
    private const double OrderScatter = 0.5;

    private static readonly Box Square = Box.Cube(2, -1, 1);

    [Fact]
    public void OnACircle_TheLiftIsTheRay()
    {
        HorizontalLift lift = new Lift().Lifted(KnownMaps.Circle, [0.3, 0.4], [0.81], Square);
        Assert.Equal(Ending.ReachedTarget, lift.Curve.End);
        Assert.Equal(0.4, lift.Curve.Length, 1e-13);
        for (int i = 0; i < lift.Curve.Count; i++)
        {
            ReadOnlySpan<double> p = lift.Curve.Point(i);
            Assert.Equal(0, 0.8 * p[0] - 0.6 * p[1], 1e-15);
        }
    }

    [Fact]
    public void OnALine_TheLiftIsStraight()
    {
        IMap line = Map(2, (x, j) => Set(j, 3 * x[0] - x[1], 3, -1));
        HorizontalLift lift = new Lift().Lifted(line, [0, 0], [-1], Square);
        Assert.Equal([-0.3, 0.1], lift.Curve.Point(lift.Curve.Count - 1).ToArray(), Close(1e-15));
        Assert.All(lift.Curve.Curvatures, curvature => Assert.Equal(0, curvature, 1e-10));
    }

    /// <summary>The start's own output, told with the digits that a person sees, is one ulp beside it: no way leads there, and the rest is reached.</summary>
    [Fact]
    public void ALevelBesideTheStartsOwn_IsReachedWhereTheLiftStands()
    {
        IMap difference = Map(2, (x, j) => Set(j, Math.Max(0, x[0] - x[1]), x[0] > x[1] ? 1 : 0, x[0] > x[1] ? -1 : 0));
        Assert.NotEqual(3.15, difference.Evaluate([1.85, -1.3])[0]);
        HorizontalLift lift = new Lift().LiftedThrough(difference, [1.85, -1.3], [0.5, 3.15], Box.Cube(2, -3, 3));
        Assert.Equal([0.5, 3.15], lift.Outputs);
    }

    [Fact]
    public void Levels_AreReachedToRounding_InOrder_AndTangentsAreTheGradients()
    {
        IMap map = KnownMaps.Quadratic(1, 9);
        double[] levels = [0.9, 0.05, 0.45, 0.2, 1.5];
        HorizontalLift lift = new Lift().LiftedThrough(map, [0.6, 0.1], levels, Square);
        Assert.Equal(5, lift.Stations.Length);
        for (int k = 0; k < levels.Length; k++)
        {
            double value = map.Evaluate(lift.Curve.Point(lift.Stations[k]))[0];
            Assert.Equal(levels.Order().ElementAt(k), value, 4 * Roundoff);
            Assert.Equal(value, lift.Curve.Value(lift.Stations[k])[0]);
        }

        double[] y = [0];
        double[] gradient = [0, 0];
        for (int i = 0; i < lift.Curve.Count; i++)
        {
            map.Linearize(lift.Curve.Point(i), y, gradient);
            ReadOnlySpan<double> t = lift.Curve.Tangent(i);
            double norm = Math.Sqrt(gradient[0] * gradient[0] + gradient[1] * gradient[1]);
            Assert.Equal(0, (t[0] * gradient[1] - t[1] * gradient[0]) / norm, 1e-15);
            Assert.True(
                t[0] * gradient[0] + t[1] * gradient[1] > 0,
                "the lift goes from the lowest level to the highest"
            );
            Assert.True(i == 0 || y[0] > lift.Curve.Value(i - 1)[0]);
        }
    }

    [Fact]
    public void TheEnd_ConvergesInItsOrder()
    {
        double coarse = Deviation(1e-3);
        double fine = Deviation(1e-6);
        Assert.Equal(OrderInChord, Math.Log10(coarse / fine) / 3, OrderScatter);

        static double Deviation(double chord)
        {
            Lift recipe = new()
            {
                Steps = new ChordControl(chord) { Surprise = 1e6, Turn = 3 },
            };
            Curve lift = recipe.Lifted(KnownMaps.Quadratic(1, 4), [0.05, 0.001], [1.2], Box.Cube(2, -2, 2)).Curve;
            ReadOnlySpan<double> end = lift.Point(lift.Count - 1);
            return Math.Abs(end[1] - 0.001 * Math.Pow(end[0] / 0.05, 4));
        }
    }

    [Fact]
    public void InOtherUnits_TheLiftIsOrthogonalInThem()
    {
        // In x / 1 and y / 10 the map is X^2 + (Y)^2 with circles for fibers: a ray.
        Box box = new([-1, -10], [1, 10]);
        IMap map = KnownMaps.Quadratic(1, 0.01);
        Curve lift = (new Lift() with { Scale = new HalfWidths() }).Lifted(map, [0.3, 4], [0.81], box).Curve;
        Assert.Equal([0.54, 7.2], lift.Point(lift.Count - 1).ToArray(), Close(1e-13));
    }

    [Fact]
    public void TheBox_EndsItExactly()
    {
        HorizontalLift lift = new Lift().Lifted(KnownMaps.Quadratic(1, 2), [0.5, 0.4], [9], Square);
        Assert.Equal(Ending.LeftBox, lift.Curve.End);
        Assert.Empty(lift.Stations);
        ReadOnlySpan<double> end = lift.Curve.Point(lift.Curve.Count - 1);
        // y = 0.4 (x / 0.5)^2 meets y = 1 first.
        Assert.Equal(1.0, end[1]);
        Assert.Equal(0.5 * Math.Sqrt(2.5), end[0], 1e-9);
    }

    [Fact]
    public void InfiniteLevels_GoAsFarAsTheLiftDoes()
    {
        double[] all = [double.NegativeInfinity, double.PositiveInfinity];
        HorizontalLift lift = new Lift().LiftedThrough(KnownMaps.Circle, [0.3, 0.4], all, Square);
        Assert.Equal(Ending.Singular, lift.Curve.Start);
        Assert.Equal(Ending.LeftBox, lift.Curve.End);
        Assert.InRange(lift.Curve.Value(0)[0], 0, 1e-15);
        Assert.Equal(1 + 0.5625, lift.Curve.Value(lift.Curve.Count - 1)[0], 1e-12);
    }

    [Fact]
    public void BeyondAMaximum_NothingIsReached()
    {
        IMap hill = Map(
            2,
            (x, j) =>
            {
                double e = Math.Exp(-(x[0] * x[0]) - x[1] * x[1]);
                return Set(j, e, -2 * x[0] * e, -2 * x[1] * e);
            }
        );
        HorizontalLift lift = new Lift().Lifted(hill, [0.5, 0.2], [0.9, 1.1], Square);
        Assert.Equal(Ending.Singular, lift.Curve.End);
        Assert.Single(lift.Stations);
        Assert.Equal(2, lift.Asked);
        Assert.Equal(1, lift.Curve.Value(lift.Curve.Count - 1)[0], 1e-12);
    }

    [Fact]
    public void ASaddle_IsPassedBeside_AndEndsTheLiftThatMeetsIt()
    {
        IMap saddle = Map(2, (x, j) => Set(j, x[0] * x[0] - x[1] * x[1], 2 * x[0], -2 * x[1]));
        Curve met = new Lift().Lifted(saddle, [0, 0.5], [0.1], Square).Curve;
        Assert.Equal(Ending.Singular, met.End);
        Curve passed = new Lift().Lifted(saddle, [1e-3, 0.5], [0.1], Square).Curve;
        Assert.Equal(Ending.ReachedTarget, passed.End);
        // Its flow keeps x y.
        ReadOnlySpan<double> end = passed.Point(passed.Count - 1);
        Assert.Equal(5e-4, end[0] * end[1], 1e-9);
    }

    [Fact]
    public void AKink_IsCrossed_AndARidgeEndsTheLift()
    {
        IMap bent = Map(2, (x, j) => Set(j, x[0] + 8 * Math.Max(0, x[0]) + x[1], x[0] > 0 ? 9 : 1, 1));
        HorizontalLift lift = new Lift().Lifted(bent, [-0.2, 0], [1.02], Square);
        Assert.Equal(Ending.ReachedTarget, lift.Curve.End);
        // From (-0.2, 0) along (1, 1) to (0, 0.2), where the value is 0.2, then along (9, 1): 0.2 + 82 s = 1.02. A corner is placed to 5e-9.
        Assert.Equal([0.09, 0.21], lift.Curve.Point(lift.Curve.Count - 1).ToArray(), Close(2e-8));
        IMap ridge = Map(2, (x, j) => Set(j, -Math.Abs(x[0]) + 0.1 * x[1], x[0] > 0 ? -1 : 1, 0.1));
        Curve stuck = new Lift().Lifted(ridge, [0.2, 0], [1], Square).Curve;
        Assert.Equal(Ending.StepTooSmall, stuck.End);
        Assert.Equal(0, stuck.Point(stuck.Count - 1)[0], 1e-8);
    }

    [Fact]
    public void APlateau_IsLeft_ThoughTheOutputIsFlatToRounding()
    {
        // sigmoid(60 (x - y / 2)): at (0.9, 0) it is 1 to rounding, with a gradient of 1e-22.
        IMap sigmoid = Map(
            2,
            (x, j) =>
            {
                double z = 60 * (x[0] - 0.5 * x[1]);
                double e = Math.Exp(-Math.Abs(z));
                double slope = 60 * e / ((1 + e) * (1 + e));
                return Set(j, z > 0 ? 1 / (1 + e) : e / (1 + e), slope, -0.5 * slope);
            }
        );
        Curve lift = new Lift().Lifted(sigmoid, [0.9, 0], [0.5], Square).Curve;
        Assert.Equal(Ending.ReachedTarget, lift.End);
        Assert.Equal([0.18, 0.36], lift.Point(lift.Count - 1).ToArray(), Close(1e-12));
    }

    [Fact]
    public void SeveralOutputs_FollowTheirStraightPath()
    {
        double[] goals = [1.2, 0.8, 0.9, 0.9];
        HorizontalLift lift = new Lift().Lifted(KnownMaps.SphereAndPlane, [1, 0.1, -0.1], goals, Box.Cube(3, -2, 2));
        Assert.Equal(Ending.ReachedTarget, lift.Curve.End);
        Assert.Equal(2, lift.Stations.Length);
        double[] before = KnownMaps.SphereAndPlane.Evaluate([1, 0.1, -0.1]);
        double[] frame = new double[6];
        double[] value = new double[2];
        for (int i = 0; i < lift.Curve.Count; i++)
        {
            (double[] a, double[] b) = i <= lift.Stations[0] ? (before, goals[..2]) : (goals[..2], goals[2..]);
            KnownMaps.SphereAndPlane.Linearize(lift.Curve.Point(i), value, frame);
            double[] way = [b[0] - a[0], b[1] - a[1]];
            double cross = way[0] * (value[1] - a[1]) - way[1] * (value[0] - a[0]);
            Assert.Equal(0, cross / Math.Sqrt(way[0] * way[0] + way[1] * way[1]), 16 * Roundoff);
            // Orthogonal to the fiber: no part along the cross product of the rows.
            ReadOnlySpan<double> t = lift.Curve.Tangent(i);
            double[] fiber =
            [
                frame[1] * frame[5] - frame[2] * frame[4],
                frame[2] * frame[3] - frame[0] * frame[5],
                frame[0] * frame[4] - frame[1] * frame[3],
            ];
            double along = t[0] * fiber[0] + t[1] * fiber[1] + t[2] * fiber[2];
            Assert.Equal(0, along / Math.Sqrt(fiber.Sum(f => f * f)), 1e-14);
        }
    }

    [Fact]
    public void Refusals_SayWhatWouldWork()
    {
        Lift lift = new();
        Assert.Equal(
            "The output does not change to first order at the start, so no direction leads across the fibers; start a little to the side.",
            Assert.Throws<GeometryException>(() => lift.Lifted(KnownMaps.Circle, [0, 0], [1], Square)).Message
        );
        Assert.Equal(
            "The map has 2 outputs, but levels are of one; select one of the outputs.",
            Assert
                .Throws<ArgumentException>(() =>
                    lift.LiftedThrough(KnownMaps.Helix, [1, 0, 0], [1], Box.Cube(3, -2, 2))
                )
                .Message
        );
        Assert.Equal(
            "An output to reach is NaN; give a finite number.",
            Assert
                .Throws<ArgumentException>(() => lift.Lifted(KnownMaps.Circle, [0.5, 0], [double.NaN], Square))
                .Message
        );
        Assert.StartsWith(
            "The start lies outside the box",
            Assert.Throws<ArgumentException>(() => lift.Lifted(KnownMaps.Circle, [2, 0], [1], Square)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void BudgetAndCancellation_LeaveWhatWasDone()
    {
        Lift few = new() { Stop = new Budget(5) };
        Curve spent = few.Lifted(KnownMaps.Quadratic(1, 9), [0.6, 0.1], [2], Square).Curve;
        Assert.Equal(Ending.BudgetSpent, spent.End);
        Assert.Equal(6, spent.Count);
        using CancellationTokenSource source = new();
        source.Cancel();
        Curve nothing = new Lift().Trace(KnownMaps.Circle, [0.3, 0.4], [0.81], Square, source.Token).Curve;
        Assert.Equal(Ending.Cancelled, nothing.End);
    }

    [Fact]
    public void NotFinite_IsTold()
    {
        IMap hole = Map(2, (x, j) => Set(j, x[0] > 0.4 ? double.NaN : x[0], x[0] > 0.4 ? double.NaN : 1, 0));
        Assert.Equal(Ending.NotFinite, new Lift().Lifted(hole, [0, 0], [0.9], Square).Curve.End);
    }

    private static Func<double, double, bool> Close(double tolerance) => (a, b) => Math.Abs(a - b) <= tolerance;

    private delegate double Formula(ReadOnlySpan<double> x, Span<double> gradient);

    private static FunctionMap Map(int inputs, Formula formula) => new(inputs, 1, (x, y, j) => y[0] = formula(x, j));

    private static double Set(Span<double> gradient, double value, double first, double second)
    {
        if (gradient.Length > 0)
        {
            (gradient[0], gradient[1]) = (first, second);
        }

        return value;
    }
}

/// <summary>The lift, given up when the test is.</summary>
internal static class LiftRuns
{
    public static HorizontalLift Lifted(this Lift lift, IMap map, double[] start, double[] outputs, Box box) =>
        lift.Trace(map, start, outputs, box, TestContext.Current.CancellationToken);

    public static HorizontalLift LiftedThrough(this Lift lift, IMap map, double[] start, double[] levels, Box box) =>
        lift.Through(map, start, levels, box, TestContext.Current.CancellationToken);
}
