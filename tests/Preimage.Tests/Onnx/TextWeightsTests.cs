using Preimage.Networks;
using Preimage.Onnx;

namespace Preimage.Tests.Onnx;

/// <summary>The text weights of the published code.</summary>
public class TextWeightsTests
{
    private const string Good = "2\n2\t1\t2\t1\tFC_LAYER_SG\n1\t2\n3\t4\n1\t2\t1\t2\tFC_LAYER_SM\n5\t6\n7\n";

    [Fact]
    public void Parse_OfTwoLayers_IsTheNetwork()
    {
        DenseNetwork network = TextWeights.Parse(Good, "w.csv");
        Assert.Equal([1, 2], network.Layers[0].Weights);
        Assert.Equal([3, 4], network.Layers[0].Biases);
        Assert.Equal(new Sigmoid(), network.Layers[0].Activation);
        Assert.Equal([5, 6], network.Layers[1].Weights);
        Assert.Equal(DenseHead.Softmax, network.Head);
    }

    [Theory]
    [InlineData("", "w.csv: line 1 holds 0 fields, where the number of layers should be 1.")]
    [InlineData("x", "w.csv: line 1 has 'x' as the number of layers, which must be a positive integer.")]
    [InlineData("1\n2 1 2 FC", "w.csv: line 2 holds 4 fields, where 'rows columns outputs inputs TYPE' should be 5.")]
    [InlineData(
        "1\n2 1 2 1 FC_X",
        "w.csv: line 2 names the layer type 'FC_X'; known are FC_LAYER_SG, FC_LAYER_SP, FC_LAYER_SL and FC_LAYER_SM."
    )]
    [InlineData("1\n2 1 1 2 FC_LAYER_SG", "w.csv: line 2 gives a 2 x 1 matrix to a layer of 2 inputs and 1 outputs.")]
    [InlineData("1\n2 1 2 1 FC_LAYER_SG\n1", "w.csv: line 3 holds 1 fields, where weights should be 2.")]
    [InlineData(
        "1\n2 1 2 1 FC_LAYER_SG\n1 nan",
        "w.csv: line 3 has 'nan' as number 2 of its weights, which must be finite numbers."
    )]
    [InlineData("1\n2 1 2 1 FC_LAYER_SG\n1 2", "w.csv ends after line 3, where biases should follow.")]
    [InlineData("1\n2 1 2 1 FC_LAYER_SG\n1 2\n3 4\nmore", "w.csv: line 5 goes on after the last layer.")]
    [InlineData(
        "2\n2 1 2 1 FC_LAYER_SM\n1 2\n3 4\n1 2 1 2 FC_LAYER_SG\n5 6\n7",
        "w.csv: line 4 follows a softmax layer, which must be the last."
    )]
    [InlineData(
        "2\n2 1 2 1 FC_LAYER_SG\n1 2\n3 4\n1 1 1 1 FC_LAYER_SG\n5\n7",
        "w.csv: line 7 ends layer 2, which takes 1 numbers, but layer 1 gives 2."
    )]
    public void Parse_OfABadLine_NamesIt(string text, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<ModelException>(() => TextWeights.Parse(text, "w.csv")).Message);

    [Fact]
    public void MutationsOfAFile_AreReadOrRefused()
    {
        const string Letters = "0123456789-.eE \t\nFCx\0";
        var random = new Random(1);
        for (int i = 0; i < 5000; i++)
        {
            char[] text = Good.ToCharArray();
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                text[random.Next(text.Length)] = Letters[random.Next(Letters.Length)];
            }

            try
            {
                TextWeights.Parse(new string(text), "w.csv");
            }
            catch (ModelException e)
            {
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("surface_1_good_weights.csv", 3)]
    [InlineData("thermodynamics_weights_addestrata_bene.csv", 5)]
    [InlineData("weights_binary.csv", 4)]
    [InlineData("weights_softplus_thermo.csv", 5)]
    [InlineData("weights_surface_2.csv", 3)]
    public void Read_OfThePublishedWeights_IsADenseNetwork(string file, int layers)
    {
        Network network = ModelFile.Read(Shared.Path($"simec/{file}"));
        Assert.Equal((2, 1), (network.Inputs, network.Outputs));
        Assert.Equal(layers, network.Dense!.Layers.Length);
        Assert.Equal(64, network.Description!.Sha256.Length);
    }

    /// <summary>The one critical point of this network in its box is known from independent arithmetic to five digits.</summary>
    [Fact]
    public void Read_OfSurface1_HasItsKnownMinimum()
    {
        Network network = ModelFile.Read(Shared.Path("simec/surface_1_good_weights.csv"));
        double[] y = new double[1];
        double[] gradient = new double[2];
        network.Map.Linearize([-0.00118, 0.00986], y, gradient);
        Assert.Equal(0.13813062, y[0], 1e-8);
        Assert.All(gradient, g => Assert.Equal(0, g, 1e-5));
    }
}
