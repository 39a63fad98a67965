using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>
/// Moves a point of the fiber off the bounds it lies on, into the box. On a mirror the map has a kink, and a step however short turns half of the coordinates
/// there around: where many lie on bounds, as the black pixels of a digit do, the row space of the start says nothing about either side.
/// </summary>
internal static class Release
{
    // A coordinate moves by up to this share of its width: so far that short steps leave it on its side.
    private const double Share = 0.1;

    // Moves, each from where the last one ended; and the shortest, as a share of the way that is left.
    private const int Moves = 64;
    private const double Shortest = 1e-4;

    // A coordinate that the return pulls back farther than to this share of its move is pinned where it was to go; the others make up for it.
    private const double Least = 0.1;

    /// <summary>A point near x on the fiber, off the bounds as far as one was found.  x: [d]; result: [d].</summary>
    public static double[] Off(Walker walker, WalkGround ground, double[] x, Generator random)
    {
        double[] goal = Goal(ground, x, random);
        double share = Array.TrueForAll(goal, double.IsNaN) ? 0 : 1;
        for (int k = 0; k < Moves && share >= Shortest; k++)
        {
            double[] move = new double[x.Length];
            for (int i = 0; i < x.Length; i++)
            {
                move[i] = double.IsNaN(goal[i]) ? 0 : share * (goal[i] - x[i]);
            }

            if (Move(walker, ground, x, move) is not { } moved)
            {
                share /= 2;
            }
            else
            {
                x = moved;
                share = share == 1 ? 0 : Math.Min(1, 2 * share);
            }
        }

        return x;
    }

    /// <summary>Where each coordinate on a bound is to go, at random; NaN for the others.</summary>
    private static double[] Goal(WalkGround ground, double[] x, Generator random)
    {
        double[] goal = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double width = ground.Box.Upper[i] - ground.Box.Lower[i];
            double unit = double.IsFinite(width) ? width : Math.Max(1, Math.Abs(x[i]));
            double move = Share * unit * (1 - random.Uniform());
            goal[i] =
                x[i] == ground.Box.Lower[i] ? x[i] + move
                : x[i] == ground.Box.Upper[i] ? x[i] - move
                : double.NaN;
        }

        return goal;
    }

    /// <summary>Moves, and lets the coordinates that are not pinned bring the point back onto the fiber; null where they cannot.</summary>
    private static double[]? Move(Walker walker, WalkGround ground, double[] x, double[] move)
    {
        double[] moved = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            moved[i] = x[i] + move[i];
        }

        double[] residual = new double[ground.Map.Outputs];
        SortedSet<int> pinned = [];
        while (pinned.Count < x.Length)
        {
            WalkGround free = ground.Holding(moved, pinned);
            WalkWay way = new(free);
            RowSpace frame = walker.RowSpaces.Make(free.Map);
            double[] from = free.Thin(moved);
            frame.At(free.Map, from);
            way.Begin(from, frame, hasGoal: false);
            way.Set();
            if (!frame.IsFinite || !way.Evaluate())
            {
                return null;
            }

            // The first step back shows which coordinates would be pulled over their bounds, where the map is another one.
            way.Residual(residual);
            way.Correct(residual);
            if (Pin(pinned, free, way, (x, move)))
            {
                continue;
            }

            way.Set();
            if (!walker.Return.Land(way) || Pin(pinned, free, way, (x, move)))
            {
                return null;
            }

            free.Complete(way.Point, moved);
            return moved;
        }

        return null;
    }

    /// <summary>Pins the coordinates that were pulled back.</summary>
    /// <returns>Whether there were any.</returns>
    private static bool Pin(SortedSet<int> pinned, WalkGround free, WalkWay way, (double[] X, double[] Move) from)
    {
        int before = pinned.Count;
        for (int k = 0; k < free.Free.Length; k++)
        {
            int i = free.Free[k];
            double move = from.Move[i];
            if (move != 0 && (way.Landing[k] - from.X[i]) * move < Least * move * move)
            {
                pinned.Add(i);
            }
        }

        return pinned.Count > before;
    }
}
