using CsCheck;
using Preimage.Enclosing;
using Preimage.Maps;

namespace Preimage.Tests.Laws;

/// <summary>A map, its enclosure and its affine bounds.</summary>
public sealed record RelaxedSubject(EnclosedSubject Enclosed, IRelaxedMap Relaxation)
{
    public override string ToString() => Enclosed.Name;
}

/// <summary>
/// What affine bounds do, whatever the box. A family joins by a subclass that lists its members. PREIMAGE_RELAXATION_POINTS in the environment
/// asks for so many points of each kind instead of the usual few thousand.
/// </summary>
public abstract class RelaxedMapLaws
{
    private const int Samples = 400;
    private const int PointsInABox = 10;

    /// <summary>The rounding of an evaluated map, relative to the largest of its numbers: some hundred operations. It is not that of the bounds.</summary>
    private const double EvaluationRounding = 1e-13;

    /// <summary>How far the bounds over a point may stand apart: the same, through the layers of a small network.</summary>
    private const double PointWidth = 1e-10;

    private const double SlopeStep = 1.0 / 64;
    private const double SlopeRatio = 8;

    /// <summary>Less than two, as the next order adds to it at the step.</summary>
    private const double LeastSlope = 1.7;

    protected abstract IReadOnlyList<RelaxedSubject> Subjects { get; }

    private static int PointSamples =>
        int.TryParse(Environment.GetEnvironmentVariable("PREIMAGE_RELAXATION_POINTS"), out int points)
            ? points / PointsInABox
            : Samples;

    [Fact]
    public void Values_LieBetweenTheBounds() =>
        Each(
            (subject, random) =>
            {
                Interval[] box = subject.Enclosed.Box(random);
                Rows rows = Rows.Of(subject.Relaxation, box);
                for (int k = 0; k < PointsInABox; k++)
                {
                    CheckPoint(subject, rows, EnclosedSubject.Point(random, box));
                }
            },
            PointSamples
        );

    [Fact]
    public void Value_IsNoWiderThanTheBounds() =>
        Each(
            (subject, random) =>
            {
                Interval[] box = subject.Enclosed.Box(random);
                Rows rows = Rows.Of(subject.Relaxation, box);
                for (int k = 0; k < rows.Value.Length; k++)
                {
                    Assert.True(rows.Value[k].Low >= rows.Least(k).Low, $"{subject}");
                    Assert.True(rows.Value[k].High <= rows.Most(k).High, $"{subject}");
                }
            }
        );

    [Fact]
    public void APoint_HasNarrowBounds() =>
        Each(
            (subject, random) =>
            {
                Interval[] point = [.. EnclosedSubject.Point(random, subject.Enclosed.Box(random)).Select(Interval.Of)];
                Rows rows = Rows.Of(subject.Relaxation, point);
                Assert.All(
                    rows.Value,
                    y =>
                        Assert.True(
                            !double.IsFinite(y.Width) || y.Width <= PointWidth * (1 + y.Magnitude),
                            $"{subject}: {y}"
                        )
                );
            }
        );

    /// <summary>Where the map is smooth the bounds stand apart by the square of the box's width.</summary>
    [Fact]
    public void TheBounds_CloseQuadratically() =>
        Each(
            (subject, random) =>
            {
                double[] middle = EnclosedSubject.Point(random, subject.Enclosed.Box(random, least: 0.1, most: 1));
                double[] shape = [.. middle.Select(_ => 0.5 + random.NextDouble())];
                Interval[] wide = Around(subject.Enclosed, middle, shape, SlopeStep);
                bool isCut = wide.Any(side =>
                    side.Low == subject.Enclosed.Lower || side.High == subject.Enclosed.Upper
                );
                if (isCut || !IsSmooth(subject.Enclosed.Enclosure, wide))
                {
                    return;
                }

                double[] large = Rows.Of(subject.Relaxation, wide).Gaps;
                double[] small = Rows.Of(
                    subject.Relaxation,
                    Around(subject.Enclosed, middle, shape, SlopeStep / SlopeRatio)
                ).Gaps;
                double scale = 1 + subject.Enclosed.Map.Evaluate(middle).Max(Math.Abs);
                for (int k = 0; k < large.Length; k++)
                {
                    double slope = Math.Log(large[k] / small[k]) / Math.Log(SlopeRatio);
                    Assert.True(small[k] <= PointWidth * scale || slope >= LeastSlope, $"{subject}: slope {slope:G3}");
                }
            }
        );

    [Fact]
    public void InfiniteBoxes_HaveBounds() =>
        Each(
            (subject, random) =>
            {
                (double from, double to) = (subject.Enclosed.Lower, subject.Enclosed.Upper);
                double[] ends = [double.NegativeInfinity, -1e308, -1e3, 0, 1, 1e3, 1e308, double.PositiveInfinity];
                Interval[] box =
                [
                    .. Enumerable
                        .Range(0, subject.Relaxation.Inputs)
                        .Select(_ => Interval.Between(ends[random.Next(7)], ends[1 + random.Next(7)]))
                        .Select(x => double.IsInfinity(x.Low) && x.Low == x.High ? Interval.Everything : x)
                        .Select(x => new Interval(Math.Clamp(x.Low, from, to), Math.Clamp(x.High, from, to))),
                ];
                Rows rows = Rows.Of(subject.Relaxation, box);
                Assert.All(
                    rows.Value,
                    y => Assert.True(y.Low <= y.High, $"{subject}: {y} over {string.Join(" ", box)}")
                );
                Assert.All([.. rows.Lower, .. rows.Upper], a => Assert.False(double.IsNaN(a), $"{subject}"));
            }
        );

    [Fact]
    public void Threads_GetTheSameBits() =>
        Each(
            (subject, random) =>
            {
                Interval[][] boxes = [.. Enumerable.Range(0, 16).Select(_ => subject.Enclosed.Box(random))];
                double[][] alone = [.. boxes.Select(box => Rows.Of(subject.Relaxation, box).Lower)];
                double[][] together = new double[boxes.Length][];
                Parallel.For(0, boxes.Length, i => together[i] = Rows.Of(subject.Relaxation, boxes[i]).Lower);
                Assert.Equal(alone, together);
            },
            Samples / 20
        );

    [Fact]
    public void WrongLengths_AreRefused()
    {
        IRelaxedMap f = Subjects[0].Relaxation;
        Interval[] x = new Interval[f.Inputs];
        Interval[] y = new Interval[f.Outputs];
        double[] rows = new double[f.Outputs * (f.Inputs + 1)];
        double[] longer = new double[rows.Length + 1];
        Assert.Throws<ArgumentException>(() => f.Relax(new Interval[f.Inputs + 1], y, rows, rows));
        Assert.Throws<ArgumentException>(() => f.Relax(x, new Interval[f.Outputs + 1], rows, rows));
        Assert.Throws<ArgumentException>(() => f.Relax(x, y, longer, rows));
        Assert.Throws<ArgumentException>(() => f.Relax(x, y, rows, longer));
    }

    /// <summary>
    /// Against the point's own enclosure, which leaves no tolerance to hide in: bounds that are wrong by more than its few ulps are seen. And against the
    /// evaluated map, which knows nothing of enclosures.
    /// </summary>
    public static void CheckPoint(RelaxedSubject subject, Rows rows, double[] p)
    {
        var exact = new Interval[rows.Value.Length];
        subject.Enclosed.Enclosure.Enclose([.. p.Select(Interval.Of)], exact);
        double[] evaluated = subject.Enclosed.Map.Evaluate(p);
        double rounding = EvaluationRounding * (1 + evaluated.Max(Math.Abs));
        for (int k = 0; k < exact.Length; k++)
        {
            Interval low = rows.At(rows.Lower, k, p);
            Interval high = rows.At(rows.Upper, k, p);
            bool holds = low.Low <= exact[k].High && high.High >= exact[k].Low && rows.Value[k].Meets(exact[k]);
            Assert.True(holds, $"{subject}: output {k} at {string.Join(" ", p)}: {exact[k]} is not in {low} to {high}");
            double y = evaluated[k];
            Assert.True(
                double.IsNaN(y) || (low.Low - rounding <= y && y <= high.High + rounding),
                $"{subject}: value {y:R} of output {k} is not in {low} to {high}"
            );
        }
    }

    private void Each(Action<RelaxedSubject, Random> law, int samples = Samples) =>
        Gen.Select(Gen.Int[0, Subjects.Count - 1], Gen.Int[0, int.MaxValue - 1])
            .Sample((i, seed) => law(Subjects[i], new Random(seed)), iter: samples, threads: 1);

    private static bool IsSmooth(ICurvedEnclosedMap f, Interval[] box)
    {
        var hessian = new Interval[f.Outputs * f.Inputs * f.Inputs];
        f.EncloseHessian(box, new Interval[f.Outputs], new Interval[f.Outputs * f.Inputs], hessian);
        return hessian.All(Containment.IsSteady);
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

    /// <summary>The answer of a relaxation.</summary>
    public sealed record Rows(Interval[] Box, Interval[] Value, double[] Lower, double[] Upper)
    {
        /// <summary>Asks f for its bounds over a box.</summary>
        public static Rows Of(IRelaxedMap f, Interval[] box)
        {
            int rows = f.Outputs * (f.Inputs + 1);
            Rows answer = new(box, new Interval[f.Outputs], new double[rows], new double[rows]);
            f.Relax(box, answer.Value, answer.Lower, answer.Upper);
            return answer;
        }

        /// <summary>How far the bounds of each output stand apart in the middle, and by their slopes.</summary>
        public double[] Gaps =>
            [
                .. Value.Select(
                    (_, k) =>
                        Upper[k * Width + Width - 1]
                        - Lower[k * Width + Width - 1]
                        + Box.Select((x, i) => Math.Abs(Upper[k * Width + i] - Lower[k * Width + i]) * x.Radius).Sum()
                ),
            ];

        private int Width => Box.Length + 1;

        /// <summary>The range of the lower bound.</summary>
        public Interval Least(int k) => Range(Lower, k, [.. Box.Select(x => x - x.Middle)]);

        /// <summary>The range of the upper bound.</summary>
        public Interval Most(int k) => Range(Upper, k, [.. Box.Select(x => x - x.Middle)]);

        /// <summary>A bound at a point.</summary>
        public Interval At(double[] rows, int k, double[] p) =>
            Range(rows, k, [.. p.Zip(Box, (a, x) => Interval.Of(a) - x.Middle)]);

        private Interval Range(double[] rows, int k, Interval[] distance)
        {
            Interval sum = rows[k * Width + Width - 1];
            for (int i = 0; i < distance.Length; i++)
            {
                sum += distance[i] * rows[k * Width + i];
            }

            return sum;
        }
    }
}
