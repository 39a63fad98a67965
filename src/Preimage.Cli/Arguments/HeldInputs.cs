using Preimage.Maps;

namespace Preimage.Cli.Arguments;

/// <summary>Which inputs are held and at which values, and where the others start.</summary>
internal sealed record HeldInputs
{
    private const int Shown = 4;

    /// <summary>The values of the inputs that are held; those of the free ones are their start, 0 where there is none: [all inputs].</summary>
    public required double[] Point { get; init; }

    /// <summary>The inputs that are held, from 0, ascending.</summary>
    public required int[] Inputs { get; init; }

    /// <summary>The inputs that are free, from 0, ascending.</summary>
    public required int[] Free { get; init; }

    /// <summary>The free coordinates of the point; null where there is none.</summary>
    public required double[]? Start { get; init; }

    /// <summary>Whether any is held.</summary>
    public bool Any => Inputs.Length > 0;

    /// <summary>The values that are held, as --fix would name them.</summary>
    public string Values(NamedTensor inputs) =>
        string.Join(", ", Inputs.Select(i => $"{inputs.Variables[i].Name}={Point[i]:R}"));

    /// <summary>The values that are held, for reading; of many the first ones.</summary>
    public string Show(NamedTensor inputs)
    {
        string shown = string.Join(", ", Inputs.Take(Shown).Select(i => Show(inputs.Variables[i], Point[i])));
        return Inputs.Length > Shown ? $"{shown} and {Inputs.Length - Shown} more" : shown;
    }

    /// <summary>Reads --fix, --free and --at.</summary>
    /// <param name="inputs">All inputs.</param>
    /// <param name="image">A point of all inputs that stands for --at where that is not given, as the image of a point of the model; empty for none.</param>
    /// <param name="words">What was said.</param>
    /// <exception cref="ArgumentException">There is no such input, a value is missing, or none is left free.</exception>
    public static HeldInputs Of(NamedTensor inputs, ReadOnlySpan<double> image, SliceWords words)
    {
        int count = inputs.Variables.Length;
        double?[] values = Fixed(inputs, words.Fixed);
        int[] left = [.. Enumerable.Range(0, count).Where(i => values[i] is null)];
        if (left.Length == 0)
        {
            throw new ArgumentException("All inputs are held; leave some free.");
        }

        double[]? at = At(inputs, left, image, words);
        if (at is null && words.PointIsNeeded)
        {
            throw new ArgumentException(
                $"--at is missing: give a point of {Numbers.Count(left.Length, "number")}, one for each of {VariableNames.List([.. left.Select(i => inputs.Variables[i])])}, a row of a file, as in points.csv:1, or an image."
            );
        }

        int[] free = words.Free.Length == 0 ? left : Freed(inputs, words, values);
        double[] point = Whole(inputs, (values, left, free), at);
        return new HeldInputs
        {
            Point = point,
            Inputs = Except(count, free),
            Free = free,
            Start = at is null ? null : [.. free.Select(i => point[i])],
        };
    }

    private static double?[] Fixed(NamedTensor inputs, string[] assignments)
    {
        double?[] values = new double?[inputs.Variables.Length];
        foreach (string assignment in assignments)
        {
            (int[] named, double value) = Assignment(assignment, inputs);
            foreach (int input in named)
            {
                values[input] = values[input] is null
                    ? value
                    : throw new ArgumentException(
                        $"--fix names {inputs.Variables[input].Name} twice; hold it at one value."
                    );
            }
        }

        return values;
    }

    /// <summary>The coordinates of the point in the inputs that --fix leaves; null where there is no point.</summary>
    private static double[]? At(NamedTensor inputs, int[] left, ReadOnlySpan<double> image, SliceWords words)
    {
        if (words.At is { } text)
        {
            Signature signature = new([.. left.Select(i => inputs.Variables[i])], []);
            return words.Fixed.Length > 0 && AllOf(inputs, text, words) is { } all
                ? [.. left.Select(i => all[i])]
                : PointArgument.Parse(text, signature, words.Reading(inputs.Shape));
        }

        if (image.IsEmpty)
        {
            return null;
        }

        double[] at = new double[left.Length];
        for (int k = 0; k < left.Length; k++)
        {
            at[k] = image[left[k]];
        }

        return at;
    }

    /// <summary>A point of all inputs, as an image is, of which --fix then replaces some; null where the text is none.</summary>
    private static double[]? AllOf(NamedTensor inputs, string text, SliceWords words)
    {
        try
        {
            return PointArgument.Parse(text, new Signature(inputs.Variables, []), words.Reading(inputs.Shape));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>All coordinates: of --fix, of the point, 0 for a free one without either.</summary>
    private static double[] Whole(NamedTensor inputs, (double?[] Values, int[] Left, int[] Free) choice, double[]? at)
    {
        double[] point = [.. choice.Values.Select(value => value ?? 0)];
        for (int k = 0; k < choice.Left.Length; k++)
        {
            int i = choice.Left[k];
            point[i] =
                at is not null ? at[k]
                : Array.BinarySearch(choice.Free, i) >= 0 ? 0
                : throw new ArgumentException(
                    $"--free leaves {inputs.Variables[i].Name} without a value; give one for every input with --at, or --fix {inputs.Variables[i].Name}=0.5."
                );
        }

        return point;
    }

    private static int[] Except(int count, int[] free)
    {
        bool[] isFree = new bool[count];
        Array.ForEach(free, i => isFree[i] = true);
        return [.. Enumerable.Range(0, count).Where(i => !isFree[i])];
    }

    private static (int[] Inputs, double Value) Assignment(string text, NamedTensor inputs)
    {
        int equals = text.LastIndexOf('=');
        if (equals < 1)
        {
            throw new ArgumentException($"--fix has '{text}'; write an input and its value, as in x3=0.5.");
        }

        int[] named = VariableNames.FindAll(text[..equals].Trim(), inputs, "--fix");
        double value = Numbers.ParseOne(text[(equals + 1)..].Trim(), "--fix");
        return double.IsFinite(value)
            ? (named, value)
            : throw new ArgumentException($"--fix has '{text}', which is not finite; hold the input at a number.");
    }

    private static int[] Freed(NamedTensor inputs, SliceWords words, double?[] values)
    {
        int[] free = FreeArgument.Parse(words.Free, words.PatchSize, inputs);
        int both = Array.FindIndex(free, i => values[i] is not null);
        return both < 0
            ? free
            : throw new ArgumentException(
                $"--free and --fix both name {inputs.Variables[free[both]].Name}; an input is either free or held."
            );
    }

    private static string Show(Variable variable, double value) =>
        $"{variable.Name} = {value:G6}{(variable.Unit.Length > 0 ? " " : "")}{variable.Unit}";
}
