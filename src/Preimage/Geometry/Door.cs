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
