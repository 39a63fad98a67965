using System.Collections.Immutable;

namespace Preimage.Data.Images;

/// <summary>Which colours the channels of a model's input are, in which order.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,

    /// <summary>One channel: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601).</summary>
    Gray,
}

/// <summary>Which index of a model's input runs fastest.</summary>
public enum ImageLayout
{
    /// <summary>Channels, height, width: one plane after the other.</summary>
    Chw,

    /// <summary>Height, width, channels: one pixel after the other.</summary>
    Hwc,
}

/// <summary>How an image gets the size of a model's input.</summary>
public enum Cropping
{
    /// <summary>It must have it.</summary>
    None,

    /// <summary>The middle is cut out; where the image is smaller, the background is laid around it.</summary>
    Center,

    /// <summary>It is stretched or shrunk to it, each side by itself.</summary>
    Fit,
}

/// <summary>
/// What is done to an image to make a model's input of it, in this order: its background is filled in, its channels are put in order, it is
/// scaled (<see cref="Size"/>) and cropped, and each value v of channel c, 0 to 255, becomes (v * Scale - Mean[c]) / Deviation[c].
/// </summary>
public sealed record Preprocessing
{
    /// <summary>What the values 0 to 255 are multiplied by.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What is then subtracted: one number for all channels, or one for each in the model's order.</summary>
    public ImmutableArray<double> Mean { get; init; } = [0];

    /// <summary>What is then divided by: one number for all channels, or one for each in the model's order.</summary>
    public ImmutableArray<double> Deviation { get; init; } = [1];

    /// <summary>The colours of the channels; null takes grey for one channel and red, green, blue for three.</summary>
    public ChannelOrder? Order { get; init; }

    /// <summary>Where the channels stand; null reads it off the shape, as <see cref="ImageShape.Of"/> does.</summary>
    public ImageLayout? Layout { get; init; }

    /// <summary>The length that the shorter side is scaled to before cropping, bilinear with antialiasing; null leaves the image as it is.</summary>
    public int? Size { get; init; }

    /// <summary>How it gets the model's size.</summary>
    public Cropping Crop { get; init; }

    /// <summary>The side that the cropping was made for; null takes the model's size, whatever it is.</summary>
    public int? CropSize { get; init; }

    /// <summary>What stands behind transparent pixels and around small images: one level for all channels, or red, green, blue, from 0 to 255; null refuses them.</summary>
    public ImmutableArray<double>? Background { get; init; }

    /// <summary>Reads a text such as caffe, or scale=1/255,mean=0.485;0.456;0.406,std=0.229;0.224;0.225,order=rgb,size=256,crop=224, or both: imagenet,size=232.</summary>
    /// <exception cref="ArgumentException">It has an unknown word, or a number that cannot be.</exception>
    public static Preprocessing Parse(string text) => PreprocessingText.Parse(text);

    /// <summary>The text that <see cref="Parse"/> reads back to the same.</summary>
    public override string ToString() => PreprocessingText.Of(this);

    /// <summary>The same with everything settled that depends on a model's shape, so that its text says all.</summary>
    /// <exception cref="ArgumentException">No image has that shape, or the settings do not fit it.</exception>
    public Preprocessing For(ImmutableArray<int> shape)
    {
        ImageShape input = Input(shape);
        return this with { Order = OrderFor(input), Layout = input.ChannelsLast ? ImageLayout.Hwc : ImageLayout.Chw };
    }

    /// <summary>The values that an input takes of an image: [product of shape].</summary>
    /// <exception cref="ArgumentException">The image does not fit the shape.</exception>
    internal ImmutableArray<double> Values(Pixels image, ImmutableArray<int> shape, string file)
    {
        ImageShape input = Input(shape);
        double[] colors = new PixelColors(image, file).In(OrderFor(input), Background);
        double[] framed = new ImageFraming(this, input, file).Apply(colors, image.Height, image.Width, OrderFor(input));
        double[] values = new double[framed.Length];
        for (int y = 0; y < input.Height; y++)
        {
            for (int x = 0; x < input.Width; x++)
            {
                for (int c = 0; c < input.Channels; c++)
                {
                    double value = framed[(y * input.Width + x) * input.Channels + c];
                    values[input.Place(c, y, x)] = (value * Scale - Of(Mean, c)) / Of(Deviation, c);
                }
            }
        }

        return [.. values];
    }

    /// <summary>The image that values stand for, grey or red, green, blue; it may lie outside 0 to 255.</summary>
    /// <exception cref="ArgumentException">The values are not finite, or do not fit the shape.</exception>
    public Pixels Image(ReadOnlySpan<double> values, ImmutableArray<int> shape)
    {
        ImageShape input = Input(shape);
        double[] pixels = new double[input.Height * input.Width * input.Channels];
        if (values.Length != pixels.Length)
        {
            throw new ArgumentException(
                $"An image of the shape {DataArray.ShapeOf(shape)} has {pixels.Length} values, not {values.Length}."
            );
        }

        bool isReversed = OrderFor(input) == ChannelOrder.Bgr;
        for (int y = 0; y < input.Height; y++)
        {
            for (int x = 0; x < input.Width; x++)
            {
                for (int c = 0; c < input.Channels; c++)
                {
                    double value = values[input.Place(c, y, x)];
                    int to = isReversed ? 2 - c : c;
                    pixels[(y * input.Width + x) * input.Channels + to] = double.IsFinite(value)
                        ? (value * Of(Deviation, c) + Of(Mean, c)) / Scale
                        : throw new ArgumentException($"Value {input.Place(c, y, x) + 1} of the image is not finite.");
                }
            }
        }

        return new Pixels(input.Width, input.Height, input.Channels, [.. pixels]);
    }

    private ImageShape Input(ImmutableArray<int> shape)
    {
        bool? isLast = Layout is { } layout ? layout == ImageLayout.Hwc : null;
        ImageShape? image = ImageShape.Of(shape, isLast) ?? ImageShape.Square(shape, isLast ?? false);
        if (image is not { Channels: 1 or 3 } input)
        {
            throw new ArgumentException(
                $"The model's input has the shape {DataArray.ShapeOf(shape)}, which is no image of 1 or 3 channels"
                    + (Layout is { } given ? $" with layout={PreprocessingText.Word(given)}" : "")
                    + "; give its numbers in another file."
            );
        }

        ImmutableArray<double>[] lists = [Mean, Deviation];
        if (Array.Exists(lists, list => list.Length != 1 && list.Length != input.Channels))
        {
            throw new ArgumentException(
                $"The preprocessing has {Mean.Length} means and {Deviation.Length} deviations, but the input has {input.Channels} channels; give one number for all, or one for each."
            );
        }

        return input;
    }

    private ChannelOrder OrderFor(ImageShape input)
    {
        ChannelOrder order = Order ?? (input.Channels == 1 ? ChannelOrder.Gray : ChannelOrder.Rgb);
        return order == ChannelOrder.Gray == (input.Channels == 1)
            ? order
            : throw new ArgumentException(
                $"order={PreprocessingText.Word(order)} has {(order == ChannelOrder.Gray ? 1 : 3)} channels, but the model's input has {input.Channels}; leave the order out, or choose another."
            );
    }

    private static double Of(ImmutableArray<double> list, int channel) => list.Length == 1 ? list[0] : list[channel];
}
