using System.Collections.Immutable;
using Preimage.Figures.Drawing;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>An affine map from a point of R^n to a spot on the picture.</summary>
internal delegate Spot Projection(ReadOnlySpan<double> x);

/// <summary>
/// A curve as a chain of Bezier segments: a cubic Hermite stays a cubic under an affine map, so a curve of few points is drawn
/// as smooth as it is. Points closer than a fraction of a pixel to the last one drawn are left out.
/// </summary>
internal static class CurvePath
{
    private const double Finest = 0.6;

    // Of very many points those at this distance are drawn: a cubic Hermite over twenty pixels with a turn below a third of a radian is
    // off by less than a hundredth of a pixel, and where a curve turns more, its points stay.
    private const double Coarsest = 20;
    private const double Turn = 0.33;
    private const long Many = 20000;

    /// <summary>How far apart, in picture units, the points of straight parts are kept when so many are drawn in all.</summary>
    public static double Spacing(long points) => points > Many ? Coarsest : Finest;

    /// <summary>The path of a curve; empty when it has no finite point.</summary>
    public static PathMark Of(Curve curve, Projection project, double spacing = Finest)
    {
        double[] lengths = curve.ArcLengths();
        ImmutableArray<int> kept = Kept(curve, project, spacing);
        var points = ImmutableArray.CreateBuilder<Spot>();
        if (kept.IsEmpty)
        {
            return new PathMark([]);
        }

        points.Add(project(curve.Point(kept[0])));
        for (int k = 1; k < kept.Length; k++)
        {
            AddSegment(points, curve, project, (kept[k - 1], kept[k], lengths[kept[k]] - lengths[kept[k - 1]]));
        }

        if (curve.Closed && kept.Length > 1)
        {
            AddSegment(points, curve, project, (kept[^1], kept[0], lengths[^1] - lengths[kept[^1]] + lengths[kept[0]]));
        }

        return new PathMark(points.ToImmutable(), Cubic: true);
    }

    /// <summary>The points to be drawn, in order; the first and the last finite ones always.</summary>
    public static ImmutableArray<int> Kept(Curve curve, Projection project, double spacing = Finest)
    {
        var kept = ImmutableArray.CreateBuilder<int>();
        Spot last = default;
        int final = -1;
        int before = -1;
        for (int i = 0; i < curve.Count; i++)
        {
            Spot spot = project(curve.Point(i));
            if (!double.IsFinite(spot.X) || !double.IsFinite(spot.Y))
            {
                continue;
            }

            final = i;
            double away = Math.Abs(spot.X - last.X) + Math.Abs(spot.Y - last.Y);
            bool turns = kept.Count > 0 && away >= Finest && spacing > Finest && Turns(curve, kept[^1], i);
            if (turns && before > kept[^1])
            {
                // The turn may be a corner between this point and the one before it.
                kept.Add(before);
            }

            if (kept.Count == 0 || away >= spacing || turns)
            {
                kept.Add(i);
                last = spot;
            }

            before = i;
        }

        if (final >= 0 && kept[^1] != final)
        {
            kept.Add(final);
        }

        return kept.ToImmutable();
    }

    /// <summary>Whether the curve turns between two of its points by more than a cubic over a few pixels follows.</summary>
    private static bool Turns(Curve curve, int from, int to)
    {
        double cosine = 0;
        for (int d = 0; d < curve.Dimension; d++)
        {
            cosine += curve.Tangent(from)[d] * curve.Tangent(to)[d];
        }

        return !(cosine > Math.Cos(Turn));
    }

    private static void AddSegment(
        ImmutableArray<Spot>.Builder points,
        Curve curve,
        Projection project,
        (int From, int To, double Length) segment
    )
    {
        Span<double> control = new double[curve.Dimension];
        Shift(curve.Point(segment.From), curve.Tangent(segment.From), segment.Length / 3, control);
        points.Add(Finite(project(control), points[^1]));
        Shift(curve.Point(segment.To), curve.Tangent(segment.To), -segment.Length / 3, control);
        Spot end = project(curve.Point(segment.To));
        points.Add(Finite(project(control), end));
        points.Add(end);
    }

    private static Spot Finite(Spot spot, Spot otherwise) =>
        double.IsFinite(spot.X) && double.IsFinite(spot.Y) ? spot : otherwise;

    private static void Shift(ReadOnlySpan<double> x, ReadOnlySpan<double> direction, double by, Span<double> y)
    {
        for (int d = 0; d < x.Length; d++)
        {
            y[d] = x[d] + by * direction[d];
        }
    }
}
