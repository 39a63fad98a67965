using System.Collections.Immutable;

namespace Preimage.Data.Images;

/// <summary>Reads PNG, JPEG and BMP images, and writes PNG.</summary>
public static class ImageFile
{
    /// <summary>An image file larger than this is not read.</summary>
    private const long LargestFile = 1L << 29;

    /// <summary>The image of a file, told by its first bytes.</summary>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    /// <exception cref="DataException">It is no image of these kinds, or damaged.</exception>
    public static Pixels Read(string file)
    {
        if (!File.Exists(file))
        {
            throw new ArgumentException($"The file '{file}' does not exist.");
        }

        byte[] bytes;
        try
        {
            bytes =
                new FileInfo(file).Length <= LargestFile
                    ? File.ReadAllBytes(file)
                    : throw new DataException(
                        $"'{file}' is larger than {LargestFile} bytes, the largest image that is read."
                    );
        }
        catch (Exception bad) when (bad is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"'{file}' cannot be read: {bad.Message.TrimEnd('.')}.", bad);
        }

        return bytes.AsSpan().StartsWith(PngFormat.Signature) ? PngFormat.Read(bytes, file)
            : bytes.AsSpan().StartsWith<byte>([0xFF, 0xD8]) ? JpegFormat.Read(bytes, file)
            : bytes.AsSpan().StartsWith("BM"u8) ? BmpFormat.Read(bytes, file)
            : throw new DataException($"'{file}' is no PNG, JPEG or BMP image.");
    }

    /// <summary>The values that a model's input takes of an image.</summary>
    /// <param name="file">The image.</param>
    /// <param name="preprocessing">What is done to it.</param>
    /// <param name="shape">The shape of the input, as [1, 3, 224, 224].</param>
    /// <exception cref="ArgumentException">There is no such file, or it does not fit the shape.</exception>
    /// <exception cref="DataException">It is no image, or damaged.</exception>
    public static ImmutableArray<double> Read(string file, Preprocessing preprocessing, ImmutableArray<int> shape) =>
        preprocessing.Values(Read(file), shape, file);

    /// <summary>The values that a model's input takes of an image that stands in an array: [height, width], or with 1, 3 or 4 channels first or last.</summary>
    /// <param name="array">Values from 0 to 255.</param>
    /// <param name="preprocessing">What is done to it.</param>
    /// <param name="shape">The shape of the input, as [1, 1, 28, 28].</param>
    /// <param name="name">What to call it in refusals.</param>
    /// <exception cref="ArgumentException">It is no image, or does not fit the shape.</exception>
    public static ImmutableArray<double> Values(
        DataArray array,
        Preprocessing preprocessing,
        ImmutableArray<int> shape,
        string name
    ) => preprocessing.Values(Pixels.Of(array, shape, name), shape, name);

    /// <summary>Writes the image that a model's input stands for: what the preprocessing did is undone, and what is outside 0 to 255 is cut off.</summary>
    /// <param name="file">The file, a PNG.</param>
    /// <param name="values">[product of shape].</param>
    /// <param name="preprocessing">What was done to the image.</param>
    /// <param name="shape">The shape of the input.</param>
    /// <exception cref="ArgumentException">The shape is not that of an image, or the values are not finite or too few.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(
        string file,
        ReadOnlySpan<double> values,
        Preprocessing preprocessing,
        ImmutableArray<int> shape
    )
    {
        Pixels image = Eight(preprocessing.Image(values, shape));
        byte[] bytes = [.. image.Values.Select(value => (byte)value)];
        AtomicFile.Write(
            file,
            image.Channels == 1
                ? PngWriter.Grey(image.Width, image.Height, bytes)
                : PngWriter.TrueColor(image.Width, image.Height, bytes)
        );
    }

    /// <summary>What the image that <see cref="Write"/> writes of a model's input reads back as, as it stands, neither scaled nor cropped: [product of shape].</summary>
    /// <param name="values">[product of shape].</param>
    /// <param name="preprocessing">What was done to the image.</param>
    /// <param name="shape">The shape of the input.</param>
    /// <exception cref="ArgumentException">The shape is not that of an image, or the values are not finite or too few.</exception>
    public static ImmutableArray<double> Rounded(
        ReadOnlySpan<double> values,
        Preprocessing preprocessing,
        ImmutableArray<int> shape
    ) =>
        (preprocessing with { Size = null, Crop = Cropping.None, CropSize = null }).Values(
            Eight(preprocessing.Image(values, shape)),
            shape,
            "the image"
        );

    /// <summary>The image of whole levels from 0 to 255.</summary>
    private static Pixels Eight(Pixels image) =>
        image with
        {
            Values = [.. image.Values.Select(value => Math.Clamp(Math.Round(value), 0, 255))],
        };
}
