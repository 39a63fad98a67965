using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Tests.Laws;
using Preimage.Tests.Onnx;
using Preimage.Training.Data;
using Preimage.Training.Fitting;
using Preimage.Training.Losses;

namespace Preimage.Tests.Training;

/// <summary>Families of networks keep the laws of maps, by x and by p.</summary>
public class ConvolutionalFamilyLawTests : ProductMapLaws
{
    protected override IProductMap Map { get; } =
        SmallModels
            .Draw("conv 2x3 pad=1 | avgpool 2 | tanh | conv 3x2 stride=2 | silu | dense 4 | tanh", 1, 5)
            .Family()
            .Map;

    protected override (double Lower, double Upper) Domain => (-1, 1);

    protected override int Samples => 5;
}

/// <summary>The same of a transformer.</summary>
public class TransformerFamilyLawTests : ProductMapLaws
{
    protected override IProductMap Map { get; } =
        SmallModels
            .Draw(
                "patches 2 width=4 token=yes | block heads=2 mlp=6 | block norm=post mlp=3 | norm | first | softmax",
                1,
                4
            )
            .Family()
            .Map;

    protected override (double Lower, double Upper) Domain => (0.5, 1.5);

    protected override int Samples => 5;
}

/// <summary>Models whose weights are free: what is free, what derivatives are, and what is written.</summary>
public class FamilyTests
{
    /// <summary>Sums of some hundred products of size one in another order.</summary>
    private const double Roundoff = 1e-12;

    /// <summary>A network of some layers in 32 bits.</summary>
    private const double FloatRoundoff = 1e-5;

    public static TheoryData<string> Architectures =>
        [
            "cnn",
            "conv 3x3 pad=1 | maxpool 2 | relu | conv 4x3 stride=2 | gelu | flatten | dense 7 | elu | softmax",
            "vit patch=7 width=8 layers=2 heads=2",
            "vit patch=14 width=6 layers=1 heads=3 norm=post pool=token activation=relu mlp=5",
            "dense 9 | sigmoid | dense 4 | leakyrelu | logsoftmax",
        ];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Draw_IsWhatOtherRuntimesRead(string words)
    {
        OnnxModel model = SmallModels.Draw(words, 1, 28, outputs: 10);
        float[] x = [.. SmallModels.Numbers(784, 3).Select(v => (float)v)];
        double[] expected = RuntimeSession.Run(model.Proto, x)[0].Elements;
        Assert.Equal(
            expected,
            model.Network().Map.Evaluate([.. x]),
            (a, b) => Math.Abs(a - b) < FloatRoundoff * (1 + Math.Abs(a))
        );
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Family_AtItsStart_IsTheModel(string words)
    {
        OnnxModel model = SmallModels.Draw(words, 1, 28, outputs: 10);
        NetworkFamily family = model.Family();
        double[] x = SmallModels.Numbers(784, 3);
        double[] y = new double[10];
        family.Evaluate([.. x, .. family.Start], y);
        Assert.Equal(model.Network().Map.Evaluate(x), y, (a, b) => Math.Abs(a - b) < Roundoff * (1 + Math.Abs(a)));
        Assert.Equal(
            y,
            family.PlainMap.Evaluate([.. x, .. family.Start]),
            (a, b) => Math.Abs(a - b) < Roundoff * (1 + Math.Abs(a))
        );
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void PullBack_IsThePlainAdjointByTheParameters(string words)
    {
        NetworkFamily family = SmallModels.Draw(words, 1, 28, outputs: 10).Family();
        double[] point = [.. SmallModels.Numbers(784, 3), .. family.Start];
        double[] w = SmallModels.Numbers(10, 4);
        double[] expected = new double[point.Length];
        family.PlainMap.Adjoint(point, w, expected);
        double[] gradient = new double[family.ParameterCount];
        for (int times = 1; times <= 2; times++)
        {
            family.PullBack(point, (_, covector) => w.CopyTo(covector), gradient);
            double scale = 1 + expected.Max(Math.Abs);
            Assert.Equal(
                expected.Skip(family.Inputs).Select(g => g * times),
                gradient,
                (a, b) => Math.Abs(a - b) < Roundoff * scale
            );
        }
    }

    [Fact]
    public void With_WritesTheWeightsAndNothingElse()
    {
        OnnxModel model = SmallModels.Draw("cnn", 1, 28, outputs: 10);
        NetworkFamily family = model.Family();
        double[] parameters = SmallModels.Numbers(family.ParameterCount, 5);
        OnnxModel other = model.With(family, parameters);
        Assert.Equal(family.Round(parameters), other.Family().Start);
        Assert.NotEqual(parameters, other.Family().Start);
        Assert.Equal(model.Proto, other.With(other.Family(), [.. family.Start]).Proto);
    }

    [Fact]
    public void DenseModels_HaveTheGradientOfTheDenseObjective()
    {
        DenseNetwork network = new ParameterLayout([3, 5, 2], [new HyperbolicTangent(), new Identity()]).Network(
            SmallModels.Numbers(32, 6)
        );
        Signature signature = Signature.Anonymous(3, 2);
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.onnx");
        OnnxFile.Write(file, network, signature);
        NetworkFamily family = OnnxFile.Open(file).Family();
        File.Delete(file);
        Dataset data = new(signature, SmallModels.Numbers(30, 7), SmallModels.Numbers(20, 8));
        double[] p = SmallModels.Numbers(32, 6);
        DenseObjective dense = new(
            new ParameterLayout([3, 5, 2], [new HyperbolicTangent(), new Identity()]),
            new MeanSquaredError(),
            new ScaledData(data, new Unscaled(), new Unscaled()),
            [.. Enumerable.Range(0, 10)]
        );
        FamilyObjective free = new(family, new MeanSquaredError(), data);
        (double[] expected, double[] actual) = (new double[32], new double[32]);
        double loss = dense.Gradient(p, dense.Points, expected);
        Assert.Equal(loss, free.Gradient(p, free.Points, actual), Roundoff);
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < Roundoff);
        Assert.Equal(dense.Measure(p).Loss, free.Measure(p).Loss, Roundoff);
        Assert.Equal(dense.Measure(p).Agreement, free.Measure(p).Agreement);
    }
}

/// <summary>Small models and numbers for the tests of training.</summary>
internal static class SmallModels
{
    public static OnnxModel Draw(string words, int channels, int side, int outputs = 3) =>
        new Blueprint(words, [channels, side, side], Signature.Anonymous(channels * side * side, outputs)).Draw(2);

    /// <summary>Numbers in [-1, 1].</summary>
    public static double[] Numbers(int count, int seed)
    {
        Generator generator = new(seed, stream: 9);
        return [.. Enumerable.Range(0, count).Select(_ => 2 * generator.Uniform() - 1)];
    }
}
