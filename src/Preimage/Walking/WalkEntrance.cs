using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>Whether there is a fiber to walk through the start.</summary>
internal static class WalkEntrance
{
    // How far around the start to look, as a share of the coordinates, to tell a special point from a flat map.
    private const double Vicinity = 1e-3;

    // Directions to look in.
    private const int Looks = 8;

    /// <summary>Refuses a start around which the output is constant, a singular one, and a fiber that is the start alone.  start: [d].</summary>
    public static void Check(RowSpace frame, WalkGround ground, ReadOnlySpan<double> start)
    {
        frame.At(ground.Map, start);
        if (!frame.IsFinite)
        {
            throw new GeometryException(
                "The map or its derivative is NaN or infinite at the start; choose a point where it is finite."
            );
        }

        int rank = frame.Rank;
        if (rank == ground.Map.Inputs)
        {
            throw new GeometryException(
                $"The fiber is the start alone: the Jacobian has rank {rank} in {ground.Map.Inputs} free inputs; select fewer outputs, or free more inputs."
            );
        }

        if (rank > 0)
        {
            return;
        }

        throw new GeometryException(
            Changes(ground, start)
                ? "The start is singular: the output does not change there to first order, as at a minimum, but around it; start a little to the side."
                : "The output is constant around the start, to rounding: every direction is in the fiber; start where the network responds to its inputs."
        );
    }

    /// <summary>Whether the output changes around the start by more than rounding.</summary>
    private static bool Changes(WalkGround ground, ReadOnlySpan<double> start)
    {
        Generator pattern = new(1);
        double[] point = new double[start.Length];
        double[] value = new double[ground.Map.Outputs];
        for (int k = 0; k < Looks; k++)
        {
            for (int i = 0; i < point.Length; i++)
            {
                double unit = Math.Min(ground.Box.Upper[i] - ground.Box.Lower[i], Math.Max(1, Math.Abs(start[i])));
                double moved = start[i] + (2 * pattern.Uniform() - 1) * Vicinity * unit;
                point[i] = Math.Clamp(moved, ground.Box.Lower[i], ground.Box.Upper[i]);
            }

            ground.Map.Evaluate(point, value);
            if (Vectors.LargestDifference(value, ground.Target) > 2 * ground.Rounding)
            {
                return true;
            }
        }

        return false;
    }
}
