using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Cli.Arguments;

/// <summary>The variables of a tensor with its shape, in which they have places.</summary>
/// <param name="Variables">Names, row-major: [product of Shape].</param>
/// <param name="Shape">The extents.</param>
internal sealed record NamedTensor(ImmutableArray<Variable> Variables, ImmutableArray<int> Shape)
{
    /// <summary>Variables in a row.</summary>
    public static NamedTensor Row(ImmutableArray<Variable> variables) => new(variables, [variables.Length]);

    /// <summary>The shape as a person reads it: 1x3x32x32.</summary>
    public string ShowShape() => string.Join('x', Shape);

    /// <summary>For the end of a refusal: how a place is written; nothing where all is in a row.</summary>
    public string PlaceHint =>
        Shape.Count(extent => extent > 1) > 1
            ? $", or its place in {ShowShape()}, as in [{string.Join(',', Shape.Select(e => e - 1))}]"
            : "";

    /// <summary>The variable at a place, as in x[0,3,5] or [0,3,5]; null where the word is no place. Leading axes of extent 1 may be left out.</summary>
    /// <exception cref="ArgumentException">The place has another number of axes, or lies outside.</exception>
    public int? TryPlace(string word, string option)
    {
        int open = word.IndexOf('[', StringComparison.Ordinal);
        if (open < 0 || !word.EndsWith(']'))
        {
            return null;
        }

        string[] numbers = word[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
        int missing = Shape.Length - numbers.Length;
        if (missing < 0 || Shape.Take(missing).Any(extent => extent != 1))
        {
            throw new ArgumentException(
                $"{option} has '{word}', a place with {numbers.Length} numbers, but the tensor is {ShowShape()}; give one for each axis."
            );
        }

        int index = 0;
        for (int axis = missing; axis < Shape.Length; axis++)
        {
            if (!int.TryParse(numbers[axis - missing], out int at) || at < 0 || at >= Shape[axis])
            {
                throw new ArgumentException(
                    $"{option} has '{word}', where '{numbers[axis - missing]}' is not from 0 to {Shape[axis] - 1}; the tensor is {ShowShape()}."
                );
            }

            index = index * Shape[axis] + at;
        }

        return index;
    }
}
