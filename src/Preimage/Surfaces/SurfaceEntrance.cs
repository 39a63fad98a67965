using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Surfaces;

/// <summary>Whether exactly one surface of the fiber goes through the start.</summary>
internal static class SurfaceEntrance
{
    private const int MostInputs = 20;

    // The Jacobian itself carries the rounding of the network, so its zero is some hundred ulp of the output over the box.
    private const double FlatUlps = 256;

    // How far around the start to look, in half widths of the box, to tell a special point from a flat map.
    private const double Vicinity = 1e-3;

    /// <summary>The output at the start, where a surface goes through it.</summary>
    /// <exception cref="ArgumentException">The start has another length than the map's inputs, is not finite, or lies outside the box; or the map has too many inputs.</exception>
    /// <exception cref="GeometryException">The output is constant, the start is singular, or the fiber has another dimension than 2.</exception>
    public static double[] Check(IMap map, ReadOnlySpan<double> start, Box box)
    {
        CheckQuestion(map, start, box);
        ScaledMap scaled = new(map, box);
        double[] at = scaled.Scaled(start);
        PullbackFrame frame = new(map.Inputs, map.Outputs, null, Mesher.RankTolerance);
        frame.At(scaled, at);
        Door.CheckFinite(frame.Value, frame.Jacobian);
        double[] target = frame.Value.ToArray();
        int rank = Rank(frame);
        if (rank != map.Inputs - 2)
        {
            throw Refusal(map.Inputs, rank, RankAround(scaled, frame, at));
        }

        return target;
    }

    private static void CheckQuestion(IMap map, ReadOnlySpan<double> start, Box box)
    {
        Door.CheckPoint(map, start, "The start");
        if (box.Dimension != map.Inputs)
        {
            throw new ArgumentException(
                $"The box has {box.Dimension} dimensions, but the map takes {map.Inputs} inputs; give as many bounds."
            );
        }

        if (!box.Contains(start))
        {
            throw new ArgumentException("The start lies outside the box; give a larger box, or another start.");
        }

        int flat = Enumerable.Range(0, map.Inputs).FirstOrDefault(i => box.Lower[i] == box.Upper[i], -1);
        if (flat >= 0)
        {
            throw new ArgumentException(
                $"The box has no width in input {flat + 1}, so that no surface crosses it; hold the input (--fix), or widen the box."
            );
        }

        if (map.Inputs > MostInputs)
        {
            throw new ArgumentException(
                $"A surface is meshed in at most {MostInputs} inputs, and the map has {map.Inputs}; hold some of them (--fix, --free)."
            );
        }
    }

    private static GeometryException Refusal(int inputs, int rank, int around)
    {
        if (around > rank)
        {
            return new GeometryException(
                $"The start is singular: the Jacobian has rank {rank} there and {around} around it, as at a minimum or a saddle, so no single surface goes through it; start a little to the side."
            );
        }

        if (rank == 0)
        {
            return new GeometryException(
                "The output is constant around the start, to rounding: every direction is in the fiber; start where the network responds to its inputs."
            );
        }

        int dimension = inputs - rank;
        return new GeometryException(
            dimension < 2
                ? $"The fiber has dimension {dimension}, not 2 ({inputs} inputs, rank {rank}); leave out --dim 2, or select fewer outputs."
                : $"The fiber has dimension {dimension}, not 2 ({inputs} inputs, rank {rank}); hold {dimension - 2} of the inputs (--fix, --free) to mesh a surface in it, or walk in it (preimage walk)."
        );
    }

    private static int Rank(PullbackFrame frame)
    {
        double scale = Vectors.LargestMagnitude(frame.Value);
        return frame.SingularValues[0] > FlatUlps * Rounding.Epsilon * scale ? frame.Rank : 0;
    }

    /// <summary>The largest rank at points around the start.</summary>
    private static int RankAround(ScaledMap map, PullbackFrame frame, double[] start)
    {
        int largest = 0;
        for (int i = 0; i < 2 * start.Length; i++)
        {
            double[] near = [.. start];
            near[i / 2] += i % 2 == 0 ? Vicinity : -Vicinity;
            if (!map.Box.Contains(near))
            {
                continue;
            }

            frame.At(map, near);
            if (Vectors.AreFinite(frame.Value) && Vectors.AreFinite(frame.Jacobian))
            {
                largest = Math.Max(largest, Rank(frame));
            }
        }

        return largest;
    }
}
