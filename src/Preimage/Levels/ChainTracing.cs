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

/// <summary>Traces the chains of a skeleton, each from a point in its middle, and compares what was traced with what was proved.</summary>
internal sealed class ChainTracing(Tracer tracer, Problem problem)
{
    // No step is longer than this share of the component, so that a small one is not stepped over and has its length to 1e-8; shorter where the
    // curve was lost.
    private const double LongestShare = 1.0 / 128;
    private const double Shorter = 1.0 / 8;
    private const int Attempts = 4;

    private readonly double[] _units = tracer.Scale.Units(problem.Box);

    public IMap Map => problem.Map;

    public double Level => problem.Target[0];

    /// <summary>Traces a chain; where no trace agrees with it, the points that the proof itself finds, of unknown verdict.</summary>
    public TracedChain Trace(SkeletonChain chain, CancellationToken cancellation)
    {
        double longest = LongestShare * Size(chain);
        TracedChain? best = null;
        for (int attempt = 0; attempt < Attempts && !cancellation.IsCancellationRequested; attempt++)
        {
            int arc = chain.Arcs.Length * (attempt + 1) / (attempt + 2);
            if (Trace(chain, arc, longest, cancellation) is { } traced)
            {
                best = best is null || traced.Curve.Count > best.Curve.Count ? traced : best;
                if (traced.Verdict == Verdict.Proved)
                {
                    return traced;
                }

                if (!chain.IsWhole)
                {
                    break; // not to be proved, but traced as far as it goes
                }
            }

            longest *= Shorter;
        }

        return best ?? new TracedChain(chain, ChainPoints.Of(Map, Level, chain), true, Verdict.Unknown);
    }

    private TracedChain? Trace(SkeletonChain chain, int arc, double longest, CancellationToken cancellation)
    {
        double[] seed = ChainSeed.Of(Map, Level, chain.Arcs[arc]);
        Curve curve;
        try
        {
            curve = (tracer with { Steps = new ShortSteps(tracer.Steps, longest) })
                .Trace(problem, seed, null, cancellation)
                .Curve;
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
        return following.IsWhole
            ? new TracedChain(chain, curve, following.IsForward, Verdict.Proved)
            : new TracedChain(chain, curve.Part(following.First, following.Last), following.IsForward, Verdict.Unknown);
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
