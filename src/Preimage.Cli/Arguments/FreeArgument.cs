using Preimage.Data.Images;

namespace Preimage.Cli.Arguments;

/// <summary>
/// Inputs that stay free, as --free names them: names, numbers and ranges; patch:row,column of an image; pixels:rows,columns of an image; token:number
/// of a sequence.
/// </summary>
internal static class FreeArgument
{
    private const string Option = "--free";

    /// <summary>The inputs of all words, ascending.</summary>
    /// <exception cref="ArgumentException">There is no such input, or one is named twice.</exception>
    public static int[] Parse(string[] words, string? patchSize, NamedTensor inputs)
    {
        if (patchSize is not null && !words.Any(word => Kind(word) == "patch"))
        {
            throw new ArgumentException("--patch-size is of a patch; name one with --free patch:0,0, or leave it out.");
        }

        int[] free = [.. words.SelectMany(word => ParseOne(word, patchSize, inputs))];
        Array.Sort(free);
        for (int k = 1; k < free.Length; k++)
        {
            if (free[k] == free[k - 1])
            {
                throw new ArgumentException($"{Option} names {inputs.Variables[free[k]].Name} twice; name it once.");
            }
        }

        return free;
    }

    private static IEnumerable<int> ParseOne(string word, string? patchSize, NamedTensor inputs) =>
        Kind(word) switch
        {
            "patch" => Patch(word, patchSize, ImageOf(inputs, word)),
            "pixels" => Pixels(word, ImageOf(inputs, word)),
            "token" => Tokens(word, inputs),
            _ => VariableNames.FindAll(word, inputs, Option),
        };

    private static string Kind(string word)
    {
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? "" : word[..colon].Trim().ToLowerInvariant();
    }

    /// <summary>patch:row,column or patch:row,column,HxW.</summary>
    private static IEnumerable<int> Patch(string word, string? patchSize, ImageShape image)
    {
        string[] parts = Parts(word);
        string? size = parts.Length == 3 ? parts[2] : patchSize;
        if (parts.Length is not (2 or 3))
        {
            throw new ArgumentException(
                $"{Option} has '{word}'; write a patch's row and column from 0, as in patch:2,3."
            );
        }

        if (size is null)
        {
            throw new ArgumentException(
                $"{Option} has '{word}' without the size of a patch; give it with --patch-size 4x4, or as in {word},4x4."
            );
        }

        (int height, int width) = Size(size);
        (int rows, int columns) = (image.Height / height, image.Width / width);
        if (rows == 0 || columns == 0)
        {
            throw new ArgumentException(
                $"A patch of {size} is larger than the image of {image.Height}x{image.Width}; give a smaller one."
            );
        }

        int row = Within(parts[0], rows, word, "patch row");
        int column = Within(parts[1], columns, word, "patch column");
        return Rectangle(image, (row * height, (row + 1) * height - 1), (column * width, (column + 1) * width - 1));
    }

    /// <summary>pixels:rows,columns, each a number or a range.</summary>
    private static IEnumerable<int> Pixels(string word, ImageShape image)
    {
        string[] parts = Parts(word);
        return parts.Length == 2
            ? Rectangle(image, Range(parts[0], image.Height, word, "row"), Range(parts[1], image.Width, word, "column"))
            : throw new ArgumentException(
                $"{Option} has '{word}'; write rows and columns from 0, as in pixels:4..7,10..15."
            );
    }

    /// <summary>The image that the inputs are; what a network makes of an image has any number of channels.</summary>
    private static ImageShape ImageOf(NamedTensor inputs, string word) =>
        ImageShape.Of(inputs.Shape, mostChannels: int.MaxValue)
        ?? throw new ArgumentException(
            $"{Option} has '{word}', but the input of shape {inputs.ShowShape()} has no rows and columns of pixels; name inputs by numbers, as in 0..3."
        );

    /// <summary>The numbers of a rectangle's pixels in all channels; ends included.</summary>
    private static IEnumerable<int> Rectangle(
        ImageShape image,
        (int First, int Last) rows,
        (int First, int Last) columns
    )
    {
        for (int channel = 0; channel < image.Channels; channel++)
        {
            for (int row = rows.First; row <= rows.Last; row++)
            {
                for (int column = columns.First; column <= columns.Last; column++)
                {
                    yield return image.Place(channel, row, column);
                }
            }
        }
    }

    /// <summary>token:number or token:first..last: rows of the last two axes.</summary>
    private static IEnumerable<int> Tokens(string word, NamedTensor inputs)
    {
        if (inputs.Shape.Length < 2)
        {
            throw new ArgumentException(
                $"{Option} has '{word}', but the input is a row of {Numbers.Count(inputs.Variables.Length, "number")} and no sequence of tokens; name inputs by numbers, as in 0..3."
            );
        }

        (int tokens, int width) = (inputs.Shape[^2], inputs.Shape[^1]);
        int sequences = inputs.Variables.Length / Math.Max(1, tokens * width);
        foreach (string part in Parts(word))
        {
            (int first, int last) = Range(part, tokens, word, "token");
            for (int sequence = 0; sequence < sequences; sequence++)
            {
                foreach (int place in Enumerable.Range((sequence * tokens + first) * width, (last - first + 1) * width))
                {
                    yield return place;
                }
            }
        }
    }

    private static string[] Parts(string word) =>
        word[(word.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',', StringSplitOptions.TrimEntries);

    private static (int Height, int Width) Size(string text)
    {
        string[] sides = text.Split('x', 'X');
        return
            sides.Length == 2
            && int.TryParse(sides[0], out int height)
            && int.TryParse(sides[1], out int width)
            && height > 0
            && width > 0
            ? (height, width)
            : throw new ArgumentException($"The size of a patch is '{text}'; give its height and width, as in 4x4.");
    }

    private static (int First, int Last) Range(string text, int count, string word, string what)
    {
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        int first = Within(dots < 0 ? text : text[..dots], count, word, what);
        int last = dots < 0 ? first : Within(text[(dots + 2)..], count, word, what);
        return first <= last
            ? (first, last)
            : throw new ArgumentException(
                $"{Option} has '{word}', where {text} is reversed; give the first {what} first."
            );
    }

    private static int Within(string text, int count, string word, string what) =>
        int.TryParse(text, out int number) && number >= 0 && number < count
            ? number
            : throw new ArgumentException(
                $"{Option} has '{word}', but there is no {what} '{text.Trim()}'; they are 0 to {count - 1}."
            );
}
