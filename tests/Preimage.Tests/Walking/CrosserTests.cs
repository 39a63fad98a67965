using CsCheck;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>Nearest points of another answer, against the closed forms of half-spaces, balls and boxes.</summary>
public class CrosserTests
{
    // Rounding of a distance found by Newton's method on values of size 1, relative to it.
    private const double Rounded = 1e-10;

    // A residual falls to the rounding of a point over its distance from the start, and that is seldom below a thousandth of its size.
    private const double Balanced = 1e-11;

    // A descent ends where 1e-12 of the distance is left to gain: a residual of the root of twice that.
    private const double Ended = 1.5e-6;

    private static readonly Gen<double[]> Points = Gen.Double[-1, 1].Array[2, 40];

    /// <summary>|a . x - c| / |a|, for points at all distances.</summary>
    [Fact]
    public void HalfSpace_IsReachedStraight() =>
        Gen.Select(Points, Gen.Double[0.01, 3], Gen.Int[0, 1000])
            .Sample(
                (x, offset, seed) =>
                {
                    double[] normal = Normals(x.Length, seed);
                    double level = Dot(normal, x) + offset;
                    Crossing found = new Crosser().ToLevel(Linear(normal), level, x, Box.Everything(x.Length));
                    Certified(found, Balanced);
                    Assert.Equal(offset / Math.Sqrt(Dot(normal, normal)), found.Distance, Rounded * found.Distance);
                    Assert.Equal(1, found.Pieces);
                }
            );

    /// <summary>||x0| - r|, from inside, where the border bends towards the start, and from outside, from where the plain iteration does not converge.</summary>
    [Fact]
    public void Sphere_IsReachedAlongTheRadius() =>
        Gen.Select(Points, Gen.Double[0.1, 5])
            .Where((x, radius) => Math.Abs(Math.Sqrt(Dot(x, x)) - radius) > 1e-2 && Dot(x, x) > 1e-2)
            .Sample(
                (x, radius) =>
                {
                    Crossing found = new Crosser().ToLevel(
                        SquaredNorm(x.Length),
                        radius * radius,
                        x,
                        Box.Everything(x.Length)
                    );
                    Certified(found, 1e-9);
                    double distance = Math.Abs(Math.Sqrt(Dot(x, x)) - radius);
                    Assert.Equal(distance, found.Distance, 1e-9 * Math.Max(distance, radius));
                }
            );

    /// <summary>
    /// In a box the nearest point of a half-space is clamp(x0 + t a) with the t at which the border is reached: found here by bisection, as the left
    /// side grows with t.
    /// </summary>
    [Fact]
    public void HalfSpace_InABox_HasItsActiveBounds() =>
        Gen.Select(Gen.Double[0, 1].Array[2, 40], Gen.Double[0.05, 0.9], Gen.Int[0, 1000])
            .Sample(
                (x, share, seed) =>
                {
                    double[] normal = Normals(x.Length, seed);
                    double most = normal.Sum(a => Math.Max(a, 0));
                    double level = Dot(normal, x) + share * (most - Dot(normal, x));
                    Box box = Box.Cube(x.Length, 0, 1);
                    Crossing found = new Crosser().ToLevel(Linear(normal), level, x, box);
                    Certified(found, Balanced);
                    (double low, double high) = (0, 1e6);
                    for (int k = 0; k < 200; k++)
                    {
                        double t = (low + high) / 2;
                        (low, high) = Dot(normal, Along(x, normal, t)) < level ? (t, high) : (low, t);
                    }

                    Assert.True(box.Contains(found.At!.Value.AsSpan()));
                    Assert.Equal(Length(x, Along(x, normal, high)), found.Distance, 1e-9 * found.Distance);
                }
            );

    /// <summary>A box as the region beyond: its corner is a kink of as many pieces as inputs, and max |x_i - c_i| says where it is.</summary>
    [Fact]
    public void CornerOfABox_IsAKinkOfThatManyPieces()
    {
        double[] start = [0.2, -0.1, 0.3];
        Crossing found = new Crosser().ToLevel(
            LargestCoordinate([2, 1.5, 1]),
            0.5,
            start,
            Box.Everything(3),
            TestContext.Current.CancellationToken
        );
        Certified(found, 1e-9);
        // The nearest point of |x - c|_inf <= 1/2 clamps the start to the box: here to its corner (1.5, 1, 0.5).
        Assert.Equal(Length(start, [1.5, 1, 0.5]), found.Distance, 1e-9);
        Assert.Equal(3, found.Pieces);
    }

    /// <summary>
    /// Behind half-spaces a_i . x >= a_i . p the nearest point is their corner p = x0 + sum t_i a_i with t > 0: a balance of all of them,
    /// which no one of their gradients shows.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void CornerOfHalfSpaces_IsBalancedByAllOfThem(int count) =>
        Gen.Select(Gen.Double[-1, 1].Array[4, 40], Gen.Double[0.1, 2].Array[count], Gen.Int[0, 1000])
            .Sample(
                (x, weights, seed) =>
                {
                    double[] shared = Normals(x.Length, 10 * seed + 9);
                    double[][] normals =
                    [
                        .. Enumerable
                            .Range(0, count)
                            .Select(k => Normals(x.Length, 10 * seed + k).Zip(shared, (a, b) => a + b).ToArray()),
                    ];
                    double[] corner = [.. x];
                    for (int k = 0; k < count; k++)
                    {
                        double size = Math.Sqrt(Dot(normals[k], normals[k]));
                        corner = [.. corner.Select((value, i) => value + weights[k] * normals[k][i] / size)];
                    }

                    Crossing found = new Crosser().ToLevel(
                        SmallestExcess(normals, corner),
                        0,
                        x,
                        Box.Everything(x.Length)
                    );
                    // The start may be behind some of them already, and then fewer meet.
                    if (normals.All(a => Dot(a, x) < Dot(a, corner)))
                    {
                        Certified(found, Ended);
                        Assert.Equal(Length(x, corner), found.Distance, 1e-9 * found.Distance);
                        Assert.Equal(count, found.Pieces);
                    }
                }
            );

    /// <summary>Of three linear scores the nearest class is known, and so is the nearest point of the farther one, which has two rivals there.</summary>
    [Fact]
    public void Classes_AreToldApart()
    {
        // f = (0, x - 1, 2 (y - 1)): class 1 from x = 1 on, class 2 from y = 1 on where 2 (y - 1) > x - 1.
        FunctionMap scores = new(
            2,
            3,
            (x, y, jacobian) =>
            {
                (y[0], y[1], y[2]) = (0, x[0] - 1, 2 * (x[1] - 1));
                ((ReadOnlySpan<double>)[0, 0, 1, 0, 0, 2]).CopyTo(jacobian);
            }
        );
        double[] start = [0.5, 0];
        Crossing any = new Crosser().ToAnyClass(
            scores,
            start,
            Box.Everything(2),
            TestContext.Current.CancellationToken
        );
        Assert.Equal((0, 1), (any.FromLabel, any.ToLabel));
        Assert.Equal(0.5, any.Distance, 1e-12);
        Crossing second = new Crosser().ToClass(
            scores,
            2,
            start,
            Box.Everything(2),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(2, second.ToLabel);
        Assert.Equal(1, second.Distance, 1e-12);
        Crossing corner = new Crosser().ToClass(
            scores,
            2,
            [1.1, 0],
            Box.Everything(2),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(2, corner.Pieces);
        // From (1.1, 0) the foot on 2 (y - 1) = x - 1 has x < 1, where class 0 is the rival: the nearest point is the corner (1, 1).
        Assert.Equal(Length([1.1, 0], [1, 1]), corner.Distance, 1e-9);
    }

    /// <summary>Where the other class cannot be reached in the box, none is found, and none is said to be excluded.</summary>
    [Fact]
    public void NothingInTheBox_IsNotFound()
    {
        Crossing found = new Crosser().ToLevel(
            SquaredNorm(3),
            9,
            [0.1, 0.2, 0],
            Box.Cube(3, -1, 1),
            TestContext.Current.CancellationToken
        );
        Assert.False(found.Found);
        Assert.Equal((Verdict.Unknown, 0.0), (found.Verdict, found.DistanceLower));
        Assert.True(found.Starts > 1);
    }

    [Fact]
    public void SameSeed_SameBits()
    {
        double[] start = Normals(30, 4);
        Crossing once = new Crosser().ToLevel(
            SquaredNorm(30),
            100,
            start,
            Box.Everything(30),
            TestContext.Current.CancellationToken
        );
        Crossing again = new Crosser().ToLevel(
            SquaredNorm(30),
            100,
            start,
            Box.Everything(30),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(once.At!.Value.AsSpan(), again.At!.Value.AsSpan());
        Assert.Equal(once.Evaluations, again.Evaluations);
    }

    [Fact]
    public void WrongUse_IsRefused()
    {
        Crosser crosser = new();
        FunctionMap one = SquaredNorm(2);
        Refused("has one output", () => crosser.ToAnyClass(one, [0, 0], Box.Everything(2)));
        Refused("outside the box", () => crosser.ToLevel(one, 1, [2, 0], Box.Cube(2, -1, 1)));
        Refused("3 sides", () => crosser.ToLevel(one, 1, [0, 0], Box.Everything(3)));
        Refused("finite", () => crosser.ToLevel(one, double.NaN, [0, 0], Box.Everything(2)));
        Refused(
            "no class 2",
            () => crosser.ToClass(one.Then(new AffineMap([1, -1], [0, 0])), 2, [0, 0], Box.Everything(2))
        );
        Refused(
            "already",
            () => crosser.ToClass(one.Then(new AffineMap([1, -1], [0, 0])), 0, [0, 0], Box.Everything(2))
        );
    }

    private static void Refused(string names, Func<Crossing> run) =>
        Assert.Contains(names, Assert.Throws<ArgumentException>(run).Message, StringComparison.Ordinal);

    /// <summary>Two points within 1e-12 of each other, and of the crossing, and a small residual.</summary>
    private static void Certified(Crossing found, double residual)
    {
        Assert.True(found.Found);
        Assert.InRange(found.BracketWidth, 0, 1e-12);
        Assert.InRange(found.KktResidual, 0, residual);
        Assert.Equal(Verdict.Unknown, found.Verdict);
    }

    private static FunctionMap Linear(double[] normal) =>
        new(
            normal.Length,
            1,
            (x, y, jacobian) =>
            {
                y[0] = Dot(normal, x);
                normal.CopyTo(jacobian);
            }
        );

    private static FunctionMap SquaredNorm(int inputs) =>
        new(
            inputs,
            1,
            (x, y, jacobian) =>
            {
                y[0] = Dot(x, x);
                for (int i = 0; i < x.Length; i++)
                {
                    jacobian[i] = 2 * x[i];
                }
            }
        );

    /// <summary>min over k of a_k . (x - p).</summary>
    private static FunctionMap SmallestExcess(double[][] normals, double[] corner) =>
        new(
            corner.Length,
            1,
            (x, y, jacobian) =>
            {
                double[] point = x.ToArray();
                double[] excess = [.. normals.Select(a => Dot(a, point) - Dot(a, corner))];
                int least = Array.IndexOf(excess, excess.Min());
                y[0] = excess[least];
                normals[least].CopyTo(jacobian);
            }
        );

    /// <summary>max |x_i - c_i|.</summary>
    private static FunctionMap LargestCoordinate(double[] centre) =>
        new(
            centre.Length,
            1,
            (x, y, jacobian) =>
            {
                int largest = 0;
                for (int i = 1; i < x.Length; i++)
                {
                    largest = Math.Abs(x[i] - centre[i]) > Math.Abs(x[largest] - centre[largest]) ? i : largest;
                }

                y[0] = Math.Abs(x[largest] - centre[largest]);
                jacobian.Clear();
                jacobian[largest] = Math.Sign(x[largest] - centre[largest]);
            }
        );

    private static double[] Normals(int count, int seed)
    {
        double[] numbers = new double[count];
        new Generator(seed).Normals(numbers);
        return numbers;
    }

    private static double[] Along(double[] x, double[] direction, double t) =>
        [.. x.Select((value, i) => Math.Clamp(value + t * direction[i], 0, 1))];

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static double Length(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (p, q) => (p - q) * (p - q)).Sum());
}
