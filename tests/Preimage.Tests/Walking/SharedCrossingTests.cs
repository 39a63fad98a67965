using Preimage.Data;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>Crossings of digits by networks of others: found, certified, and not farther than the published steps.</summary>
public class SharedCrossingTests
{
    private const int Digits = 10;
    private const double Balanced = 1e-6;

    [Theory]
    [InlineData("winml/mnist.onnx", 255)]
    [InlineData("vnncomp/mnist_fc/mnist-net_256x2.onnx", 1)]
    [InlineData("vnncomp/verivital/Convnet_avgpool.onnx", 1)]
    [InlineData("vnncomp/eran/ffnnSIGMOID__Point_6x200.onnx", 1)]
    public void EveryDigit_IsCrossedAndCertified(string model, double white)
    {
        Network network = ModelFile.Read(Shared.Path("models/" + model));
        DataArray images = DataFile.Read(Shared.Path("data/mnist/train10k-images-idx3-ubyte.gz"));
        Box box = Box.Cube(network.Inputs, 0, white);
        int longer = 0;
        List<double> residuals = [];
        for (int k = 0; k < Digits; k++)
        {
            // The file is sorted by class: one digit of each.
            double[] x = [.. images.Row(1 + k * images.Rows / Digits).Values.Select(v => v * (white / 255))];
            Crossing found = new Crosser { Descents = 1 }.ToAnyClass(
                network.Map,
                x,
                box,
                TestContext.Current.CancellationToken
            );
            Assert.True(found.Found);
            Assert.InRange(found.BracketWidth, 0, 1e-12);
            double[] bracket = [.. found.Bracket];
            Assert.Equal(found.FromLabel, Label(network.Map, bracket[..x.Length]));
            Assert.Equal(found.ToLabel, Label(network.Map, bracket[x.Length..]));
            Assert.NotEqual(found.FromLabel, found.ToLabel);
            Assert.True(box.Contains(found.At!.Value.AsSpan()));
            residuals.Add(found.KktResidual);
            longer += found.Distance > PublishedCrossings.DeepFool.Step(network.Map, x, box).Distance ? 1 : 0;
        }

        Assert.Equal(0, longer);
        // At the kinks of a hundred pieces that rectifiers and maxima have, too.
        Assert.InRange(residuals.Order().ElementAt(Digits / 2), 0, Balanced);
    }

    private static int Label(IMap map, double[] x)
    {
        double[] scores = map.Evaluate(x);
        return Array.IndexOf(scores, scores.Max());
    }
}
