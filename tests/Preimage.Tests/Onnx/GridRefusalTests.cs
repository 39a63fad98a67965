using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>Operators on grids whose sizes do not fit: one sentence that names the node and what is wrong.</summary>
public class GridRefusalTests
{
    private static readonly long[] Image = [1, 2, 4, 4];

    [Theory]
    [InlineData("strides", 0, "has strides [0, 0], where 2 numbers from 1")]
    [InlineData("strides", -1, "has strides [-1, -1], where 2 numbers from 1")]
    [InlineData("dilations", 0, "has dilations [0, 0], where 2 numbers from 1")]
    [InlineData("dilations", 4, "moves a window that covers 5 elements over an axis of 4")]
    [InlineData("kernel_shape", 5, "has kernel_shape [5, 5], but weights of shape [2, 2]")]
    public void Conv_WithSizesThatDoNotFit(string attribute, long value, string sentence) =>
        Refuses(Conv(Models.Node("Conv", "y", "x", "w").With(attribute, [value, value])), sentence);

    [Fact]
    public void Conv_WithGroupsThatDoNotDivide() =>
        Refuses(
            Conv(Models.Node("Conv", "y", "x", "w").With("group", 3)),
            "convolves 2 channels in 3 groups with weights of shape [2, 2, 2, 2]"
        );

    [Fact]
    public void Conv_WithNegativePads() =>
        Refuses(Conv(Models.Node("Conv", "y", "x", "w").With("pads", [-1L, 0, 0, 0])), "has pads [-1, 0, 0, 0]");

    [Fact]
    public void Conv_WithAnUnknownPadding() =>
        Refuses(
            Conv(Models.Node("Conv", "y", "x", "w").WithText("auto_pad", "MIRROR")),
            "pads by auto_pad 'MIRROR', which is not known"
        );

    [Fact]
    public void Conv_WithABiasOfAnotherSize() =>
        Refuses(
            Conv(Models.Node("Conv", "y", "x", "w", "b")).With("b", [3], 1, 2, 3),
            "has a bias of shape [3] for 2 output channels"
        );

    [Fact]
    public void Conv_OfAVector() =>
        Refuses(
            Models.Of([1, 6], Models.Node("Conv", "y", "x", "w")).With("w", [1, 6], 1, 2, 3, 4, 5, 6),
            "where both must have one rank, 3 or more"
        );

    [Fact]
    public void ConvTranspose_ThatMakesNothing() =>
        Refuses(
            Conv(Models.Node("ConvTranspose", "y", "x", "w").With("pads", [3L, 3, 3, 3])),
            "makes an axis of -1 elements from one of 4"
        );

    [Theory]
    [InlineData("MaxPool")]
    [InlineData("AveragePool")]
    public void Pool_WithoutAWindow(string operation) =>
        Refuses(Models.Of(Image, Models.Node(operation, "y", "x")), "names no kernel_shape");

    [Fact]
    public void Pool_WithPaddingAlone() =>
        Refuses(
            Models.Of(
                [1, 1, 1],
                Models
                    .Node("MaxPool", "y", "x")
                    .With("kernel_shape", [2L])
                    .With("dilations", [2L])
                    .With("pads", [1L, 1L])
            ),
            "has a window that sees nothing but padding along axis 2"
        );

    [Fact]
    public void Pool_OverMoreThanMemoryHolds() =>
        Refuses(
            Models.Of(
                Image,
                Models
                    .Node("MaxPool", "y", "x")
                    .With("kernel_shape", [1L << 20, 1L << 20])
                    .With("pads", [1L << 20, 1L << 20, 1L << 20, 1L << 20])
            ),
            "elements at all positions together are supported"
        );

    [Fact]
    public void Normalization_ByGroupsThatDoNotDivide() =>
        Refuses(
            Models
                .Of(Image, Models.Node("GroupNormalization", "y", "x", "s", "s").With("num_groups", 3))
                .With("s", [2], 1, 2),
            "splits 2 channels into 3 groups"
        );

    [Fact]
    public void Normalization_ByANegativeVariance() =>
        Refuses(
            Models
                .Of(Image, Models.Node("BatchNormalization", "y", "x", "s", "s", "s", "v"))
                .With("s", [2], 1, 2)
                .With("v", [2], 1, -1),
            "has a variance -1 in channel 1, which cannot be divided by"
        );

    [Fact]
    public void Pad_ByAnUnknownMode() =>
        Refuses(
            Models
                .Of(Image, Models.Node("Pad", "y", "x", "pads").WithText("mode", "mirror"))
                .WithIntegers("pads", 0, 0, 1, 1, 0, 0, 1, 1),
            "pads by 'mirror', which is not known"
        );

    [Fact]
    public void Resize_WithoutScalesAndSizes() =>
        Refuses(Models.Of(Image, Models.Node("Resize", "y", "x")), "names neither scales nor sizes");

    [Fact]
    public void Resize_ByAScaleOfZero() =>
        Refuses(
            Models.Of(Image, Models.Node("Resize", "y", "x", "", "scales")).With("scales", [4], 1, 1, 0, 1),
            "has the scales [1, 1, 0, 1], where 4 positive numbers are needed"
        );

    [Fact]
    public void MaxUnpool_ByAPlaceOffTheGrid() =>
        Refuses(
            Models
                .Of(
                    [1, 1, 2],
                    Models.Node("MaxUnpool", "y", "x", "places").With("kernel_shape", [2L]).With("strides", [2L])
                )
                .WithIndices("places", [1, 1, 2], 0, 9),
            "has the index 9, which is not in a grid of 4 elements"
        );

    private static ModelProto Conv(NodeProto node) =>
        Models.Of(Image, node).With("w", [2, 2, 2, 2], [.. Enumerable.Range(0, 16).Select(i => (double)i)]);

    private static void Refuses(ModelProto model, string sentence)
    {
        string message = model.Refusal();
        Assert.Contains($"node 0 'make_y' ({model.Graph.Node[0].OpType}) ", message, StringComparison.Ordinal);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
    }
}
