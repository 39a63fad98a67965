using Preimage.Data;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>A three towards an eight, in the fibers of digit classifiers that others trained.</summary>
public class MorphDigitTests
{
    private const string Images = "data/mnist/train10k-images-idx3-ubyte.gz";

    /// <summary>Of the output's scale, at every point.</summary>
    private const double Exact = 1e-12;

    // Images stand sorted by their digit.
    private const int Three = 3120;
    private const int Eight = 8079;

    [Theory]
    [InlineData("vnncomp/mnist_fc/mnist-net_256x2", 1, 30, 4)]
    [InlineData("vnncomp/verivital/Convnet_avgpool", 1, 30, 3.5)]
    [InlineData("winml/mnist", 255, 30, 2000)]
    public void TheDigitComesNear_AndTheNetworkNoticesNothing(string model, double white, int steps, double near)
    {
        Network network = ModelFile.Read(Shared.Path($"models/{model}.onnx"));
        double[] start = Digit(Three, white);
        Morphing path = new Morpher { MostSteps = steps }.Go(
            network.Map,
            start,
            Digit(Eight, white),
            Box.Cube(start.Length, 0, white)
        );
        double scale = path.Frames.Values.Max(Math.Abs);
        Assert.True(path.Defect <= Exact * scale, $"defect {path.Defect:E2} of {scale:E2}");
        Assert.True(path.Distances[^1] < near, $"ended {path.Distances[^1]} away");
        int[] order = Order(path.Frames.Value(0));
        for (int i = 1; i < path.Frames.Count; i++)
        {
            Assert.Equal(order, Order(path.Frames.Value(i)));
            Assert.True(path.Distances[i] <= path.Distances[i - 1]);
        }
    }

    private static double[] Digit(int row, double white)
    {
        DataArray image = DataFile.Read($"{Shared.Path(Images)}:{row}");
        return [.. image.Values.Select(value => value / 255 * white)];
    }

    private static int[] Order(ReadOnlySpan<double> value)
    {
        double[] values = value.ToArray();
        return [.. Enumerable.Range(0, values.Length).OrderByDescending(k => values[k])];
    }
}
