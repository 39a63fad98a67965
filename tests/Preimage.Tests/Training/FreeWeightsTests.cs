using Preimage.Networks;
using Preimage.Onnx.Wire;
using Preimage.Tests.Onnx;

namespace Preimage.Tests.Training;

/// <summary>Which tensors of a model are weights that may be fitted.</summary>
public class FreeWeightsTests
{
    [Fact]
    public void Statistics_AreHeld_ScaleAndShiftAreFree()
    {
        ModelProto model = Models
            .Of([1, 2, 3, 3], Models.Node("BatchNormalization", "y", "x", "scale", "shift", "mean", "variance"))
            .With("scale", [2], 1, 2)
            .With("shift", [2], 0, 1)
            .With("mean", [2], 0.5, 0.25)
            .With("variance", [2], 1, 4);
        AssertFree(model, "scale", "shift");
    }

    [Fact]
    public void TheScalingOfTheInput_AndSingleNumbers_AreHeld()
    {
        ModelProto model = Models
            .Of(
                [1, 2],
                Models.Node("Sub", "a", "x", "mean"),
                Models.Node("Div", "b", "a", "half"),
                Models.Node("MatMul", "c", "b", "w"),
                Models.Node("Add", "d", "c", "b0"),
                Models.Node("Pow", "e", "d", "square"),
                Models.Node("Mul", "y", "e", "gain")
            )
            .With("mean", [1, 2], 0.5, 0.25)
            .With("half", [1], 0.5)
            .With("w", [2, 1], 1, 2)
            .With("b0", [1], 3)
            .With("square", [1], 2)
            .With("gain", [1, 1], 0.1);
        AssertFree(model, "w", "b0");
    }

    [Fact]
    public void WhatIsReadAsAConstant_IsHeld()
    {
        ModelProto model = Models
            .Of(
                [1, 2],
                Models.Node("NonZero", "places", "pattern"),
                Models.Node("Cast", "numbers", "places").With("to", 11),
                Models.Node("MatMul", "h", "x", "w"),
                Models.Node("Add", "y", "h", "numbers")
            )
            .With("pattern", [3], 0, 1, 1)
            .With("w", [2, 2], 1, 2, 3, 4);
        AssertFree(model, "w");
    }

    [Fact]
    public void WhatIsHeld_IsNotFree_AndWhatIsNotThereIsRefused()
    {
        ModelProto model = Models
            .Of([1, 2], Models.Node("MatMul", "h", "x", "w"), Models.Node("MatMul", "y", "h", "v"))
            .With("w", [2, 2], 1, 2, 3, 4)
            .With("v", [2, 2], 1, 2, 3, 4)
            .With("idle", [2], 1, 2);
        Assert.Equal(["w"], model.Open().Family(null, "v").Parameters.Select(p => p.Name));
        Assert.Contains(
            "no weight 'u'",
            Assert.Throws<ArgumentException>(() => model.Open().Family(null, "u")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no weights that can be fitted",
            Assert.Throws<ModelException>(() => model.Open().Family(null, "v", "w")).Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>Weights of bodies, recurrent cells, and of every network at hand: the value is that of the model, the slope that of differences.</summary>
    [Theory]
    [InlineData("ezkl/gru.onnx")]
    [InlineData("ezkl/lstm_medium.onnx")]
    [InlineData("gtcrn/gtcrn.onnx")]
    [InlineData("vnncomp/vit/pgd_2_3_16.onnx")]
    [InlineData("vnncomp/cifar10_resnet/resnet_2b.onnx")]
    [InlineData("vnncomp/verivital/Convnet_avgpool.onnx")]
    [InlineData("converted/autolirpa_sst_transformer_emb.onnx")]
    [InlineData("winml/mnist.onnx")]
    public void Models_OfOthers_AreFamilies(string name)
    {
        NetworkFamily family = Preimage.Onnx.OnnxFile.Open(Shared.Path($"models/{name}")).Family();
        Generator generator = new(5, stream: 9);
        double[] x = [.. Enumerable.Range(0, family.Inputs).Select(_ => generator.Uniform())];
        double[] start = [.. x, .. family.Start];
        double[] move = [.. family.Start.Select(p => generator.Normal() * (Math.Abs(p) + 1e-3))];
        double[] w = [.. Enumerable.Range(0, family.Outputs).Select(_ => generator.Normal())];
        double[] gradient = new double[family.ParameterCount];
        family.PullBack(start, (_, covector) => w.CopyTo(covector), gradient);
        double slope = gradient.Zip(move, (g, d) => g * d).Sum();

        // Central differences are wrong by h^2 and by rounding over h; kinks are far between at this step.
        const double Step = 1e-6;
        const double Tolerance = 1e-6;
        double difference = (Value(Step) - Value(-Step)) / (2 * Step);
        Assert.InRange(difference - slope, -Tolerance * Math.Abs(slope), Tolerance * Math.Abs(slope));

        double Value(double h)
        {
            double[] y = new double[family.Outputs];
            family.Evaluate([.. x, .. family.Start.Zip(move, (p, d) => p + h * d)], y);
            return y.Zip(w, (a, b) => a * b).Sum();
        }
    }

    private static void AssertFree(ModelProto model, params string[] names) =>
        Assert.Equal(names, model.Open().Family().Parameters.Select(p => p.Name));
}
