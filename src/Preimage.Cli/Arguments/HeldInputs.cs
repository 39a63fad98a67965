using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Cli.Arguments;

/// <summary>Which inputs are held and at which values, and where the others start.</summary>
internal sealed record HeldInputs
{
    private const int Shown = 4;

    /// <summary>The values of the inputs that are held, others of no meaning: [all inputs].</summary>
    public required double[] Point { get; init; }

    /// <summary>The inputs that are held, from 0.</summary>
    public required int[] Inputs { get; init; }

    /// <summary>The inputs that are free, from 0, ascending.</summary>
    public required int[] Free { get; init; }

    /// <summary>The free coordinates of --at; null where there is none.</summary>
    public required double[]? Start { get; init; }

    /// <summary>Whether any is held.</summary>
    public bool Any => Inputs.Length > 0;

    /// <summary>The values that are held, as --fix would name them.</summary>
    public string Values(ImmutableArray<Variable> inputs) =>
        string.Join(", ", Inputs.Select(i => $"{inputs[i].Name}={Point[i]:R}"));

    /// <summary>The values that are held, for reading; of many the first ones.</summary>
    public string Show(ImmutableArray<Variable> inputs)
    {
        string shown = string.Join(
            ", ",
            Inputs
                .Take(Shown)
                .Select(i =>
                    $"{inputs[i].Name} = {Point[i]:G6}{(inputs[i].Unit.Length > 0 ? " " : "")}{inputs[i].Unit}"
                )
        );
        return Inputs.Length > Shown ? $"{shown} and {Inputs.Length - Shown} more" : shown;
    }

    /// <summary>Reads --fix, --free and --at.</summary>
    /// <exception cref="ArgumentException">There is no such input, a value is missing, or none is left free.</exception>
    public static HeldInputs Of(ImmutableArray<Variable> inputs, SliceWords words)
    {
        SortedDictionary<int, double> values = [];
        foreach (string assignment in words.Fixed)
        {
            (int input, double value) = Assignment(assignment, inputs);
            if (!values.TryAdd(input, value))
            {
                throw new ArgumentException($"--fix names {inputs[input].Name} twice; hold it at one value.");
            }
        }

        int[] left = [.. Enumerable.Range(0, inputs.Length).Where(i => !values.ContainsKey(i))];
        double[]? at = words.At is null
            ? null
            : PointArgument.Parse(words.At, new Signature([.. left.Select(i => inputs[i])], []));
        int[] free = words.Free is null ? left : Freed(words.Free, inputs, values);
        foreach (int i in left.Except(free))
        {
            values[i] = at is null
                ? throw new ArgumentException(
                    $"--free leaves {inputs[i].Name} without a value; give one for every input with --at, or --fix {inputs[i].Name}=0.5."
                )
                : at[Array.IndexOf(left, i)];
        }

        if (free.Length == 0)
        {
            throw new ArgumentException("All inputs are held; leave some free.");
        }

        double[] point = new double[inputs.Length];
        foreach ((int input, double value) in values)
        {
            point[input] = value;
        }

        return new HeldInputs
        {
            Point = point,
            Inputs = [.. values.Keys],
            Free = free,
            Start = at is null ? null : [.. free.Select(i => at[Array.IndexOf(left, i)])],
        };
    }

    private static (int Input, double Value) Assignment(string text, ImmutableArray<Variable> inputs)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
        {
            throw new ArgumentException($"--fix has '{text}'; write an input and its value, as in x3=0.5.");
        }

        int input = VariableNames.Find(text[..equals].Trim(), inputs, "--fix");
        double value = Numbers.ParseOne(text[(equals + 1)..].Trim(), "--fix");
        return double.IsFinite(value)
            ? (input, value)
            : throw new ArgumentException($"--fix has '{text}', which is not finite; hold the input at a number.");
    }

    private static int[] Freed(string text, ImmutableArray<Variable> inputs, SortedDictionary<int, double> values)
    {
        int[] free = [.. VariableNames.FindAll(text, inputs, "--free").Order()];
        int twice = Array.FindIndex(free, i => free.Count(j => j == i) > 1);
        if (twice >= 0)
        {
            throw new ArgumentException($"--free names {inputs[free[twice]].Name} twice; name it once.");
        }

        int both = Array.FindIndex(free, values.ContainsKey);
        return both < 0
            ? free
            : throw new ArgumentException(
                $"--free and --fix both name {inputs[free[both]].Name}; an input is either free or held."
            );
    }
}
