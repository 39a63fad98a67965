using Preimage.Figures;
using Preimage.Maps;

namespace Preimage.Cli.Arguments;

/// <summary>A box of R^n: lo,hi for every input, or lo1,hi1,lo2,hi2,... one pair for each; without it, the ranges in the model's metadata.</summary>
internal static class BoxArgument
{
    /// <summary>Of more inputs a record names where a point or a box came from, and not its numbers.</summary>
    public const int MostListed = 1000;

    /// <summary>The box for the record: its sides or, of many inputs, the words that named it.</summary>
    public static Setting Record(Box box, string? text) =>
        box.Dimension <= MostListed
            ? new("box", [.. box.Lower.Zip(box.Upper).SelectMany(side => new[] { side.First, side.Second })])
            : new("box", text ?? "the ranges in the model's metadata");

    /// <summary>The box that the text names, or the signature's.</summary>
    /// <exception cref="ArgumentException">It is no box of the model's dimension.</exception>
    public static Box Parse(string? text, Signature signature)
    {
        if (text is null)
        {
            return signature.Box;
        }

        int n = signature.Inputs.Length;
        double[] bounds = Numbers.Parse(text, "--box");
        if (bounds.Length == 2)
        {
            bounds = [.. Enumerable.Repeat(bounds, n).SelectMany(pair => pair)];
        }

        for (int i = 0; 2 * n == bounds.Length && i < n; i++)
        {
            if (bounds[2 * i] > bounds[2 * i + 1])
            {
                throw new ArgumentException(
                    $"--box is reversed in {signature.Inputs[i].Name}: {bounds[2 * i]:R} lies above {bounds[2 * i + 1]:R}; give the lower bound first."
                );
            }
        }

        return bounds.Length == 2 * n
            ? new Box([.. bounds.Where((_, i) => i % 2 == 0)], [.. bounds.Where((_, i) => i % 2 == 1)])
            : throw new ArgumentException(
                $"--box has {Numbers.Count(bounds.Length, "number")}, but the model has {Numbers.Count(n, "input")}; give lo,hi for all of them or {2 * n} numbers lo1,hi1,...,lo{n},hi{n}."
            );
    }

    /// <summary>Refuses a start outside the box, by its first coordinate there.</summary>
    /// <exception cref="ArgumentException">It lies outside, or is not finite.</exception>
    public static void Demand(Box box, Signature signature, ReadOnlySpan<double> start)
    {
        for (int i = 0; i < start.Length; i++)
        {
            if (!(start[i] >= box.Lower[i] && start[i] <= box.Upper[i]))
            {
                throw new ArgumentException(
                    $"--at lies outside the box: {signature.Inputs[i].Name} is {start[i]:R}, and the box goes from {box.Lower[i]:R} to {box.Upper[i]:R}; give a point inside, or a larger --box."
                );
            }
        }
    }
}
