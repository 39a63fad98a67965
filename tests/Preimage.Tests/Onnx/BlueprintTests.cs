using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Tests.Training;

namespace Preimage.Tests.Onnx;

/// <summary>Models from words.</summary>
public class BlueprintTests
{
    [Fact]
    public void Cnn_IsThatOfThePaper()
    {
        Network network = SmallModels.Draw("cnn", 1, 28, outputs: 10).Network();
        Assert.Equal(
            [
                "image",
                "conv1",
                "pool1",
                "relu1",
                "conv2",
                "pool2",
                "relu2",
                "flatten1",
                "dense1",
                "relu3",
                "dense2",
                "relu4",
                "logits",
                "output",
            ],
            network.Tensors.Select(t => t.Name)
        );
        Assert.Equal(320, network.Tensors[7].Size);
        Assert.Equal(1, network.Map.Evaluate(new double[784]).Sum(Math.Exp), 1e-12);
    }

    [Theory]
    [InlineData("vit patch=2 width=8 heads=2 layers=3", 49 * 8)]
    [InlineData("vit patch=7 width=8 heads=2 layers=3 pool=token norm=post", 5 * 8)]
    public void Vit_HasNamesForItsParts(string words, int tokens)
    {
        Network network = SmallModels.Draw(words, 1, 14, outputs: 10).Network();
        string[] names = [.. network.Tensors.Select(t => t.Name)];
        Assert.Equal(
            [
                "embedding",
                "block1.attention",
                "block1",
                "block2.attention",
                "block2",
                "block3.attention",
                "block3",
                "logits",
                "output",
            ],
            names
                .Where(n => n.Split('.') is [_] or [_, "attention"])
                .Where(n =>
                    n != "image"
                    && !n.StartsWith("patches", StringComparison.Ordinal)
                    && n is not "norm1" and not "mean1" and not "first1"
                )
        );
        Assert.Equal(tokens, network.Tensors.First(t => t.Name == "block2").Size);
        Assert.Equal(1, network.Map.Evaluate(SmallModels.Numbers(196, 3)).Sum(), 1e-12);
    }

    [Fact]
    public void Ranges_OfManyPixels_AreWrittenOnce_AndReadBack()
    {
        Signature signature = new(
            [.. Signature.Anonymous(196, 0).Inputs.Select(v => v with { Lower = 0, Upper = 1 })],
            [new Variable("a", "m", -1, 2), new Variable("b")]
        );
        OnnxModel model = new Blueprint("dense 3 | relu", [1, 14, 14], signature).Draw(1);
        Assert.Equal(signature.Inputs, model.Network().Signature.Inputs);
        Assert.Equal(signature.Outputs, model.Network().Signature.Outputs);
        Assert.True(model.Proto.MetadataProps.Count < 10);
    }

    [Fact]
    public void Draw_DependsOnTheSeedAlone()
    {
        Blueprint plan = new("vit patch=7 width=8 layers=1", [1, 14, 14], Signature.Anonymous(196, 3));
        Assert.Equal(plan.Draw(4).Proto, plan.Draw(4).Proto);
        Assert.NotEqual(plan.Draw(4).Proto, plan.Draw(5).Proto);
    }

    /// <summary>The variance of what a layer gives is about that of what comes, before a rectifier twice it: neither dies nor blows up in twenty layers.</summary>
    [Theory]
    [InlineData("relu")]
    [InlineData("tanh")]
    public void FirstWeights_KeepTheSizeOfSignals(string activation)
    {
        string deep = string.Join(" | ", Enumerable.Repeat($"dense 100 | {activation}", 20));
        double[] y = new Blueprint(deep, [100], Signature.Anonymous(100, 50))
            .Draw(1)
            .Network()
            .Map.Evaluate(SmallModels.Numbers(100, 2));
        Assert.InRange(Math.Sqrt(y.Average(v => v * v)), 0.01, 10);
    }

    [Theory]
    [InlineData("cnnn", "'cnnn', which is unknown")]
    [InlineData("", "empty layer")]
    [InlineData("relu || relu", "empty layer")]
    [InlineData("conv 10", "'conv 10x5'")]
    [InlineData("conv 10x", "whole number")]
    [InlineData("conv 10x5 fast=1", "does not know 'fast'")]
    [InlineData("conv 10x5 7", "does not know '7'")]
    [InlineData("conv 10x5 pad=1 pad=2", "twice")]
    [InlineData("dense 0", "1 or more")]
    [InlineData("relu 3", "leave it out")]
    [InlineData("softmax | relu", "after its softmax")]
    [InlineData("conv 4x29", "windows of 29 pixels")]
    [InlineData("flatten | conv 4x3", "planes of pixels")]
    [InlineData("block", "needs tokens")]
    [InlineData("patches 3", "do not fill")]
    [InlineData("vit width=10 heads=4", "not divided by 4 heads")]
    [InlineData("vit norm=layer", "choose pre or post")]
    [InlineData("vit activation=rel", "choose one of")]
    [InlineData("dense 9999999", "make it narrower")]
    public void WordsThatMakeNoModel_AreRefused(string words, string sentence) =>
        Assert.Contains(
            sentence,
            Assert.Throws<ArgumentException>(() => SmallModels.Draw(words, 1, 28)).Message,
            StringComparison.Ordinal
        );
}
