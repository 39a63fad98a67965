using System.Collections.Immutable;
using Preimage.Cli.Output;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Cli.Arguments;

/// <summary>An output that is asked for by --value, instead of that of --at.</summary>
/// <param name="Value">The output: [m].</param>
/// <param name="Seed">Chooses the random starts of the search, where --at leads nowhere.</param>
internal sealed record ValueArgument(ImmutableArray<double> Value, int Seed)
{
    private const int Shown = 6;

    /// <summary>The output that the text names.</summary>
    /// <exception cref="ArgumentException">It is none of the map.</exception>
    public static ValueArgument Parse(string text, Signature signature, int seed)
    {
        double[] value = Numbers.Parse(text, "--value");
        int outputs = signature.Outputs.Length;
        if (value.Length != outputs)
        {
            throw new ArgumentException(
                $"--value has {Numbers.Count(value.Length, "number")}, but the map has {Numbers.Count(outputs, "output")} ({VariableNames.List(signature.Outputs)}); give one for each, or choose outputs with --outputs."
            );
        }

        return Array.TrueForAll(value, double.IsFinite)
            ? new ValueArgument([.. value], seed)
            : throw new ArgumentException($"--value is {text}; give finite numbers.");
    }

    /// <summary>The nearest point of the output that Newton's method finds from a start in the box: [n].</summary>
    /// <exception cref="GeometryException">No input of the box that gives it was found.</exception>
    public Arrival Reach(IMap map, double[] start, Box box, CancellationToken cancellation)
    {
        Arrival arrival = new ValueSearch { Seed = Seed }.From(map, start, Value.AsSpan(), box, cancellation);
        return arrival.IsReached
            ? arrival
            : throw new GeometryException(
                $"--value {string.Join(",", Value.Select(y => y.ToString("R")))} was not reached in the box: the nearest output found is {Show(arrival)}; give another value, a larger --box, or an --at from which it can be reached."
            );
    }

    /// <summary>Outputs with their names and values, for a heading.</summary>
    public static string Show(Signature signature, ImmutableArray<double> value) =>
        string.Join(", ", value.Take(Shown).Select((y, i) => $"{signature.Outputs[i].Label} = {Tables.ShowShort(y)}"))
        + (value.Length > Shown ? ", ..." : "");

    private static string Show(Arrival arrival) =>
        Tables.ShowPoint(arrival.Value.Take(Shown)) + (arrival.Value.Length > Shown ? ", ..." : "");
}
