using CsCheck;
using Preimage.Enclosing;
using Preimage.Maps;

namespace Preimage.Tests.Laws;

/// <summary>What every enclosure does. A family of enclosures joins by a subclass that lists its members; boxes of all widths are drawn for each.</summary>
public abstract class EnclosedMapLaws
{
    private const int Samples = 400;

    /// <summary>The width over a point: a-priori bounds of rounding, through the layers of a small network. Each derivative sums more terms.</summary>
    private const double PointWidth = 1e-12;
    private const double DerivativeGrowth = 10;

    /// <summary>To both sides of a jump of the second derivative, and what that changes besides, relative to it.</summary>
    private const double JumpStep = 1e-9;
    private const double JumpRounding = 1e-6;

    /// <summary>Boxes without kinks at the start; at the step the last term of the cut forms rules, and its excess stands above rounding.</summary>
    private const double SlopeStart = 1.0 / 64;
    private const double SlopeStep = 1.0 / 1024;

    /// <summary>An excess below this is rounding as much as it is slope.</summary>
    private const double SlopeFloor = 2e-11;
    private const double SlopeRatio = 8;

    /// <summary>Less than the order, as the next order adds to it at the step.</summary>
    private const double SlopeSlack = 0.25;

    // An excess of the first order is some share of the width itself; so little in the smaller box is of the second, whatever two boxes tell.
    private const double FirstOrderShare = 0.02;

    protected abstract IReadOnlyList<EnclosedSubject> Subjects { get; }

    /// <summary>The power of the box's width with which the excess of the value's enclosure falls: 1 for natural forms, 2 for mean-value forms.</summary>
    protected virtual double Order => 1;

    /// <summary>False for enclosures that may allocate.</summary>
    protected virtual bool AllocatesNothing => true;

    private Gen<(EnclosedSubject Subject, Random Random)> Draws =>
        Gen.Select(Gen.Int[0, Subjects.Count - 1], Gen.Int[0, int.MaxValue - 1])
            .Select((i, seed) => (Subjects[i], new Random(seed)));

    [Fact]
    public void Value_LiesInItsEnclosure() =>
        Each(
            (subject, random) =>
            {
                Interval[] box = subject.Box(random);
                EnclosedAnswer answer = EnclosedAnswer.Of(subject.Enclosure, box);
                double[] p = EnclosedSubject.Point(random, box);
                Containment.AllInside(subject.Map.Evaluate(p), answer.Value, $"{subject}: value");
            }
        );

    [Fact]
    public void Jacobian_LiesInItsEnclosure() =>
        Each(
            (subject, random) =>
            {
                Interval[] box = subject.Box(random);
                EnclosedAnswer answer = EnclosedAnswer.Of(subject.Enclosure, box);
                double[] p = EnclosedSubject.Point(random, box);
                Containment.AllInside(Jacobian(subject.Map, p), answer.Jacobian, $"{subject}: Jacobian");
            }
        );

    /// <summary>Mean value theorem: f(q) - f(p) is a derivative along q - p somewhere in the box, Clarke's at kinks.</summary>
    [Fact]
    public void Differences_LieInTheDerivativeAlongThem() =>
        Each(
            (subject, random) =>
            {
                Interval[] box = subject.Box(random, least: 1e-4);
                double[] p = EnclosedSubject.Point(random, box);
                double[] q = EnclosedSubject.Point(random, box);
                double[] v = [.. q.Zip(p, (a, b) => a - b)];
                double[] from = subject.Map.Evaluate(p);
                double[] to = subject.Map.Evaluate(q);
                EnclosedAnswer answer = EnclosedAnswer.Of(subject.Enclosure, box, v);
                double scale =
                    Containment.EvaluationRounding
                    * (1 + from.Max(Math.Abs) + to.Max(Math.Abs) + Containment.Largest(answer.Tangent));
                for (int k = 0; k < from.Length; k++)
                {
                    Containment.Inside(to[k] - from[k], answer.Tangent[k], scale, $"{subject}: derivative along q - p");
                }
            }
        );

    [Fact]
    public void DirectionalDerivative_LiesInItsEnclosure() =>
        Each(
            (subject, random) =>
            {
                Interval[] box = subject.Box(random);
                double[] p = EnclosedSubject.Point(random, box);
                double[] v = [.. box.Select(_ => 2 * random.NextDouble() - 1)];
                EnclosedAnswer answer = EnclosedAnswer.Of(subject.Enclosure, box, v);
                double[] jacobian = Jacobian(subject.Map, p);
                double scale = Containment.EvaluationRounding * (1 + v.Length * jacobian.Max(Math.Abs));
                for (int k = 0; k < subject.Map.Outputs; k++)
                {
                    double derivative = v.Select((t, i) => t * jacobian[k * v.Length + i]).Sum();
                    Containment.Inside(derivative, answer.Tangent[k], scale, $"{subject}: directional derivative");
                }
            }
        );

    /// <summary>Mean value theorem for the Jacobian along one coordinate: no truncation, only the rounding of the Jacobians, over the distance.</summary>
    [Fact]
    public void DifferencesOfTheJacobian_LieInTheSecondDerivatives() =>
        Each(
            (subject, random) =>
            {
                int n = subject.Map.Inputs;
                int j = random.Next(n);
                Interval[] box = subject.Box(random, least: 1e-6);
                double[] p = EnclosedSubject.Point(random, box);
                double[] q = [.. p];
                q[j] = EnclosedSubject.Point(random, box)[j];
                double distance = q[j] - p[j];
                if (distance == 0)
                {
                    return;
                }

                EnclosedAnswer answer = EnclosedAnswer.Of(subject.Enclosure, box);
                double[] from = Jacobian(subject.Map, p);
                double[] to = Jacobian(subject.Map, q);
                double size = 1 + from.Max(Math.Abs) + to.Max(Math.Abs);
                for (int k = 0; k < from.Length; k++)
                {
                    Interval second = answer.Hessian[k * n + j];
                    double allowed =
                        Containment.EvaluationRounding * (size / Math.Abs(distance) + Containment.Largest([second]));
                    Containment.Inside((to[k] - from[k]) / distance, second, allowed, $"{subject}: second derivative");
                }
            }
        );

    [Fact]
    public void SecondDerivatives_AreSymmetric() =>
        Each(
            (subject, random) =>
            {
                int n = subject.Map.Inputs;
                Interval[] hessian = EnclosedAnswer.Of(subject.Enclosure, subject.Box(random)).Hessian;
                for (int k = 0; k < hessian.Length; k++)
                {
                    int i = k / n % n;
                    int j = k % n;
                    Assert.Equal(hessian[k], hessian[k + (j - i) * (n - 1)]);
                }
            }
        );

    [Fact]
    public void AllAnswers_EncloseTheSameValue() =>
        Each(
            (subject, random) =>
            {
                Interval[] box = subject.Box(random);
                Interval[] y = new Interval[subject.Map.Outputs];
                subject.Enclosure.Enclose(box, y);
                Containment.AllMeet(y, EnclosedAnswer.Of(subject.Enclosure, box).Value);
            }
        );

    [Fact]
    public void ASmallerBox_HasASmallerAnswer() =>
        Each(
            (subject, random) =>
            {
                Interval[] box = subject.Box(random);
                Interval[] part =
                [
                    .. EnclosedSubject.Point(random, box).Zip(EnclosedSubject.Point(random, box), Interval.Between),
                ];
                EnclosedAnswer outer = EnclosedAnswer.Of(subject.Enclosure, box);
                EnclosedAnswer inner = EnclosedAnswer.Of(subject.Enclosure, part);
                Containment.AllNested(inner.Value, outer.Value, $"{subject}: value");
                Containment.AllNested(inner.Jacobian, outer.Jacobian, $"{subject}: Jacobian");
                Containment.AllNested(inner.Tangent, outer.Tangent, $"{subject}: directional derivative");
                Containment.AllNested(inner.Hessian, outer.Hessian, $"{subject}: second derivatives");
            }
        );

    [Fact]
    public void APoint_HasANarrowAnswer() =>
        Each(
            (subject, random) =>
            {
                Interval[] point = [.. EnclosedSubject.Point(random, subject.Box(random)).Select(Interval.Of)];
                EnclosedAnswer answer = EnclosedAnswer.Of(subject.Enclosure, point);
                bool smooth = answer.Hessian.All(Containment.IsFinite);
                Containment.AllNarrow(answer.Value, PointWidth, $"{subject}: value");
                if (smooth)
                {
                    Containment.AllNarrow(answer.Jacobian, PointWidth * DerivativeGrowth, $"{subject}: Jacobian");
                    Containment.AllNarrow(
                        answer.Tangent,
                        PointWidth * DerivativeGrowth,
                        $"{subject}: directional derivative"
                    );
                    // At a kink of the derivative the second jumps, and its hull is that of both sides.
                    Interval[] before = Beside(-JumpStep);
                    Interval[] after = Beside(JumpStep);
                    double allowed = PointWidth * DerivativeGrowth * DerivativeGrowth;
                    Interval[] steady = [.. answer.Hessian.Where((h, k) => !IsJump(h, before[k].Hull(after[k])))];
                    Containment.AllNarrow(steady, allowed, $"{subject}: second derivatives");
                }

                static bool IsJump(Interval h, Interval sides) =>
                    sides.Width > JumpRounding && Math.Abs(h.Width / sides.Width - 1) < JumpRounding;

                Interval[] Beside(double step) =>
                    EnclosedAnswer.Of(subject.Enclosure, [.. point.Select(x => x + step)]).Hessian;
            }
        );

    /// <summary>
    /// The excess over the range falls with the box's width as the order says. The range is taken at corners, which misses no more than the
    /// second order.
    /// </summary>
    [Fact]
    public void TheExcess_FallsWithTheWidth() =>
        Each(
            (subject, random) =>
            {
                double[] middle = EnclosedSubject.Point(random, subject.Box(random, least: 0.1, most: 1));
                double[] shape = [.. middle.Select(_ => 0.5 + random.NextDouble())];
                Interval[] wide = Around(subject, middle, shape, SlopeStart);
                Interval[] close = Around(subject, middle, shape, SlopeStep);
                Interval[] closer = Around(subject, middle, shape, SlopeStep / SlopeRatio);
                Interval[] around = EnclosedAnswer.Of(subject.Enclosure, wide).Hessian;
                if (wide.Any(side => side.Width == 0) || !around.All(Containment.IsSteady))
                {
                    return; // a kink
                }

                double[] large = Excess(subject, close);
                double[] small = Excess(subject, closer);
                Interval[] least = EnclosedAnswer.Of(subject.Enclosure, closer).Value;
                double scale = 1 + subject.Map.Evaluate(middle).Max(Math.Abs);
                for (int k = 0; k < large.Length; k++)
                {
                    double slope = Math.Log(large[k] / small[k]) / Math.Log(SlopeRatio);
                    Assert.True(
                        small[k] <= SlopeFloor * scale
                            || slope >= Order - SlopeSlack
                            || (Order > 1 && small[k] <= FirstOrderShare * least[k].Width),
                        $"{subject}: the excess falls with slope {slope:G3}, not {Order}"
                    );
                }
            }
        );

    [Fact]
    public void InfiniteBoxes_HaveAnswers() =>
        Each(
            (subject, random) =>
            {
                double[] ends =
                [
                    double.NegativeInfinity,
                    -1e308,
                    -1e3,
                    -1,
                    0,
                    1e-300,
                    1,
                    1e3,
                    1e308,
                    double.PositiveInfinity,
                ];
                Interval[] box =
                [
                    .. Enumerable
                        .Range(0, subject.Map.Inputs)
                        .Select(_ =>
                            Interval.Between(ends[random.Next(ends.Length - 1)], ends[1 + random.Next(ends.Length - 1)])
                        )
                        .Select(side =>
                            side.High == double.NegativeInfinity || side.Low == double.PositiveInfinity ? 0 : side
                        ),
                ];
                EnclosedAnswer answer = EnclosedAnswer.Of(subject.Enclosure, box);
                Interval[] all = [.. answer.Value, .. answer.Jacobian, .. answer.Tangent, .. answer.Hessian];
                Assert.All(all, y => Assert.True(y.Low <= y.High, $"{subject}: {y}"));
            }
        );

    [Fact]
    public void Calls_AllocateNothing()
    {
        foreach (EnclosedSubject subject in Subjects.Where(_ => AllocatesNothing))
        {
            Interval[] box = subject.Box(new Random(1));
            EnclosedAnswer answer = EnclosedAnswer.Of(subject.Enclosure, box);
            answer.Refresh(subject.Enclosure, box);
            long allocated = Allocation.Least(() =>
            {
                for (int i = 0; i < 20; i++)
                {
                    answer.Refresh(subject.Enclosure, box);
                }
            });
            Assert.True(allocated == 0, $"{subject} allocates {allocated} bytes");
        }
    }

    [Fact]
    public void Threads_GetTheSameBits() =>
        Each(
            (subject, random) =>
            {
                Interval[][] boxes = [.. Enumerable.Range(0, 16).Select(_ => subject.Box(random))];
                Interval[][] alone = [.. boxes.Select(box => EnclosedAnswer.Of(subject.Enclosure, box).Hessian)];
                var together = new Interval[boxes.Length][];
                Parallel.For(
                    0,
                    boxes.Length,
                    i => together[i] = EnclosedAnswer.Of(subject.Enclosure, boxes[i]).Hessian
                );
                Assert.Equal(alone, together);
            },
            Samples / 20
        );

    [Fact]
    public void WrongLengths_AreRefused()
    {
        ICurvedEnclosedMap f = Subjects[0].Enclosure;
        Interval[] x = new Interval[f.Inputs];
        Interval[] y = new Interval[f.Outputs];
        Interval[] longer = new Interval[f.Inputs * f.Inputs * f.Outputs + 1];
        double[] v = new double[f.Inputs];
        Assert.Throws<ArgumentException>(() => f.Enclose(longer, y));
        Assert.Throws<ArgumentException>(() => f.Enclose(x, longer));
        Assert.Throws<ArgumentException>(() => f.EncloseJacobian(x, y, longer));
        Assert.Throws<ArgumentException>(() => f.EncloseTangent(x, new double[f.Inputs + 1], y, y));
        Assert.Throws<ArgumentException>(() => f.EncloseTangent(x, v, y, longer));
        Assert.Throws<ArgumentException>(() => f.EncloseHessian(x, y, new Interval[f.Inputs * f.Outputs], longer));
    }

    private void Each(Action<EnclosedSubject, Random> law, int samples = Samples) =>
        Draws.Sample(draw => law(draw.Subject, draw.Random), iter: samples, threads: 1);

    private static double[] Jacobian(IMap map, double[] x)
    {
        double[] jacobian = new double[map.Inputs * map.Outputs];
        map.Linearize(x, new double[map.Outputs], jacobian);
        return jacobian;
    }

    private static Interval[] Around(EnclosedSubject subject, double[] middle, double[] shape, double width) =>
        [
            .. middle.Zip(
                shape,
                (m, s) =>
                    Interval.Between(
                        Math.Clamp(m - s * width, subject.Lower, subject.Upper),
                        Math.Clamp(m + s * width, subject.Lower, subject.Upper)
                    )
            ),
        ];

    /// <summary>How much wider the enclosure of each output is than the hull of its values at the corners, or at some of many.</summary>
    private static double[] Excess(EnclosedSubject subject, Interval[] box)
    {
        const int MostCorners = 1 << 12;
        double[] low = [.. Enumerable.Repeat(double.PositiveInfinity, subject.Map.Outputs)];
        double[] high = [.. Enumerable.Repeat(double.NegativeInfinity, subject.Map.Outputs)];
        for (int corner = 0; corner < Math.Min(MostCorners, 1L << box.Length); corner++)
        {
            double[] y = subject.Map.Evaluate([
                .. box.Select((side, i) => (corner >> i & 1) == 0 ? side.Low : side.High),
            ]);
            for (int k = 0; k < y.Length; k++)
            {
                low[k] = Math.Min(low[k], y[k]);
                high[k] = Math.Max(high[k], y[k]);
            }
        }

        Interval[] value = EnclosedAnswer.Of(subject.Enclosure, box).Value;
        return [.. value.Select((y, k) => y.Width - (high[k] - low[k]))];
    }
}
