using System.IO.Compression;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>Digits that networks of others read: hundreds of steps on the fiber, no change of ranking.</summary>
public class SharedWalkTests
{
    // What one may ask of a class: its output to so much of its size.
    private const double Share = 1e-12;

    [Theory]
    [InlineData("models/winml/mnist.onnx", 255.0)]
    [InlineData("models/vnncomp/mnist_fc/mnist-net_256x2.onnx", 1.0)]
    [InlineData("models/vnncomp/verivital/Convnet_avgpool.onnx", 1.0)]
    public void ADigit_IsWalkedInItsClass(string model, double white)
    {
        Network network = OnnxFile.Read(Shared.Path(model));
        double[] digit = Digit(7, white);
        WalkPlan plan = new() { Steps = 150, WarmUp = 100 };
        foreach (IWalkBounds bounds in (IWalkBounds[])[new MirrorBounds(), new FaceBounds()])
        {
            Walker walker = Walker.Uniform with { Bounds = bounds };
            Walk walk = walker.Run(
                network.Map,
                digit,
                Box.Cube(784, 0, white),
                plan,
                TestContext.Current.CancellationToken
            );
            Assert.InRange(walk.Accepted, 30, 150);
            Assert.InRange(walk.Defect, 0, Share * walk.Target.Max(Math.Abs));
            Assert.Equal(0, walk.Chains[0].State.RankingChanges);
        }
    }

    private static double[] Digit(int index, double white)
    {
        using GZipStream stream = new(
            File.OpenRead(Shared.Path("data/mnist/train10k-images-idx3-ubyte.gz")),
            CompressionMode.Decompress
        );
        byte[] bytes = new byte[16 + 784 * (index + 1)];
        stream.ReadExactly(bytes);
        return [.. bytes.Skip(16 + 784 * index).Select(pixel => pixel / 255.0 * white)];
    }
}
