using Preimage.Maps;

namespace Preimage.Enclosing;

/// <summary>What is checked once, where a search over a box begins.</summary>
internal static class PaverDoor
{
    /// <summary>f must have one output, and the box its dimension, finite bounds and a volume.</summary>
    public static void CheckScalar(IEnclosedMap f, Box box)
    {
        if (f.Outputs != 1)
        {
            throw new ArgumentException($"The map has {f.Outputs} outputs, but only one can be searched; select one.");
        }

        if (box.Dimension != f.Inputs)
        {
            throw new ArgumentException(
                $"The box has {box.Dimension} dimensions, but the map takes {f.Inputs} inputs; give a box of {f.Inputs}."
            );
        }

        for (int i = 0; i < box.Dimension; i++)
        {
            double width = box.Upper[i] - box.Lower[i];
            if (!double.IsFinite(width))
            {
                throw new ArgumentException(
                    $"The box is unbounded in input {i + 1}, from {box.Lower[i]:R} to {box.Upper[i]:R}; give finite bounds."
                );
            }

            if (width <= 0)
            {
                throw new ArgumentException(
                    $"The box has no width in input {i + 1}, where both bounds are {box.Lower[i]:R}; widen it or freeze that input."
                );
            }
        }
    }

    /// <summary>from must not exceed to.</summary>
    public static void CheckBand(double from, double to)
    {
        if (!(from <= to))
        {
            throw new ArgumentException(
                $"The band from {from:R} to {to:R} is reversed or not a number; give the smaller end first."
            );
        }
    }

    /// <summary>f must have one output, and the point its dimension and finite coordinates.</summary>
    public static void CheckPoint(IEnclosedMap f, ReadOnlySpan<double> x)
    {
        if (f.Outputs != 1 || x.Length != f.Inputs)
        {
            throw new ArgumentException(
                $"A point of {x.Length} coordinates cannot be judged by a map of {f.Inputs} inputs and {f.Outputs} outputs; give {f.Inputs} coordinates and select one output."
            );
        }

        for (int i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i]))
            {
                throw new ArgumentException($"Coordinate {i + 1} of the point is {x[i]:R}; give a finite number.");
            }
        }
    }
}
