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
        ImmutableArray<int> shape = choice.Network.InputTensor.Shape;
        if (ImageShape.Of(shape) is not { Channels: 1 or 3 } || choice.Point.Length < LeastDrawn)
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
            Places = choice.Held is null ? [] : choice.Free,
            Whole = choice.Held is null ? [] : [.. choice.Point],
        };
    }

    /// <summary>What the outputs are: scores of classes where --logits says so.</summary>
    public static OutputReading Outputs(SliceWords words) =>
        words.Chosen.IsLogits && words.Chosen.Margin is null ? OutputReading.Logits : OutputReading.Unknown;
}
