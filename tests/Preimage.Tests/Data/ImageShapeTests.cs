using CsCheck;
using Preimage.Data.Images;

namespace Preimage.Tests.Data;

/// <summary>The one reading of a shape as an image.</summary>
public class ImageShapeTests
{
    [Theory]
    [InlineData(new[] { 28, 28 }, 1, 28, 28, false)]
    [InlineData(new[] { 1, 28, 28 }, 1, 28, 28, false)]
    [InlineData(new[] { 1, 1, 28, 28 }, 1, 28, 28, false)]
    [InlineData(new[] { 1, 28, 28, 1 }, 1, 28, 28, true)]
    [InlineData(new[] { 1, 3, 32, 48 }, 3, 32, 48, false)]
    [InlineData(new[] { 1, 128, 64, 3 }, 3, 128, 64, true)]
    [InlineData(new[] { 1, 1, 1, 3, 5, 7 }, 3, 5, 7, false)]
    [InlineData(new[] { 1, 4, 32, 32 }, 4, 32, 32, false)]
    [InlineData(new[] { 1, 32, 32, 4 }, 4, 32, 32, true)]
    [InlineData(new[] { 1, 2, 4, 6 }, 2, 4, 6, false)]
    [InlineData(new[] { 1, 6, 4, 2 }, 2, 6, 4, true)]
    // Both readings are possible: 1 or 3 channels before 2 or 4, and the channels first where that does not decide.
    [InlineData(new[] { 1, 3, 3, 3 }, 3, 3, 3, false)]
    [InlineData(new[] { 1, 4, 4, 3 }, 3, 4, 4, true)]
    [InlineData(new[] { 2, 2, 2 }, 2, 2, 2, false)]
    [InlineData(new[] { 1, 5, 3 }, 1, 5, 3, false)]
    [InlineData(new[] { 3, 2, 4 }, 3, 2, 4, false)]
    // The first reading has a single row.
    [InlineData(new[] { 4, 6, 1 }, 1, 4, 6, true)]
    [InlineData(new[] { 2, 2 }, 1, 2, 2, false)]
    public void AShape_IsReadAsAnImage(int[] shape, int channels, int height, int width, bool last) =>
        Assert.Equal(new ImageShape(channels, height, width, last), ImageShape.Of(shape));

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 4 })]
    [InlineData(new[] { 1, 784 })]
    [InlineData(new[] { 784, 1 })]
    [InlineData(new[] { 1, 1, 1, 784 })]
    [InlineData(new[] { 3, 1, 100 })]
    [InlineData(new[] { 1, 16, 16, 16 })]
    [InlineData(new[] { 1, 512, 3, 3 })]
    [InlineData(new[] { 1, 512, 4, 4 })]
    [InlineData(new[] { 2, 3, 32, 32 })]
    [InlineData(new[] { 0, 32, 32 })]
    [InlineData(new[] { 3, 0, 32 })]
    public void OtherShapes_AreNoImages(int[] shape) => Assert.Null(ImageShape.Of(shape));

    [Theory]
    [InlineData(new[] { 3, 5, 3 }, false, 3, 5, 3)]
    [InlineData(new[] { 3, 5, 3 }, true, 3, 3, 5)]
    [InlineData(new[] { 1, 2, 8, 3 }, false, 2, 8, 3)]
    [InlineData(new[] { 8, 8 }, true, 1, 8, 8)]
    [InlineData(new[] { 8, 3, 3 }, true, 3, 8, 3)]
    public void ChannelsStandWhereOneSays(int[] shape, bool last, int channels, int height, int width) =>
        Assert.Equal(new ImageShape(channels, height, width, last), ImageShape.Of(shape, channelsLast: last));

    [Theory]
    [InlineData(new[] { 1, 3, 32, 32 }, true)]
    [InlineData(new[] { 1, 32, 32, 3 }, false)]
    public void ChannelsThatCannotStandThere_AreNone(int[] shape, bool last) =>
        Assert.Null(ImageShape.Of(shape, channelsLast: last));

    [Theory]
    [InlineData(new[] { 1, 64, 32, 48 }, 64, 32, 48, false)]
    [InlineData(new[] { 1, 512, 3, 3 }, 512, 3, 3, false)]
    [InlineData(new[] { 1, 6, 6, 3 }, 3, 6, 6, true)]
    [InlineData(new[] { 1, 16, 8, 4 }, 4, 16, 8, true)]
    public void ManyChannels_AreReadWhereOneAsksForThem(int[] shape, int channels, int height, int width, bool last) =>
        Assert.Equal(new ImageShape(channels, height, width, last), ImageShape.Of(shape, mostChannels: int.MaxValue));

    [Theory]
    [InlineData(new[] { 1, 784 }, 1, 28)]
    [InlineData(new[] { 12 }, 3, 2)]
    [InlineData(new[] { 1, 1, 3072, 1 }, 3, 32)]
    public void ARow_IsASquare(int[] shape, int channels, int side) =>
        Assert.Equal(new ImageShape(channels, side, side, true), ImageShape.Square(shape, channelsLast: true));

    [Theory]
    [InlineData(new[] { 3 })]
    [InlineData(new[] { 1, 1 })]
    [InlineData(new[] { 5 })]
    [InlineData(new[] { 4, 4 })]
    [InlineData(new[] { int.MaxValue })]
    public void OtherRows_AreNone(int[] shape) => Assert.Null(ImageShape.Square(shape, channelsLast: false));

    /// <summary>The row-major places of [C, H, W] and of [H, W, C].</summary>
    [Fact]
    public void Places_AreRowMajor() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[2, 6], Gen.Int[2, 6], Gen.Bool)
            .Sample(
                (channels, height, width, last) =>
                {
                    ImageShape image = new(channels, height, width, last);
                    int[] order = last ? [height, width, channels] : [channels, height, width];
                    int next = 0;
                    for (int i = 0; i < order[0]; i++)
                    {
                        for (int j = 0; j < order[1]; j++)
                        {
                            for (int k = 0; k < order[2]; k++)
                            {
                                Assert.Equal(next++, last ? image.Place(k, i, j) : image.Place(i, j, k));
                            }
                        }
                    }
                },
                iter: 100
            );
}
