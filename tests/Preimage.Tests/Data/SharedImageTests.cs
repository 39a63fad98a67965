using System.Collections.Immutable;
using Preimage.Data;
using Preimage.Data.Images;
using Preimage.Networks;
using Preimage.Onnx;

namespace Preimage.Tests.Data;

/// <summary>Classifiers of others see what is in the pictures, prepared as they were trained.</summary>
public class SharedImageTests
{
    [Theory]
    [InlineData("penguin.png", 145, 0.995)]
    [InlineData("kitten_224.png", 281, 0.9)]
    [InlineData("tiger.bmp", 292, 0.7)]
    public void SqueezeNet_SeesTheAnimal(string picture, int label, double atLeast)
    {
        Network network = OnnxFile.Read(Shared.Path("models/imagenet/SqueezeNet_fp32.onnx"));
        ImmutableArray<double> x = ImageFile.Read(
            Shared.Path($"data/images/{picture}"),
            Preprocessing.Parse("caffe"),
            network.InputTensor.Shape
        );
        double[] y = Evaluate(network, x);
        Assert.Equal(label, Array.IndexOf(y, y.Max()));
        Assert.InRange(y[label], atLeast, 1);
    }

    [Theory]
    [InlineData("models/winml/mnist.onnx", "raw", 98)]
    [InlineData("models/converted/premap_eran_mnist_conv_small.onnx", "mnist", 96)]
    public void Digits_AreRead(string model, string image, int atLeast) =>
        Assert.InRange(Right(model, "mnist/train10k", "3", image), atLeast, 100);

    [Fact]
    public void SmallPictures_AreTold() =>
        Assert.InRange(
            Right(
                "models/vnncomp/cifar10_resnet/resnet_2b.onnx",
                "cifar10/cifar10-242",
                "4",
                "scale=1/255,mean=0.4914;0.4822;0.4465,std=0.2471;0.2435;0.2616"
            ),
            60,
            100
        );

    /// <summary>How many of the first hundred images get their label.</summary>
    private static int Right(string model, string data, string rank, string image)
    {
        Network network = OnnxFile.Read(Shared.Path(model));
        Preprocessing preprocessing = Preprocessing.Parse(image);
        DataArray images = DataFile.Read(Shared.Path($"data/{data}-images-idx{rank}-ubyte.gz"));
        DataArray labels = DataFile.Read(Shared.Path($"data/{data}-labels-idx1-ubyte.gz"));
        return Enumerable
            .Range(1, 100)
            .Count(row =>
            {
                double[] y = Evaluate(
                    network,
                    ImageFile.Values(images.Row(row), preprocessing, network.InputTensor.Shape, "the image")
                );
                return Array.IndexOf(y, y.Max()) == (int)labels.Values[row - 1];
            });
    }

    private static double[] Evaluate(Network network, ImmutableArray<double> x)
    {
        double[] y = new double[network.Outputs];
        network.Map.Evaluate(x.AsSpan(), y);
        return y;
    }
}
