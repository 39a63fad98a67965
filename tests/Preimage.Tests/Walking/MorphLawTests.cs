using CsCheck;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>What holds of every morph, over random maps, points and boxes.</summary>
public class MorphLawTests
{
    /// <summary>Defects of these maps, against outputs and gradients of size 1 to 10.</summary>
    private const double Rounding = 1e-12;

    /// <summary>So near to a bound there is no room for a step.</summary>
    private const double AtABound = 1e-11;

    private static readonly Gen<(FunctionMap Map, double[] Start, double[] Target)> Questions =
        from n in Gen.Int[3, 7]
        from kind in Gen.Int[0, 2]
        from seed in Gen.Int
        let random = new Generator(seed)
        select (Map(kind, n, random.Uniform(3 * n, -1, 1)), random.Uniform(n, -1, 1), random.Uniform(n, -2, 2));

    /// <summary>A box with the start in it, some of whose coordinates are on a bound.</summary>
    private static Box Around(double[] start) =>
        new(
            [.. start.Select((x, i) => i % 3 == 0 ? x : x - 1.2)],
            [.. start.Select((x, i) => i % 3 == 1 ? x : x + 1.5)]
        );

    [Fact]
    public void APath_StaysInFiberAndBox_AndItsDistanceFalls() =>
        Questions.Sample(
            question =>
            {
                (FunctionMap map, double[] start, double[] target) = question;
                Box box = Around(start);
                Morphing path = new Morpher { Frames = 9 }.Go(map, start, target, box);
                double[] value = map.Evaluate(start);
                Assert.Equal(start, path.Frames.Point(0).ToArray());
                for (int i = 0; i < path.Frames.Count; i++)
                {
                    Assert.True(box.Contains(path.Frames.Point(i)), "a frame lies outside the box");
                    double[] there = map.Evaluate(path.Frames.Point(i));
                    Assert.True(
                        value.Zip(there, (a, b) => Math.Abs(a - b)).Max() <= Rounding,
                        "a frame left its fiber"
                    );
                    Assert.True(i == 0 || path.Distances[i] <= path.Distances[i - 1], "the distance rose");
                    Assert.True(i == 0 || path.Lengths[i] >= path.Lengths[i - 1], "frames are out of order");
                }

                Assert.True(path.Defect <= Rounding);
            },
            iter: 200
        );

    [Fact]
    public void AtAStationaryEnd_WhatPullsIsHeldByOutputsAndBounds() =>
        Questions.Sample(
            question =>
            {
                (FunctionMap map, double[] start, double[] target) = question;
                Box box = Around(start);
                Morphing path = new Morpher { Frames = 2 }.Go(map, start, target, box);
                Assert.Equal(Ending.Stationary, path.Ending);
                AssertStationary(map, path.End(), target, box);
            },
            iter: 200
        );

    [Fact]
    public void Frames_StandAtEvenLengths()
    {
        Morphing path = new Morpher { Frames = 11 }.Go(MorphMaps.Sphere(3), [1, 0, 0], [-0.5, 2, 0.3]);
        double length = path.Lengths[^1];
        for (int i = 0; i < 11; i++)
        {
            Assert.Equal(length * i / 10, path.Lengths[i], 1e-12);
        }
    }

    [Fact]
    public void TheSameQuestion_HasTheSameBits()
    {
        FunctionMap map = MorphMaps.Ellipsoid([1, 4, 9]);
        Morphing first = new Morpher().Go(map, [1, 0, 0.1], [-0.5, 2, 0.3], Box.Cube(3, -1, 1));
        Morphing second = new Morpher().Go(map, [1, 0, 0.1], [-0.5, 2, 0.3], Box.Cube(3, -1, 1));
        Assert.Equal(first.Frames.Points.AsSpan().ToArray(), second.Frames.Points.AsSpan().ToArray());
        Assert.Equal(first.Evaluations, second.Evaluations);
    }

    /// <summary>
    /// b - x = J^T lambda in the inputs between their bounds, with what is left of the others pushing outward: lambda by least squares over the former.
    /// </summary>
    private static void AssertStationary(FunctionMap map, double[] x, double[] target, Box box)
    {
        int n = x.Length;
        double[] jacobian = new double[map.Outputs * n];
        map.Linearize(x, new double[map.Outputs], jacobian);
        int[] free =
        [
            .. Enumerable.Range(0, n).Where(i => x[i] > box.Lower[i] + AtABound && x[i] < box.Upper[i] - AtABound),
        ];
        if (free.Length <= map.Outputs)
        {
            return; // at a corner the multipliers are not the only ones
        }

        double[] pull = [.. target.Zip(x, (b, a) => b - a)];
        double[] multipliers = LeastSquares(jacobian, pull, free, map.Outputs);
        double size = MorphMaps.Norm(pull);
        for (int i = 0; i < n; i++)
        {
            double left = pull[i] - Enumerable.Range(0, map.Outputs).Sum(k => jacobian[k * n + i] * multipliers[k]);
            bool isHeld = x[i] <= box.Lower[i] + AtABound && left <= 0 || x[i] >= box.Upper[i] - AtABound && left >= 0;
            Assert.True(isHeld || Math.Abs(left) <= 1e-5 * size, $"{left:E2} of {size:E2} is still free in input {i}");
        }
    }

    /// <summary>By the normal equations with a pseudo-inverse: a library's, apart from the code under test.</summary>
    private static double[] LeastSquares(double[] jacobian, double[] pull, int[] free, int outputs)
    {
        int n = pull.Length;
        var columns = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(
            free.Length,
            outputs,
            (i, k) => jacobian[k * n + free[i]]
        );
        var right = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(free.Length, i => pull[free[i]]);
        return [.. columns.PseudoInverse() * right];
    }

    private static FunctionMap Map(int kind, int n, double[] weights) =>
        kind switch
        {
            0 => MorphMaps.Ellipsoid([.. weights.Take(n).Select(w => 1.5 + w)]),
            1 => MorphMaps.Plane([.. weights.Take(n).Select(w => w + Math.CopySign(0.1, w))]),
            _ => MorphMaps.Softmax(weights),
        };
}
