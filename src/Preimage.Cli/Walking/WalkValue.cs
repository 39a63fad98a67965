using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Cli.Walking;

/// <summary>A walk among the inputs that give an output, by --value: from the point of it that is found from --at.</summary>
internal static class WalkValue
{
    private const int Shown = 6;

    /// <summary>The question from a point of the output.</summary>
    /// <exception cref="ArgumentException">The text is no output of the map.</exception>
    /// <exception cref="GeometryException">No input of the box that gives it was found.</exception>
    public static WalkQuestion Reach(WalkQuestion question, string text, int seed, CancellationToken cancellation)
    {
        double[] value = Numbers.Parse(text, "--value");
        int outputs = question.Choice.Map.Outputs;
        if (value.Length != outputs)
        {
            throw new ArgumentException(
                $"--value has {Numbers.Count(value.Length, "number")}, but the map has {Numbers.Count(outputs, "output")} ({VariableNames.List(question.Signature.Outputs)}); give one for each, or choose outputs with --outputs."
            );
        }

        if (Array.Exists(value, y => !double.IsFinite(y)))
        {
            throw new ArgumentException($"--value is {text}; give finite numbers.");
        }

        Arrival arrival = new ValueSearch { Seed = seed }.From(
            question.Choice.Map,
            question.Start,
            value,
            question.Box,
            cancellation
        );
        return arrival.IsReached
            ? question with
            {
                Start = [.. arrival.Point],
                Arrival = arrival,
                Value = [.. value],
            }
            : throw new GeometryException(
                $"--value {text} was not reached in the box: the nearest output found is {Show(arrival)}; give another value, a larger --box, or an --at from which it can be reached."
            );
    }

    private static string Show(Arrival arrival) =>
        Tables.ShowPoint(arrival.Value.Take(Shown)) + (arrival.Value.Length > Shown ? ", ..." : "");
}
