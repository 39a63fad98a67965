using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

public class ValueSearchTests
{
    private static readonly ValueSearch Search = new();

    // x^2 + y^2 and x - y: two outputs whose preimages are a circle cut with a line.
    private static readonly IMap CircleAndLine = new FunctionMap(
        2,
        2,
        (x, y, jacobian) =>
        {
            y[0] = x[0] * x[0] + x[1] * x[1];
            y[1] = x[0] - x[1];
            jacobian[0] = 2 * x[0];
            jacobian[1] = 2 * x[1];
            jacobian[2] = 1;
            jacobian[3] = -1;
        }
    );

    // a . x with a = (1, ..., n).
    private static AffineMap Plane(int n) => new([.. Enumerable.Range(1, n).Select(i => (double)i)], [0]);

    [Fact]
    public void Value_IsReachedToRounding()
    {
        Arrival arrival = Search.From(
            CircleAndLine,
            [0.9, 0.1],
            [0.5, 0.2],
            Box.Cube(2, -1, 1),
            TestContext.Current.CancellationToken
        );
        Assert.True(arrival.IsReached);
        Assert.True(arrival.Residual <= 4e-16);
        Assert.Equal(arrival.Value, CircleAndLine.Evaluate(arrival.Point.AsSpan()));
    }

    /// <summary>On a plane the nearest point is start + a (c - a . start) / |a|^2, as long as the box does not cut it off.</summary>
    [Fact]
    public void OnAPlane_TheNearestPointIsFound()
    {
        Arrival arrival = Search.From(
            Plane(3),
            [0.1, 0.2, 0.3],
            [2],
            Box.Everything(3),
            TestContext.Current.CancellationToken
        );
        double along = (2 - (0.1 + 0.4 + 0.9)) / 14;
        Assert.Equal([0.1 + along, 0.2 + 2 * along, 0.3 + 3 * along], arrival.Point, (a, b) => Math.Abs(a - b) < 1e-15);
    }

    /// <summary>With a = (1, ..., 6), the sum of all bounds is the largest value; just below it all but a corner is cut off.</summary>
    [Fact]
    public void AtTheBounds_TheOthersMakeUpForThoseThatAreHeld()
    {
        Arrival arrival = Search.From(
            Plane(6),
            new double[6],
            [20.75],
            Box.Cube(6, 0, 1),
            TestContext.Current.CancellationToken
        );
        Assert.True(arrival.IsReached);
        Assert.Equal([0.75, 1, 1, 1, 1, 1], arrival.Point, (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void AValueBeyondTheBox_IsNotReached_AndTheNearestIsTold()
    {
        Arrival arrival = Search.From(
            Plane(6),
            new double[6],
            [22],
            Box.Cube(6, 0, 1),
            TestContext.Current.CancellationToken
        );
        Assert.False(arrival.IsReached);
        Assert.Equal(1, arrival.Residual, 1e-12);
        Assert.Equal(21, arrival.Value[0], 1e-12);
    }

    /// <summary>The gradient vanishes at the start; only another start helps.</summary>
    [Fact]
    public void FromAPlateau_RandomStartsGoOn()
    {
        Arrival arrival = Search.From(
            CircleAndLine.Select(0),
            [0, 0],
            [0.5],
            Box.Cube(2, -1, 1),
            TestContext.Current.CancellationToken
        );
        Assert.True(arrival.IsReached);
        Arrival alone = (Search with { Attempts = 0 }).From(
            CircleAndLine.Select(0),
            [0, 0],
            [0.5],
            Box.Cube(2, -1, 1),
            TestContext.Current.CancellationToken
        );
        Assert.False(alone.IsReached);
    }

    [Fact]
    public void TheSameSeed_GivesTheSameBits()
    {
        Arrival first = Search.From(
            CircleAndLine.Select(0),
            [0, 0],
            [0.5],
            Box.Cube(2, -1, 1),
            TestContext.Current.CancellationToken
        );
        Arrival again = Search.From(
            CircleAndLine.Select(0),
            [0, 0],
            [0.5],
            Box.Cube(2, -1, 1),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(first.Point, again.Point);
    }

    [Fact]
    public void WrongUse_IsRefused()
    {
        Box box = Box.Cube(2, -1, 1);
        Assert.Throws<ArgumentException>(() =>
            Search.From(CircleAndLine, [0, 0], [1], box, TestContext.Current.CancellationToken)
        );
        Assert.Throws<ArgumentException>(() =>
            Search.From(CircleAndLine, [0, 0], [1, double.NaN], box, TestContext.Current.CancellationToken)
        );
        Assert.Throws<ArgumentException>(() =>
            Search.From(CircleAndLine, [0, 2], [1, 1], box, TestContext.Current.CancellationToken)
        );
        Assert.Throws<ArgumentException>(() =>
            Search.From(CircleAndLine, [0], [1, 1], box, TestContext.Current.CancellationToken)
        );
    }
}
