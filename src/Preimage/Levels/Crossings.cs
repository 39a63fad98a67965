using Preimage.Enclosing;
using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tracing;

namespace Preimage.Levels;

/// <summary>
/// A recipe for the nearest point to a start at which g reaches 0: a level (<see cref="LevelMargin"/>) or the border of a class
/// (<see cref="ClassMargin"/>). Points where g has changed its sign are found along the lift and on a fixed pattern of points, descended from to
/// where x - x0 is along the gradient, and improved by a branch and bound over enclosures that proves how near any other can be. Distances are
/// Euclidean in input units. The proof is for a few inputs: its cells are spent quickly in many. Immutable, may be shared between threads.
/// </summary>
public sealed record Crossings
{
    /// <summary>The gap between the distance and its proved lower bound that counts as proved, relative to the distance.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The most cells to enclose; when they are spent the verdict is unknown, and the bound is what was reached.</summary>
    public long Cells { get; init; } = 200_000;

    /// <summary>How many points of a fixed pattern in the box are tried before the branch and bound, beside its corners.</summary>
    public int Samples { get; init; } = 64;

    /// <summary>How many of these with another sign than the start, the nearest first, are descended from.</summary>
    public int Descents { get; init; } = 8;

    /// <summary>The path from the start along which g changes fastest.</summary>
    public Lift Lift { get; init; } = new();

    /// <summary>Finds the nearest point with g = 0.</summary>
    /// <param name="map">g: R^n -> R.</param>
    /// <param name="enclosure">Encloses g; with second derivatives (<see cref="ICurvedEnclosedMap"/>) the proof is much shorter.</param>
    /// <param name="start">x0, in the box: [n].</param>
    /// <param name="box">Where to search, bounded.</param>
    /// <param name="cancellation">Ends the search with what was found and proved so far.</param>
    /// <exception cref="ArgumentException">g or its enclosure has several outputs or another number of inputs; the start is not finite or lies outside the box; the box is unbounded.</exception>
    /// <exception cref="GeometryException">g is NaN or infinite at the start.</exception>
    public Crossing Nearest(
        IMap map,
        IEnclosedMap enclosure,
        ReadOnlySpan<double> start,
        Box box,
        CancellationToken cancellation = default
    )
    {
        Check(map, enclosure, start, box);
        double[] origin = start.ToArray();
        CountingMap counting = new(map);
        Border border = new(counting, enclosure, origin, box, new Border.Limits(Tolerance, cancellation));
        BorderPoint? atStart = border.AtStart();
        if (atStart is not null || border.Sign == 0)
        {
            return AtStart(counting, atStart, origin);
        }

        Curve? path = Path(counting, origin, box, cancellation);
        BorderPoint? best = First(border, path, box, cancellation);
        NearestProof proof = new(enclosure, border, origin, box);
        bool isProved = proof.Run(best, new NearestProof.Goal(Tolerance, border.Width, Cells), cancellation);
        best = proof.Best ?? (isProved || proof.Suspect?.Distance < proof.Lower ? null : proof.Suspect);
        return new Crossing
        {
            From = [.. origin],
            At = best is null ? null : [.. best.Point],
            Distance = best?.Distance ?? double.PositiveInfinity,
            DistanceLower = proof.Lower,
            Verdict = isProved ? Verdict.Proved : Verdict.Unknown,
            KktResidual = best is null ? 0 : border.Residual(best.Point),
            Bracket = best is null ? [] : [.. best.Bracket],
            Path = path,
            Enclosures = proof.Enclosures,
            Evaluations = counting.Evaluations,
        };
    }

    /// <summary>The start itself; or, where its value is 0 by rounding and no change of sign is proved next to it, neither found nor excluded.</summary>
    private static Crossing AtStart(CountingMap map, BorderPoint? found, double[] origin) =>
        new()
        {
            From = [.. origin],
            At = found is null ? null : [.. origin],
            Distance = found is null ? double.PositiveInfinity : 0,
            DistanceLower = 0,
            Verdict = found is null ? Verdict.Unknown : Verdict.Proved,
            KktResidual = 0,
            Bracket = found is null ? [] : [.. found.Bracket],
            Path = null,
            Enclosures = 0,
            Evaluations = map.Evaluations,
        };

    private static void Check(IMap map, IEnclosedMap enclosure, ReadOnlySpan<double> start, Box box)
    {
        LevelMargin.DemandOne(map.Outputs);
        LevelMargin.DemandOne(enclosure.Outputs);
        if (map.Inputs != enclosure.Inputs)
        {
            throw new ArgumentException(
                $"The map has {map.Inputs} inputs and its enclosure {enclosure.Inputs}; give the enclosure of this map."
            );
        }

        Door.CheckPoint(map, start, "The start");
        Door.CheckInside(start, box);
        for (int i = 0; i < box.Dimension; i++)
        {
            if (!double.IsFinite(box.Upper[i] - box.Lower[i]))
            {
                throw new ArgumentException(
                    $"The box is unbounded in input {i + 1}, where nothing can be proved; give finite bounds."
                );
            }
        }

        Tracer.Evaluated(map, start, box);
    }

    private Curve? Path(IMap map, double[] origin, Box box, CancellationToken cancellation)
    {
        try
        {
            Curve curve = Lift.Trace(map, origin, [0], box, cancellation).Curve;
            return curve.End == Ending.ReachedTarget ? curve : null;
        }
        catch (GeometryException)
        {
            return null; // the gradient vanishes at the start
        }
    }

    /// <summary>The nearest of the points that descents lead to from the end of the lift and from the nearest points beyond the border.</summary>
    private BorderPoint? First(Border border, Curve? path, Box box, CancellationToken cancellation)
    {
        BorderPoint? best = path is null ? null : border.Near(path.Point(path.Count - 1));
        IEnumerable<double[]> beyond = Pattern
            .Of(box, Samples)
            .TakeWhile(_ => !cancellation.IsCancellationRequested)
            .Where(point => border.IsBeyond(point))
            .OrderBy(point => border.Distance(point))
            .Take(Descents);
        foreach (double[] point in beyond.TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            best = BorderPoint.Better(best, border.Before(point));
        }

        return best;
    }
}
