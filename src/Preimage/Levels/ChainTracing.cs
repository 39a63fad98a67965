using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tracing;

namespace Preimage.Levels;

/// <summary>A chain with the part of a traced curve that lies on it.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Curve">The curve.</param>
/// <param name="IsForward">Whether it runs from the chain's beginning to its end.</param>
/// <param name="Verdict">Proved: the curve is the chain's whole component.</param>
internal sealed record TracedChain(SkeletonChain Chain, Curve Curve, bool IsForward, Verdict Verdict);

/// <summary>
/// Traces the chains of a skeleton, each from a point in its middle, and proves what was traced stretch by stretch; where that fails, it traces again
/// with shorter steps there.
/// </summary>
/// <param name="tracer">Traces.</param>
/// <param name="problem">The map, the box and the level.</param>
/// <param name="enclosure">Encloses the same map, less the level.</param>
/// <param name="evaluations">The most evaluations for all chains together.</param>
internal sealed class ChainTracing(Tracer tracer, Problem problem, PlaneEnclosure enclosure, long evaluations)
{
    // No step is longer than this share of the component, so that a small one is not stepped over and has its length to 1e-8; shorter where the
    // curve was lost.
    private const double LongestShare = 1.0 / 128;
    private const double Shorter = 1.0 / 8;

    // Traces of one chain, and those of them that did not run along it and gave no place to look closer at.
    private const int Attempts = 24;
    private const int Losses = 4;

    // Where a stretch was not proved steps are so much shorter the next time.
    private const double Closer = 0.25;

    // After so many enclosures for one chain it is not tried again.
    private const long Enclosures = 100_000;

    // With more segments than this that are not proved, a curve has more than corners that are missed.
    private const int Corners = 64;

    // Nothing is looked at closer than this.
    private const double Smallest = 1.0 / (1 << 28);

    // With more places than this to look closer at, a chain is given up.
    private const int Places = 4096;

    // The arcs to start from lie apart by this share of all, so that each is another.
    private const double ArcShare = 0.381966;

    private readonly double[] _units = tracer.Scale.Units(problem.Box);
    private readonly CountingMap _map = new(problem.Map);
    private long _beside;

    public IMap Map => problem.Map;

    public double Level => problem.Target[0];

    /// <summary>Traces a chain; where no trace agrees with it, the points that the proof itself finds, of unknown verdict.</summary>
    public TracedChain Trace(SkeletonChain chain, CancellationToken cancellation)
    {
        double longest = LongestShare * Size(chain);
        List<ShortPlace> places = [];
        TracedChain? best = null;
        int losses = 0;
        long most = enclosure.Count - _beside + Enclosures;
        for (int attempt = 0; attempt < Attempts && losses < Losses; attempt++)
        {
            bool isSpent = _map.Evaluations >= evaluations || enclosure.Count - _beside >= most;
            if (cancellation.IsCancellationRequested || isSpent || places.Count > Places)
            {
                break;
            }

            ShortSteps steps = new(tracer.Steps, longest, places);
            if (Trace(chain, Start(chain, losses), steps, cancellation) is not { } found)
            {
                losses++;
                longest *= Shorter;
                continue;
            }

            if (found.Traced.Curve.Count > 1 && !(best?.Curve.Count > found.Traced.Curve.Count))
            {
                best = found.Traced;
            }

            if (found.Traced.Verdict == Verdict.Proved || !chain.IsWhole)
            {
                break; // what is not whole is not to be proved, but traced as far as it goes
            }

            if (found.Failures.Count == 0)
            {
                losses++;
                longest *= Shorter;
            }
            else if (found.Failures.All(p => p.Reach < Smallest))
            {
                break;
            }

            places.AddRange(found.Failures);
        }

        return best ?? new TracedChain(chain, ChainPoints.Of(Map, Level, chain), true, Verdict.Unknown);
    }

    private static int Start(SkeletonChain chain, int loss)
    {
        int count = chain.Arcs.Length;
        int apart = Math.Max(1, (int)(ArcShare * count));
        return (count / 2 + loss * apart) % count;
    }

    private (TracedChain Traced, IReadOnlyList<ShortPlace> Failures)? Trace(
        SkeletonChain chain,
        int arc,
        ShortSteps steps,
        CancellationToken cancellation
    )
    {
        double[] seed = ChainSeed.Of(_map, Level, chain.Arcs[arc]);
        long left = Math.Max(1, (evaluations - _map.Evaluations) / 2);
        Tracer recipe = tracer with { Steps = steps, Stop = ChainStop.Of(tracer.Stop, left, chain) };
        Curve curve;
        try
        {
            curve = recipe.Trace(problem with { Map = _map }, seed, null, cancellation).Curve;
        }
        catch (GeometryException)
        {
            return null; // flat or singular there, to rounding
        }

        int at = IndexOf(curve, seed);
        if (curve.Closed && !chain.Closed)
        {
            (curve, at) = (curve.Opened(at), curve.Count - (curve.Count + 1) / 2);
        }

        Following following = new ChainFollowing(chain, curve).Follow(at, arc);
        IReadOnlyList<int> failures = chain.IsWhole
            ? new CurveProof(enclosure, curve, chain, _units).Failures(following.IsForward, cancellation)
            : [];
        bool isProved =
            following.IsWhole
            && (
                failures.Count == 0
                || IsBeside(curve, chain, (at, arc, following.IsForward, failures.Count), cancellation)
            );
        return (
            following.IsWhole
                ? new TracedChain(chain, curve, following.IsForward, isProved ? Verdict.Proved : Verdict.Unknown)
                : new TracedChain(
                    chain,
                    curve.Part(following.First, following.Last),
                    following.IsForward,
                    Verdict.Unknown
                ),
            [.. failures.Select(k => Place(curve, k))]
        );
    }

    /// <summary>Whether the chain stays by the curve, where few segments are not proved otherwise; what that costs is counted by itself.</summary>
    private bool IsBeside(
        Curve curve,
        SkeletonChain chain,
        (int Seed, int Arc, bool IsForward, int Failures) way,
        CancellationToken cancellation
    )
    {
        long before = enclosure.Count;
        bool isBeside =
            way.Failures <= Corners
            && new CorridorProof(enclosure, curve, chain, _units).Holds(way.Seed, way.Arc, way.IsForward, cancellation);
        _beside += enclosure.Count - before;
        return isBeside;
    }

    /// <summary>A segment that was not proved, as a place for shorter steps.</summary>
    private ShortPlace Place(Curve curve, int segment)
    {
        ReadOnlySpan<double> p = curve.Point(segment);
        ReadOnlySpan<double> q = curve.Point((segment + 1) % curve.Count);
        double x = (q[0] - p[0]) / _units[0];
        double y = (q[1] - p[1]) / _units[1];
        double length = Math.Sqrt(x * x + y * y);
        return new ShortPlace(p[0] / _units[0] + x / 2, p[1] / _units[1] + y / 2, length / 2, Closer * length);
    }

    /// <summary>The length of the polyline through the chain's roots, in the tracer's coordinates.</summary>
    private double Size(SkeletonChain chain)
    {
        double sum = 0;
        for (int k = 0; k + 1 < chain.Roots.Length; k++)
        {
            Rectangle p = chain.Roots[k].Place.ToMiddle();
            Rectangle q = chain.Roots[k + 1].Place.ToMiddle();
            double x = (p.Left - q.Left) / _units[0];
            double y = (p.Bottom - q.Bottom) / _units[1];
            sum += Math.Sqrt(x * x + y * y);
        }

        return sum;
    }

    private static int IndexOf(Curve curve, double[] point)
    {
        for (int i = 0; i < curve.Count; i++)
        {
            if (curve.Point(i).SequenceEqual(point))
            {
                return i;
            }
        }

        return 0; // a trace keeps its start
    }
}
