using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>
/// The published steps towards another class: from x0 on, at each point the nearest of the linearised borders, of the scores of the start's class and of each
/// other class, is stepped to, from that point and not from x0; the sum of the steps, a little lengthened, is the answer as soon as the label changes.
/// Where the paper clamps nothing, a bounded box clamps each point. There is no correction and no certificate: the bracket is empty. [MoosaviDezfooli2016]
/// </summary>
public sealed record DeepFool
{
    /// <summary>By how much the sum of the steps is lengthened: the paper's 0.02.</summary>
    public double Overshoot { get; init; } = 0.02;

    /// <summary>The most steps: the authors' 50.</summary>
    public int Steps { get; init; } = 50;

    /// <summary>The classes whose borders are looked at, those with the largest scores at the start: the authors' 10, the start's own among them.</summary>
    public int Classes { get; init; } = 10;

    /// <summary>Steps until the label changes.</summary>
    /// <param name="map">Scores: R^n -> R^m, m > 1.</param>
    /// <param name="start">x0: [n].</param>
    /// <param name="box">Everything as published; a bounded one clamps each point.</param>
    /// <exception cref="ArgumentException">The map has one output, or the start has another length or is not finite.</exception>
    /// <exception cref="GeometryException">The map is NaN or infinite at the start.</exception>
    public Crossing Step(IMap map, ReadOnlySpan<double> start, Box box)
    {
        Door.CheckPoint(map, start, "The start");
        Crosser.DemandClasses(map, 0);
        Door.CheckFinite(map.Evaluate(start), []);
        CrossGround ground = new(start.ToArray(), box, CancellationToken.None);
        ClassGoal goal = new(map, ground.Origin, target: null);
        CrossMargin[] borders = [.. goal.Borders(Classes - 1)];
        double[] x = [.. ground.Origin];
        double[] trial = [.. x];
        for (int k = 0; k < Steps; k++)
        {
            if (Nearest(ground, borders, x) is not var (cut, distance))
            {
                break;
            }

            for (int i = 0; i < x.Length; i++)
            {
                x[i] = Math.Clamp(x[i] - distance * cut.Normal[i], box.Lower[i], box.Upper[i]);
            }

            ground.Between(ground.Origin, x, 1 + Overshoot, trial);
            if (borders[0].At(trial) is { IsBeyond: true } side)
            {
                return Told(ground, goal, trial, side.Label);
            }
        }

        return Told(ground, goal, null, null);
    }

    private static (CrossCut Cut, double Distance)? Nearest(CrossGround ground, CrossMargin[] borders, double[] x)
    {
        (CrossCut Cut, double Distance)? nearest = null;
        foreach (CrossMargin margin in borders)
        {
            if (ground.Cut(margin, x, out double value) is { } cut)
            {
                double distance = Math.Abs(value) / cut.Slope;
                nearest = nearest is null || distance < nearest.Value.Distance ? (cut, distance) : nearest;
            }
        }

        return nearest;
    }

    private static Crossing Told(CrossGround ground, ClassGoal goal, double[]? at, int? label) =>
        new()
        {
            From = [.. ground.Origin],
            At = at is null ? null : [.. at],
            Distance = at is null ? double.PositiveInfinity : ground.Distance(at),
            DistanceLower = 0,
            Verdict = Verdict.Unknown,
            KktResidual = at is null ? 0 : CrossResidual.At(ground, goal.Behind(label!.Value), at).Residual,
            Bracket = [],
            FromLabel = goal.Here,
            ToLabel = label,
            Starts = 1,
            Enclosures = 0,
            Evaluations = goal.Evaluations,
        };
}
