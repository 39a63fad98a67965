using System.Collections.Immutable;
using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>One run of a <see cref="Crosser"/>.</summary>
internal sealed class CrossSearch(Crosser recipe, CrossGround ground, CrossGoal goal)
{
    // A find is pulled back to the border to this share of its distance before it is compared with others.
    private const double Pulled = 1e-6;

    // Points looked at on the way to a crossing, for one that is nearer.
    private const int Looks = 16;

    // A point polished may be farther by this share of the distance: it was beyond the border before, and is on it then.
    private const double Rounded = 1e-9;

    // A residual that is that of a nearest point.
    private const double Balanced = 1e-8;

    // How many times as many starts there are while nothing was found.
    private const int Persistence = 6;

    // How often a descent may come behind another border.
    private const int Changes = 8;

    private readonly List<Find> _finds = [];
    private int _starts;
    private int _borders;

    /// <summary>A point beyond the border.</summary>
    private sealed record Find(double[] Point, double Distance, int Label);

    /// <summary>A crossing with its certificate.</summary>
    private sealed record Certified(CrossBracket Bracket, double Distance, double Residual, int Pieces);

    /// <summary>Searches.</summary>
    public Crossing Run()
    {
        if (goal.IsReached)
        {
            double[] origin = ground.Origin;
            return Told(new Certified(new CrossBracket(origin, origin, 1, 1), 0, 0, 0));
        }

        Approach();
        LookAround();
        Certified? best = null;
        foreach (Find find in _finds.OrderBy(f => f.Distance).Take(Math.Max(1, recipe.Descents)))
        {
            best = Nearer(best, Descend(find, recipe.Preview));
        }

        best = best is null ? null : Finished(best);

        // What lies on the way to the best is nearer still.
        for (int k = 0; k < Looks && best is not null && OnTheWay(best) is { } nearer; k++)
        {
            best = Nearer(best, Descend(nearer, recipe.Descent));
        }

        return Told(best);
    }

    private static Certified? Nearer(Certified? one, Certified? other) =>
        one is null || other?.Distance < one.Distance ? other : one;

    /// <summary>The descent of the best goes on to its end, if it is not there.</summary>
    private Certified Finished(Certified best)
    {
        if (best.Residual <= Balanced)
        {
            return best;
        }

        Certified? end = Descend(new Find(best.Bracket.Beyond, best.Distance, best.Bracket.Label), recipe.Descent);
        return end is not null && end.Distance <= best.Distance * (1 + Rounded) ? end : best;
    }

    /// <summary>Approaches every border from the start, those that look near first.</summary>
    private void Approach()
    {
        double[] reach = new double[ground.Origin.Length];
        List<(CrossMargin Margin, double Distance)> borders = [];
        foreach (CrossMargin margin in goal.Borders(recipe.Rivals).TakeWhile(_ => ground.Goes))
        {
            bool isSeen =
                ground.Cut(margin, ground.Origin, out _) is { } cut
                && ground.Projection.Shortest([cut], reach) is not null;
            borders.Add((margin, isSeen ? Vectors.Norm(reach) : double.PositiveInfinity));
        }

        foreach ((CrossMargin margin, _) in borders.OrderBy(b => b.Distance).TakeWhile(_ => ground.Goes))
        {
            _borders++;
            _starts++;
            Add(margin, recipe.Approach.Reach(ground, margin, ground.Origin));
        }
    }

    /// <summary>
    /// Looks at corners and centre of the box and at random points of it; at points around the start where it is unbounded. As long as nothing was found
    /// they are approached from, and there are more of them.
    /// </summary>
    private void LookAround()
    {
        Generator generator = new(recipe.Seed);
        double[] x = new double[ground.Origin.Length];
        for (int k = 0; k < recipe.Starts * (_finds.Count > 0 ? 1 : Persistence) && ground.Goes; k++)
        {
            _starts++;
            CrossPoints.Write(ground, generator, k, x);
            LookAt(x);
        }
    }

    private void LookAt(double[] x)
    {
        bool isFound = _finds.Count > 0;
        foreach (CrossMargin margin in goal.Borders(isFound ? 1 : recipe.Rivals))
        {
            double[]? beyond =
                margin.At(x).IsBeyond ? [.. x]
                : isFound ? null
                : recipe.Approach.Reach(ground, margin, x);
            if (beyond is not null)
            {
                Add(margin, beyond);
                return;
            }
        }
    }

    private void Add(CrossMargin margin, double[]? beyond)
    {
        if (beyond is not null)
        {
            _finds.Add(Pull(margin, beyond));
        }
    }

    private Find Pull(CrossMargin margin, double[] beyond)
    {
        double[] before = [.. ground.Origin];
        double[] point = [.. beyond];
        ground.Bisect(margin, before, point, Pulled * ground.Distance(point));
        return new Find(point, ground.Distance(point), margin.At(point).Label);
    }

    private Certified? Descend(Find find, CrossDescent descent)
    {
        CrossMargin margin = goal.Behind(find.Label);
        CrossFoot foot = descent.Descend(ground, margin, find.Point);
        for (int k = 0; k < Changes && goal.Behind(margin.At(foot.Point).Label) is { } other && other != margin; k++)
        {
            margin = other; // a nearer class came in between
            foot = descent.Descend(ground, margin, foot.Point);
        }

        double[] polished = recipe.Polish.Improve(ground, margin, foot.Point);
        bool isBetter =
            ground.Distance(polished) <= ground.Distance(foot.Point) * (1 + Rounded)
            && CrossResidual.At(ground, margin, polished, foot.Cuts).Residual
                < CrossResidual.At(ground, margin, foot.Point, foot.Cuts).Residual;
        double[] point = isBetter ? polished : foot.Point;
        CrossBracket? bracket = CrossBracket.Around(ground, margin, point);
        if (bracket is null && margin.At(foot.Point).IsBeyond)
        {
            point = foot.Point;
            bracket = CrossBracket.Narrow(ground, margin, [.. ground.Origin], [.. point]);
        }

        if (bracket is null)
        {
            return null;
        }

        (double residual, int pieces) = CrossResidual.At(ground, margin, bracket.Beyond, foot.Cuts);
        return new Certified(bracket, ground.Distance(bracket.Beyond), residual, pieces);
    }

    private Find? OnTheWay(Certified best)
    {
        double[] x = new double[ground.Origin.Length];
        CrossMargin margin = goal.Behind(best.Bracket.Label);
        for (int k = 1; k < Looks && ground.Goes; k++)
        {
            ground.Between(ground.Origin, best.Bracket.Beyond, k / (double)Looks, x);
            if (margin.At(x).IsBeyond)
            {
                return Pull(margin, x);
            }
        }

        return null;
    }

    private Crossing Told(Certified? best) =>
        new()
        {
            From = [.. ground.Origin],
            At = best is null ? null : ImmutableArray.Create(best.Bracket.Beyond),
            Distance = best?.Distance ?? double.PositiveInfinity,
            DistanceLower = 0,
            Verdict = Verdict.Unknown,
            KktResidual = best?.Residual ?? 0,
            Bracket = best is null ? [] : [.. best.Bracket.Before, .. best.Bracket.Beyond],
            FromLabel = goal.Here,
            ToLabel = best?.Bracket.Label,
            Pieces = best?.Pieces ?? 0,
            Borders = _borders,
            Starts = _starts,
            Enclosures = 0,
            Evaluations = goal.Evaluations,
        };
}
