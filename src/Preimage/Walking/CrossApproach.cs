namespace Preimage.Walking;

/// <summary>
/// Newton's method for g = 0 with the shortest change of x0: each step goes to the nearest point to x0, in the box, on the border linearised at the
/// last point. Where that does not lower g the step is halved; where no part of it does, and in the second half of the steps, the nearest point to the
/// last point itself is taken, which makes its way also where several borders meet.
/// [NocedalWright2006, chapter 18]
/// </summary>
public sealed record CrossApproach
{
    private const int Halvings = 12;

    // A step ends as far beyond the linearised border as this share of its length: on it, rounding would decide.
    private const double Beyond = 1e-3;

    /// <summary>The most steps of one approach.</summary>
    public int Steps { get; init; } = 60;

    /// <summary>The most pieces of the border that one step takes into account.</summary>
    public int Pieces { get; init; } = 6;

    /// <summary>Goes from a point before the border to one beyond.</summary>
    /// <param name="ground">Where.</param>
    /// <param name="margin">g.</param>
    /// <param name="start">Where to begin: [n].</param>
    /// <returns>A point beyond: [n]; null where none was reached.</returns>
    internal double[]? Reach(CrossGround ground, CrossMargin margin, double[] start)
    {
        double[] x = [.. start];
        double[] trial = new double[x.Length];
        double[] goal = new double[x.Length];
        for (int k = 0; k < Steps && ground.Goes; k++)
        {
            CrossCut? cut = ground.Cut(margin, x, out double value);
            if (cut is null)
            {
                return null;
            }

            Aim(ground, [cut], x, goal);
            if (
                !(2 * k < Steps && Lower(ground, margin, (x, goal, value), trial))
                && !Around(ground, margin, (x, cut, value), trial)
            )
            {
                return null;
            }

            (x, trial) = (trial, x);
            if (margin.At(x).IsBeyond)
            {
                return x;
            }
        }

        return null;
    }

    /// <summary>The same step with x itself in the place of x0; where it fails, what it ran into is linearised too: at a kink all pieces are needed.</summary>
    private bool Around(
        CrossGround ground,
        CrossMargin margin,
        (double[] X, CrossCut Cut, double Value) from,
        double[] trial
    )
    {
        CrossGround local = new(from.X, ground.Box, CancellationToken.None);
        double[] goal = new double[from.X.Length];
        List<CrossCut> cuts = [Moved(from.Cut, from.X, ground.Origin)];
        for (int k = 0; k < Pieces; k++)
        {
            Aim(local, cuts, from.X, goal);
            if (Lower(ground, margin, (from.X, goal, from.Value), trial))
            {
                return true;
            }

            if (local.Cut(margin, goal, out _) is not { } other)
            {
                return false;
            }

            cuts.Add(other);
        }

        return false;
    }

    /// <summary>A little beyond the nearest point to the ground's origin on the linearised border, seen from x.</summary>
    private static void Aim(CrossGround ground, IReadOnlyList<CrossCut> cuts, double[] x, double[] goal)
    {
        ground.Projection.Shortest(cuts, goal);
        ground.Place(goal, goal);
        ground.Between(x, [.. goal], 1 + Beyond, goal);
    }

    /// <summary>Finds a share of the way on which g is beyond, or lower by some of what the linearisation promises.</summary>
    private static bool Lower(
        CrossGround ground,
        CrossMargin margin,
        (double[] X, double[] Goal, double Value) from,
        double[] trial
    )
    {
        double share = 1;
        for (int k = 0; k < Halvings; k++)
        {
            ground.Between(from.X, from.Goal, share, trial);
            CrossSide side = margin.At(trial);
            if (side.IsBeyond || Math.Abs(side.Value) <= Math.Abs(from.Value) * (1 - 0.1 * share))
            {
                return true;
            }

            share *= 0.5;
        }

        return false;
    }

    /// <summary>The same half-space for displacements from another point.</summary>
    private static CrossCut Moved(CrossCut cut, double[] point, double[] origin)
    {
        double bound = cut.Bound;
        for (int i = 0; i < point.Length; i++)
        {
            bound -= cut.Normal[i] * (point[i] - origin[i]);
        }

        return cut with
        {
            Bound = bound,
        };
    }
}
