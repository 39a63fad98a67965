using System.Collections.Immutable;

namespace Preimage.Cli.Arguments;

/// <summary>A tensor seen as images: planes of rows and columns, with the channels before them, as most models have it, or after them.</summary>
/// <param name="Planes">How many planes stand before the rows.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">How many numbers a pixel has in one plane: 1, or all channels where they come last.</param>
internal sealed record ImagePlanes(int Planes, int Height, int Width, int Channels)
{
    /// <summary>The most channels that a tensor is seen to have last.</summary>
    private const int MostColours = 4;

    /// <summary>The images of a tensor.</summary>
    /// <exception cref="ArgumentException">It has no rows and columns.</exception>
    public static ImagePlanes Of(NamedTensor tensor, string word)
    {
        ImmutableArray<int> shape = tensor.Shape;
        if (shape.Count(extent => extent > 1) < 2)
        {
            throw new ArgumentException(
                $"--free has '{word}', but the input of shape {tensor.ShowShape()} has no rows and columns; name inputs by numbers, as in 0..3."
            );
        }

        bool channelsLast =
            shape.Length >= 3 && shape[^1] <= MostColours && shape[^2] > MostColours && shape[^3] > MostColours;
        (int height, int width, int channels) = channelsLast
            ? (shape[^3], shape[^2], shape[^1])
            : (shape[^2], shape[^1], 1);
        return new ImagePlanes(tensor.Variables.Length / (height * width * channels), height, width, channels);
    }

    /// <summary>The numbers of a rectangle's pixels in all planes and channels; ends included.</summary>
    public IEnumerable<int> Rectangle((int First, int Last) rows, (int First, int Last) columns)
    {
        for (int plane = 0; plane < Planes; plane++)
        {
            for (int row = rows.First; row <= rows.Last; row++)
            {
                int start = ((plane * Height + row) * Width + columns.First) * Channels;
                foreach (int place in Enumerable.Range(start, (columns.Last - columns.First + 1) * Channels))
                {
                    yield return place;
                }
            }
        }
    }
}
