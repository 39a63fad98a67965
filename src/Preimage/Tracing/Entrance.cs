using Preimage.Geometry;

namespace Preimage.Tracing;

/// <summary>Whether exactly one curve of the fiber goes through the start.</summary>
internal static class Entrance
{
    // The Jacobian itself carries the rounding of the network, so its zero is some hundred ulp of the output over the box.
    private const double FlatUlps = 256;

    // How far around the start to look, in the run's coordinates, to tell a special point from a flat map.
    private const double Vicinity = 1e-3;

    /// <summary>The start stands in the arc's trial, its frame factored.</summary>
    /// <exception cref="GeometryException">The output is constant, the start is singular, or the fiber has another dimension than 1.</exception>
    public static void Check(Arc arc)
    {
        int inputs = arc.Scale.Length;
        int rank = Rank(arc.Frame, arc.Trial);
        if (rank == inputs - 1)
        {
            return;
        }

        int around = RankAround(arc);
        if (around > rank)
        {
            throw new GeometryException(
                $"The start is singular: the Jacobian has rank {rank} there and {around} around it, as at a minimum or a saddle, so no single curve goes through it; start a little to the side."
            );
        }

        if (rank == 0)
        {
            throw new GeometryException(
                "The output is constant around the start, to rounding: every direction is in the fiber; start where the network responds to its inputs."
            );
        }

        int dimension = inputs - rank;
        throw new GeometryException(
            dimension == 0
                ? $"The fiber is the start alone: the Jacobian has rank {rank} in {inputs} inputs; select fewer outputs to follow a curve."
                : $"The fiber has dimension {dimension}, not 1 ({inputs} inputs, rank {rank}); hold {dimension - 1} of the inputs (--fix, --free) to follow a curve in it, or {(dimension == 2 ? "mesh it as a surface (--dim 2)" : "walk in it (preimage walk)")}."
        );
    }

    private static int Rank(TrialFrame frame, Station station)
    {
        double scale = Vectors.LargestMagnitude(station.Value);
        return frame.Largest > FlatUlps * Rounding.Epsilon * scale ? frame.Rank : 0;
    }

    /// <summary>The largest rank at points around the start.</summary>
    private static int RankAround(Arc arc)
    {
        Station start = arc.Trial;
        Station near = new(start.Point.Length, start.Value.Length);
        int largest = 0;
        for (int i = 0; i < 2 * start.Point.Length; i++)
        {
            near.CopyFrom(start);
            near.Point[i / 2] += (i % 2 == 0 ? Vicinity : -Vicinity) * arc.Scale[i / 2];
            if (!arc.Box.Contains(near.Point))
            {
                continue;
            }

            arc.Map.Linearize(near.Point, near.Value, near.Jacobian);
            if (Vectors.AreFinite(near.Value) && Vectors.AreFinite(near.Jacobian))
            {
                arc.Frame.Factor(near, -1);
                largest = Math.Max(largest, Rank(arc.Frame, near));
            }
        }

        arc.Frame.Factor(start, -1);
        return largest;
    }
}
