using System.Collections.Immutable;
using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>
/// A recipe that goes from a point as near to a target as its fiber allows: it follows the flow x' = P_x(b - x), where P_x projects onto the tangent cone at x of
/// the fiber { N(x) = N(a) } (or a band of outputs) and the box. Steps are projected ones, to the nearest point to x + t (b - x) of the linearised band and the box, and
/// are corrected onto the band to rounding inside the box; the distance to the target falls in each. Inputs on a bound are held while the flow pushes them outward, outputs on
/// the edge of a band likewise. A morpher is immutable and may be shared between threads. Cost of a step: one linearization of the map, some evaluations,
/// and O(m^2 n) for each change of what is held.  [Rosen1961], [AbsilMahonySepulchre2008]
/// </summary>
public sealed record Morpher
{
    /// <summary>What the path does not let go of.</summary>
    public IMorphHold Hold { get; init; } = new ExactFiber();

    /// <summary>Judges and sizes steps.</summary>
    public IMorphSteps Steps { get; init; } = new SecantSteps();

    /// <summary>How many points of the path are given, at even lengths along it.</summary>
    public int Frames { get; init; } = 25;

    /// <summary>The most steps.</summary>
    public long MostSteps { get; init; } = 1000;

    /// <summary>The path has ended when no more than this share of the direction to the target is free.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>The longest step, as a share of the first distance to the target, or of the box's diagonal where that is shorter.</summary>
    public double LongestStep { get; init; } = 0.05;

    /// <summary>The largest defect, as a share of the output's scale; corrections go on below it as long as they help.</summary>
    public double DefectTolerance { get; init; } = 1e-13;

    /// <summary>Singular values below this share of the largest count as zero; looser than rounding for outputs of a softmax.</summary>
    public double RankTolerance { get; init; } = 1e-12;

    /// <summary>The path from a point towards a target.</summary>
    /// <param name="question">The map, the two points and the box.</param>
    /// <param name="sink">Hears of each accepted step; null for nobody.</param>
    /// <param name="cancellation">Ends the path where it is.</param>
    /// <exception cref="ArgumentException">A point has another length than the map's inputs or is not finite, the start lies outside the box or its band, or fewer than two frames are asked for.</exception>
    /// <exception cref="GeometryException">The map is not finite at the start, or all outputs are held and constant there.</exception>
    public Morphing Run(
        MorphQuestion question,
        IProgress<MorphProgress>? sink = null,
        CancellationToken cancellation = default
    )
    {
        Check(question);
        CountingMap map = new(question.Map);
        MorphPoint first = new(map.Inputs, map.Outputs);
        question.Start.CopyTo(first.X, 0);
        first.Linearize(map);
        Door.CheckFinite(first.Value, first.Jacobian);
        OutputBand band = Hold.Around(first.Value);
        DemandSlope(first, band);
        MorphRun run = new(this, new MorphProblem(map, band, question.Box, [.. question.Target]), first);
        Ending ending = run.Go(sink, cancellation);
        return run.Result(ending) with { Evaluations = map.Evaluations };
    }

    private void Check(MorphQuestion question)
    {
        (IMap map, Box box) = (question.Map, question.Box);
        DenseJacobian.Demand(map);
        Door.CheckPoint(map, question.Start.AsSpan(), "The start");
        Door.CheckPoint(map, question.Target.AsSpan(), "The target");
        Door.CheckInside(question.Start.AsSpan(), box);
        if (!double.IsFinite(Vectors.Distance(question.Start.AsSpan(), question.Target.AsSpan())))
        {
            throw new ArgumentException(
                "The target lies so far away that the square of its distance overflows; give one nearer by."
            );
        }

        if (Frames < 2)
        {
            throw new ArgumentException($"A path has at least 2 frames, its ends, but {Frames} are asked for.");
        }
    }

    /// <summary>A held output whose gradient is zero says nothing about where its fiber goes.</summary>
    private static void DemandSlope(MorphPoint first, OutputBand band)
    {
        int held = 0;
        for (int k = 0; k < band.Lower.Length; k++)
        {
            held += band.Lower[k] == band.Upper[k] ? 1 : 0;
        }

        if (held == band.Lower.Length && Vectors.LargestMagnitude(first.Jacobian) == 0)
        {
            throw new GeometryException(
                "The output is constant at the start, to rounding, so that its fiber has no direction there; choose another start, or the scores before a softmax."
            );
        }
    }
}

/// <summary>What is asked of a morph.</summary>
public sealed record MorphQuestion
{
    /// <summary>N: R^n -> R^m.</summary>
    public required IMap Map { get; init; }

    /// <summary>a, in the box: [n].</summary>
    public required ImmutableArray<double> Start { get; init; }

    /// <summary>b, which may lie outside the box and the fiber: [n].</summary>
    public required ImmutableArray<double> Target { get; init; }

    /// <summary>Where the path stays.</summary>
    public required Box Box { get; init; }
}

/// <summary>Where a morph stands.</summary>
/// <param name="Steps">Accepted steps.</param>
/// <param name="Distance">Distance to the target.</param>
/// <param name="Stationarity">The free share of the direction to the target.</param>
public readonly record struct MorphProgress(long Steps, double Distance, double Stationarity);
