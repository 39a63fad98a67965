using System.Collections.Immutable;
using Preimage.Cli.Arguments;
using Preimage.Data;
using Preimage.Data.Images;
using Preimage.Figures;

namespace Preimage.Cli.Output;

/// <summary>How the points of a map are shown in the figures of a trail.</summary>
internal static class TrailShape
{
    // An image of fewer numbers than these is a table's row that happens to have sides.
    private const int LeastDrawn = 32;

    /// <summary>How the points of the map are images: those of the model's input, with what --image says, or of an inner tensor; null where they are none.</summary>
    public static TrailImage? Image(MapChoice choice, SliceWords words)
    {
        TrailImage? image = Image(choice.Network.InputTensor.Shape, words);
        return choice.Held is null || image is null
            ? image
            : image with
            {
                Places = choice.Free,
                Whole = [.. choice.Point],
            };
    }

    /// <summary>How the points of a shape are images, with what --image says; null where they are none.</summary>
    public static TrailImage? Image(ImmutableArray<int> shape, SliceWords words)
    {
        if (
            ImageShape.Of(shape) is not { Channels: 1 or 3 }
            || shape.Aggregate(1L, (product, length) => product * length) < LeastDrawn
        )
        {
            return null;
        }

        bool isFile = words.At is { } at && PointArgument.File(at) is { } file && DataFile.IsImage(file);
        return new TrailImage
        {
            Shape = shape,
            Preprocessing =
                words.At is null ? null
                : words.Image is { } text ? Preprocessing.Parse(text)
                : isFile ? new Preprocessing()
                : null,
        };
    }

    /// <summary>A point in a title: a file without its folder, or the first of many numbers.</summary>
    public static string Short(string point)
    {
        const int Most = 40;
        string name = Path.GetFileName(point);
        return name.Length > Most ? string.Concat(name.AsSpan(0, Most), "…") : name;
    }

    /// <summary>What the outputs are: scores of classes where --logits says so.</summary>
    public static OutputReading Outputs(SliceWords words) =>
        words.Chosen.IsLogits && words.Chosen.Margin is null ? OutputReading.Logits : OutputReading.Unknown;
}
