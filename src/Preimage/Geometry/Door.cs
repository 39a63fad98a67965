using Preimage.Maps;

namespace Preimage.Geometry;

/// <summary>What is checked once, where a point comes in.</summary>
internal static class Door
{
    /// <summary>The point must have the map's number of inputs and be finite.</summary>
    public static void CheckPoint(IMap map, ReadOnlySpan<double> x, string what)
    {
        if (x.Length != map.Inputs)
        {
            throw new ArgumentException(
                $"{what} has {x.Length} coordinates, but the map takes {map.Inputs}; give {map.Inputs}."
            );
        }

        for (int i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i]))
            {
                throw new ArgumentException($"Coordinate {i + 1} of {Lower(what)} is {x[i]:R}; give a finite number.");
            }
        }
    }

    /// <summary>The start must lie in a box of its own dimension.  start: [n].</summary>
    public static void CheckInside(ReadOnlySpan<double> start, Box box)
    {
        if (box.Dimension != start.Length)
        {
            throw new ArgumentException(
                $"The box has {box.Dimension} sides, but the map takes {start.Length} inputs; give one interval for each input."
            );
        }

        for (int i = 0; i < start.Length; i++)
        {
            if (!(start[i] >= box.Lower[i] && start[i] <= box.Upper[i]))
            {
                throw new ArgumentException(
                    $"The start lies outside the box: coordinate {i + 1} is {start[i]:R}, but the box allows {box.Lower[i]:R} to {box.Upper[i]:R}; move the start or give a larger box."
                );
            }
        }
    }

    /// <summary>The map must be finite with its derivative.</summary>
    public static void CheckFinite(ReadOnlySpan<double> value, ReadOnlySpan<double> jacobian)
    {
        if (!Vectors.AreFinite(value) || !Vectors.AreFinite(jacobian))
        {
            throw new GeometryException(
                "The map or its derivative is NaN or infinite at the point; choose a point where it is finite."
            );
        }
    }

    private static string Lower(string what) => char.ToLowerInvariant(what[0]) + what[1..];
}
