using System.Collections.Immutable;
using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Onnx.Wire;
using Preimage.Tests.Laws;
using AttributeType = Preimage.Onnx.Wire.AttributeProto.Types.AttributeType;

namespace Preimage.Tests.Onnx;

/// <summary>Maps chosen in models: inner tensors as the free one, patches and tokens as the free inputs, few outputs, margins.</summary>
public class ChosenModelTests
{
    /// <summary>Constants are folded and sums ordered otherwise where another tensor is free: some thousand roundings.</summary>
    private const double FoldingRounding = 1e-11;

    public static TheoryData<string> ConvolutionalTensors => ["features", "positive", "flat", "scores"];

    public static TheoryData<string> TransformerTensors =>
        ["q", "keys", "products", "attention", "heads", "residual", "flat", "scores"];

    [Theory]
    [MemberData(nameof(ConvolutionalTensors))]
    public void OfAConvolutionalNetwork_EveryTensorCanBeFree(string tensor) => CanBeFree(Convolutional(), tensor);

    [Theory]
    [MemberData(nameof(TransformerTensors))]
    public void OfATransformer_EveryTensorCanBeFree(string tensor) => CanBeFree(Transformer(), tensor);

    [Fact]
    public void APatchOfAnImage_SeesItsColumnsOfTheJacobian() =>
        SeesItsColumns(Convolutional().Network(), Rectangle((6, 6), (2, 3), (3, 5)));

    [Fact]
    public void ATokenOfASequence_SeesItsColumnsOfTheJacobian() => SeesItsColumns(Transformer().Network(), [6, 7, 8]);

    /// <summary>What two scores have in common cancels inside the bounds of their difference, and not between the bounds of each.</summary>
    [Fact]
    public void AMargin_IsEnclosed_NotWiderThanTheDifferenceOfItsScores()
    {
        Network scores = Transformer().Network().Logits();
        Interval[] box = [.. Point(scores.Inputs).Select(x => new Interval(x - 0.01, x + 0.01))];
        Interval[] both = new Interval[scores.Outputs];
        Interval[] margin = new Interval[1];
        new NetworkRelaxation(scores).Enclose(box, both);
        new NetworkRelaxation(scores.Margin(2, 0)).Enclose(box, margin);
        double[] y = scores.PlainMap.Evaluate(Point(scores.Inputs));
        Assert.InRange(y[2] - y[0], margin[0].Low, margin[0].High);
        Assert.InRange(margin[0].Width, 0, (both[2] - both[0]).Width);
    }

    [Fact]
    public void AnUnknownTensor_IsRefusedWithTheNearestNames()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() =>
            Transformer().Network(new Exploration { From = "atention" })
        );
        Assert.Contains("of which the nearest are 'attention', ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InnerTensors_NameTheirNumbersByPlaces()
    {
        Network network = Transformer().Network(new Exploration { From = "heads", To = "flat" });
        Assert.Equal("heads[0,3,2]", network.Signature.Inputs[^1].Name);
        Assert.Equal("flat[0,11]", network.Signature.Outputs[^1].Name);
        Assert.Equal("x1", Transformer().Network().Signature.Inputs[0].Name);
    }

    [Theory]
    [InlineData("models/converted/autolirpa_sst_transformer_emb.onnx")]
    [InlineData("models/vnncomp/vit/pgd_2_3_16.onnx")]
    [InlineData("models/vnncomp/cifar10_resnet/resnet_2b.onnx")]
    public void OfASharedNetwork_InnerTensorsCanBeFree(string file)
    {
        OnnxModel model = OnnxFile.Open(Shared.Path(file));
        ImmutableArray<InnerTensor> tensors = model.Network().Tensors;
        foreach (int part in Enumerable.Range(1, 4))
        {
            CanBeFree(model, tensors[part * (tensors.Length - 1) / 4].Name);
        }
    }

    /// <summary>A patch of 4 x 4 pixels in 3 channels is one token of the vision transformer: 48 of 3072 inputs.</summary>
    [Fact]
    public void APatchOfTheVisionTransformer_SeesItsColumnsOfTheJacobian()
    {
        Network network = ModelFile.Read(Shared.Path("models/vnncomp/vit/pgd_2_3_16.onnx"));
        Assert.Equal([1, 3, 32, 32], network.InputTensor.Shape);
        int[] plane = Rectangle((32, 32), (8, 11), (12, 15));
        SeesItsColumns(network, [.. Enumerable.Range(0, 3).SelectMany(c => plane.Select(i => c * 1024 + i))]);
    }

    /// <summary>One word of the sentence: 16 of 256 inputs, and what it says for the one class against the other.</summary>
    [Fact]
    public void ATokenOfTheSentimentTransformer_SeesItsColumnsOfTheJacobian()
    {
        Network network = ModelFile.Read(Shared.Path("models/converted/autolirpa_sst_transformer_emb.onnx"));
        Assert.Equal([1, 16, 16], network.InputTensor.Shape);
        int[] token = [.. Enumerable.Range(4 * 16, 16)];
        SeesItsColumns(network, token);
        SeesItsColumns(network.Margin(1, 0), token);
    }

    /// <summary>At the image of a point the rest of the network has its output, and a derivative.</summary>
    private static void CanBeFree(OnnxModel model, string tensor)
    {
        Network whole = model.Network();
        double[] x = Point(whole.Inputs);
        Network part = model.Network(
            new Exploration
            {
                From = tensor,
                Given = ImmutableDictionary<string, GivenTensor>.Empty.Add(
                    whole.InputTensor.Name,
                    GivenTensor.Flat([.. x])
                ),
            }
        );
        double[] start = [.. part.Start];
        Assert.Equal(part.Inputs, start.Length);
        AreEqual(whole.Map.Evaluate(x), part.Map.Evaluate(start));
        Random random = new(11);
        double[] v = [.. start.Select(_ => random.NextDouble() - 0.5)];
        double[] w = [.. Enumerable.Range(0, part.Outputs).Select(_ => random.NextDouble() - 0.5)];
        Derivatives.HaveTaylorSlopeTwo(part.Map, start, v, tensor);
        Derivatives.Agree(part.Map, start, v, w, tensor);
    }

    /// <summary>The Jacobian of a slice has the columns of the free inputs, whether it is made of products or cut out.</summary>
    private static void SeesItsColumns(Network network, int[] free)
    {
        double[] x = Point(network.Inputs);
        double[] y = new double[network.Outputs];
        double[] all = new double[network.Outputs * network.Inputs];
        network.Map.Linearize(x, y, all);
        IProductMap slice = network.Map.Freeze(x, [.. Enumerable.Range(0, network.Inputs).Except(free)]);
        double[] part = new double[network.Outputs * free.Length];
        double[] columns = new double[part.Length];
        slice.Linearize([.. free.Select(i => x[i])], y, part);
        JacobianParts.Columns(network.Map, x, free, columns);
        for (int j = 0; j < network.Outputs; j++)
        {
            double[] expected = [.. free.Select(i => all[j * network.Inputs + i])];
            AreEqual(expected, part[(j * free.Length)..((j + 1) * free.Length)]);
            AreEqual(expected, [.. free.Select((_, k) => columns[k * network.Outputs + j])]);
            Assert.Contains(expected, d => d != 0);
        }
    }

    private static void AreEqual(double[] expected, double[] actual)
    {
        double scale = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, FoldingRounding * scale));
    }

    private static double[] Point(int count) => [.. Enumerable.Range(1, count).Select(i => 0.4 + 0.3 * Math.Sin(i))];

    private static int[] Rectangle(
        (int Height, int Width) image,
        (int First, int Last) rows,
        (int First, int Last) columns
    ) =>
        [
            .. Enumerable
                .Range(rows.First, rows.Last - rows.First + 1)
                .SelectMany(r => Enumerable.Range(r * image.Width + columns.First, columns.Last - columns.First + 1)),
        ];

    /// <summary>An image of 6 x 6: two kernels of 3 x 3, a rectifier, 5 classes.</summary>
    private static OnnxModel Convolutional() =>
        Models
            .Of(
                [1, 1, 6, 6],
                Models.Node("Conv", "features", "x", "kernels", "biases"),
                Models.Node("Relu", "positive", "features"),
                Models.Node("Flatten", "flat", "positive"),
                Models.Node("MatMul", "scores", "flat", "w"),
                Models.Node("Softmax", "y", "scores")
            )
            .With("kernels", [2, 1, 3, 3], Weights(18))
            .With("biases", [2], 0.1, -0.2)
            .With("w", [32, 5], Weights(160))
            .Open();

    /// <summary>4 tokens of width 3, one head of attention with a residual way, 3 classes.</summary>
    private static OnnxModel Transformer()
    {
        NodeProto transpose = Models.Node("Transpose", "keys", "k");
        AttributeProto order = new() { Name = "perm", Type = AttributeType.Ints };
        order.Ints.Add([0, 2, 1]);
        transpose.Attribute.Add(order);
        return Models
            .Of(
                [1, 4, 3],
                Models.Node("MatMul", "q", "x", "wq"),
                Models.Node("MatMul", "k", "x", "wk"),
                transpose,
                Models.Node("MatMul", "products", "q", "keys"),
                Models.Node("Softmax", "attention", "products"),
                Models.Node("MatMul", "v", "x", "wv"),
                Models.Node("MatMul", "heads", "attention", "v"),
                Models.Node("Add", "residual", "x", "heads"),
                Models.Node("Flatten", "flat", "residual"),
                Models.Node("MatMul", "scores", "flat", "w"),
                Models.Node("Softmax", "y", "scores")
            )
            .With("wq", [3, 3], Weights(9))
            .With("wk", [3, 3], Weights(10)[1..])
            .With("wv", [3, 3], Weights(11)[2..])
            .With("w", [12, 3], Weights(36))
            .Open();
    }

    private static double[] Weights(int count) => [.. Enumerable.Range(1, count).Select(k => Math.Cos(2 * k) / 2)];
}
