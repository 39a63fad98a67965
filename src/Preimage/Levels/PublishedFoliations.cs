using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tracing;

namespace Preimage.Levels;

/// <summary>
/// The published way to a family of fibers: explicit steps across them, and explicit steps along each from the points of that run. Its levels are
/// where the steps across happen to land, and its leaves drift: their defects say by how much.  [BenfenatiMarta2023b]
/// </summary>
/// <param name="Delta">The step across and along, in input units.</param>
public sealed record PublishedFoliations(double Delta)
{
    /// <summary>How many steps across, up and down each.</summary>
    public int Across { get; init; } = 100;

    /// <summary>How many steps along each leaf, in both directions each.</summary>
    public int Along { get; init; } = 1000;

    /// <summary>A leaf through every so many points of the run across, counted from the start.</summary>
    public int Every { get; init; } = 1;

    /// <summary>The step across and along, in input units.</summary>
    public double Delta { get; } = new FixedStep(Delta).Delta;

    /// <summary>Runs across and along.</summary>
    /// <param name="map">f: R^2 -> R.</param>
    /// <param name="start">x0, in the box: [2].</param>
    /// <param name="box">Where to run.</param>
    /// <param name="cancellation">Ends the work with the leaves that are done so far.</param>
    /// <returns>The leaves in the order of the run across, which follows an eigenvector of either sign.</returns>
    /// <exception cref="ArgumentException">The map is not R^2 -> R; the start has another length, is not finite, or lies outside the box; a count is not positive.</exception>
    public Foliation Trace(IMap map, ReadOnlySpan<double> start, Box box, CancellationToken cancellation = default)
    {
        Foliations.CheckPlane(map);
        if (Across < 1 || Along < 1 || Every < 1)
        {
            throw new ArgumentException(
                $"{Across} steps across, {Along} along and a leaf every {Every} make no foliation; give positive counts."
            );
        }

        Fiber across = Tracer.Simexp(Delta, Across).Trace(map, start, box, null, cancellation);
        Tracer along = Tracer.Simec(Delta, Along);
        int origin = (int)across.Backward!.Accepted;
        var leaves = ImmutableArray.CreateBuilder<Leaf>();
        for (int i = origin % Every; i < across.Curve.Count && !cancellation.IsCancellationRequested; i += Every)
        {
            ReadOnlySpan<double> point = across.Curve.Point(i);
            Fiber fiber = along.Trace(map, point, box, null, cancellation);
            leaves.Add(new Leaf(fiber.Target, [.. point], fiber));
        }

        return new Foliation
        {
            Leaves = leaves.ToImmutable(),
            Lift = across.Curve,
            Asked = 1 + 2 * (Across / Every),
            Evaluations = across.Evaluations + leaves.Sum(leaf => leaf.Fiber.Evaluations),
        };
    }
}
