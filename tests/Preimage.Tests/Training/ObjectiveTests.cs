using System.Collections.Immutable;
using CsCheck;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Training.Data;
using Preimage.Training.Fitting;
using Preimage.Training.Losses;

namespace Preimage.Tests.Training;

/// <summary>The block kernels against the plain loops, and the derivatives against the values.</summary>
public class ObjectiveTests
{
    /// <summary>Sums of a few thousand products of size one, in another order and with sigmoids that are off by some ulp.</summary>
    private const double Roundoff = 1e-12;

    private static readonly ScalarFunction[] Smooth =
    [
        new Sigmoid(),
        new HyperbolicTangent(),
        new Softplus(),
        new Swish(),
        new GaussianErrorLinear(),
        new Identity(),
        new Sine(),
    ];

    private static readonly Gen<Case> Cases = Gen.Select(
            Gen.Int[1, 9].Array[2, 4],
            Gen.Int[0, 6].Select(i => Smooth[i]),
            Gen.Int[0, 6].Select(i => Smooth[i]),
            Gen.Int[2, 300],
            Gen.Int[0, 1000]
        )
        .Select((widths, hidden, output, points, seed) => new Case([.. widths], hidden, output, points, seed));

    public static TheoryData<ILoss> Losses =>
        [new MeanSquaredError(), new SoftmaxCrossEntropy(), new SigmoidCrossEntropy()];

    [Fact]
    public void NormalEquations_OfBlocks_AreThoseOfPlainLoops() =>
        Cases.Sample(
            c =>
            {
                (DenseObjective objective, ParameterLayout layout, ScaledData data) = c.Make(new MeanSquaredError());
                double[] p = Initialisation.Draw(layout, c.Seed);
                int count = layout.Count;
                double[] matrix = new double[count * count];
                double[] vector = new double[count];
                double loss = objective.NormalEquations(p, matrix, vector);

                double[] plainMatrix = new double[count * count];
                double[] plainVector = new double[count];
                double plainLoss = PlainNormalEquations(objective, layout, data, p, plainMatrix, plainVector);
                double scale = 1 + plainMatrix.Max(Math.Abs) + plainLoss;
                AssertClose(plainLoss, loss, Roundoff * scale);
                for (int i = 0; i < count; i++)
                {
                    AssertClose(plainVector[i], vector[i], Roundoff * scale);
                    for (int j = 0; j <= i; j++)
                    {
                        AssertClose(plainMatrix[i * count + j], matrix[i * count + j], Roundoff * scale);
                    }
                }
            },
            iter: 60
        );

    [Fact]
    public void Gradient_OfTheSquares_IsTwiceTheNormalVector() =>
        Cases.Sample(
            c =>
            {
                (DenseObjective objective, ParameterLayout layout, _) = c.Make(new MeanSquaredError());
                double[] p = Initialisation.Draw(layout, c.Seed);
                double[] vector = new double[layout.Count];
                double[] gradient = new double[layout.Count];
                double squares = objective.NormalEquations(p, new double[layout.Count * layout.Count], vector);
                double loss = objective.Gradient(p, objective.Points, gradient);
                double scale = 1 + loss + vector.Max(Math.Abs);
                AssertClose(squares, loss, Roundoff * scale);
                AssertClose(objective.Measure(p).Loss, loss, Roundoff * scale);
                for (int i = 0; i < layout.Count; i++)
                {
                    AssertClose(2 * vector[i], gradient[i], Roundoff * scale);
                }
            },
            iter: 60
        );

    [Theory]
    [MemberData(nameof(Losses))]
    public void Gradient_OfEachLoss_LeavesATaylorRemainderOfOrderTwo(ILoss loss) =>
        Cases.Sample(
            c =>
            {
                (DenseObjective objective, ParameterLayout layout, _) = c.For(loss).Make(loss);
                double[] p = Initialisation.Draw(layout, c.Seed);
                var generator = new Generator(c.Seed, stream: 9);

                // The curvature along one direction may happen to vanish, but not along most of nine.
                double[] orders = [.. Enumerable.Range(0, 9).Select(_ => TaylorOrder(objective, p, generator)).Order()];
                Assert.InRange(orders[4], 1.8, 2.2);
            },
            iter: 100
        );

    [Fact]
    public void Gradient_OfAMiniBatch_IsThatOfItsPointsAlone()
    {
        var c = new Case([2, 7, 2], new HyperbolicTangent(), new Identity(), 200, 5);
        (DenseObjective objective, ParameterLayout layout, _) = c.Make(new MeanSquaredError());
        double[] p = Initialisation.Draw(layout, 5);
        double[] whole = new double[layout.Count];
        double[] first = new double[layout.Count];
        double[] second = new double[layout.Count];
        objective.Gradient(p, objective.Points, whole);
        objective.Gradient(p, objective.Points[..33], first);
        objective.Gradient(p, objective.Points[33..], second);
        for (int i = 0; i < whole.Length; i++)
        {
            AssertClose(whole[i], (33 * first[i] + 167 * second[i]) / 200, Roundoff);
        }
    }

    [Fact]
    public void NormalEquations_OfACrossEntropy_AreRefused()
    {
        (DenseObjective objective, ParameterLayout layout, _) = new Case(
            [2, 2],
            new Sigmoid(),
            new Identity(),
            5,
            1
        ).Make(new SigmoidCrossEntropy());
        int count = layout.Count;
        string message = Assert
            .Throws<ArgumentException>(() =>
                objective.NormalEquations(new double[count], new double[count * count], new double[count])
            )
            .Message;
        Assert.Contains("take Adam", message, StringComparison.Ordinal);
    }

    /// <summary>How fast |F(p + h d) - F(p) - h F'(p) d| falls along a random direction; 2 where rounding hides it.</summary>
    private static double TaylorOrder(DenseObjective objective, double[] p, Generator generator)
    {
        double[] direction = [.. p.Select(_ => generator.Normal() / Math.Sqrt(p.Length))];
        double[] gradient = new double[p.Length];
        double value = objective.Gradient(p, objective.Points, gradient);
        double slope = direction.Zip(gradient, (d, g) => d * g).Sum();
        double Remainder(double h) =>
            Math.Abs(objective.Measure([.. p.Zip(direction, (x, d) => x + h * d)]).Loss - value - h * slope);

        double fine = Remainder(1e-4);
        double rounding = 1e-13 * (1 + Math.Abs(value));
        return fine < 100 * rounding ? 2 : Math.Log10(Remainder(1e-3) / fine);
    }

    private static double PlainNormalEquations(
        DenseObjective objective,
        ParameterLayout layout,
        ScaledData data,
        double[] p,
        double[] matrix,
        double[] vector
    )
    {
        int count = layout.Count;
        int m = layout.Widths[^1];
        double share = 1.0 / (objective.Points.Length * m);
        double loss = 0;
        foreach (int point in objective.Points)
        {
            (double[] y, double[] jacobian) = PlainBackpropagation.At(layout, p, data.Input(point).ToArray());
            for (int k = 0; k < m; k++)
            {
                double residual = y[k] - data.Target(point)[k];
                loss += share * residual * residual;
                for (int i = 0; i < count; i++)
                {
                    vector[i] += share * residual * jacobian[k * count + i];
                    for (int j = 0; j <= i; j++)
                    {
                        matrix[i * count + j] += share * jacobian[k * count + i] * jacobian[k * count + j];
                    }
                }
            }
        }

        return loss;
    }

    private static void AssertClose(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{actual} is not {expected} to {tolerance}");

    /// <summary>A random problem; its targets are probabilities, so that it suits every loss.</summary>
    internal sealed record Case(
        ImmutableArray<int> Widths,
        ScalarFunction Hidden,
        ScalarFunction Output,
        int Points,
        int Seed
    )
    {
        /// <summary>A loss of logits is met by the identity; one of classes by two outputs or more.</summary>
        public Case For(ILoss loss) =>
            loss.Link == Link.Direct ? this
            : loss.Link == Link.Sigmoid ? this with { Output = new Identity() }
            : this with { Output = new Identity(), Widths = Widths.SetItem(Widths.Length - 1, Widths[^1] + 1) };

        public (DenseObjective DenseObjective, ParameterLayout Layout, ScaledData Data) Make(ILoss loss)
        {
            int n = Widths[0];
            int m = Widths[^1];
            var generator = new Generator(Seed, stream: 8);
            double[] inputs = [.. Enumerable.Range(0, Points * n).Select(_ => 2 * generator.Uniform() - 1)];
            double[] targets = [.. Enumerable.Range(0, Points * m).Select(_ => generator.Uniform() / m)];
            for (int i = m - 1; loss.Link == Link.Softmax && i < targets.Length; i += m)
            {
                targets[i] = 1 - targets.AsSpan(i - m + 1, m - 1).ToArray().Sum();
            }

            var data = new ScaledData(
                new Dataset(Signature.Anonymous(n, m), inputs, targets),
                new Unscaled(),
                new Unscaled()
            );
            var layout = new ParameterLayout(Widths, [.. Enumerable.Repeat(Hidden, Widths.Length - 2), Output]);
            return (new DenseObjective(layout, loss, data, [.. Enumerable.Range(0, Points)]), layout, data);
        }
    }
}
