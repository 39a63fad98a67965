using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>
/// |x - z| / |x - x0|, z the nearest point to x0 in the box behind the linearisations of the border through x: how far x - x0 is from being along their
/// gradients, in the inputs that the box does not hold. 0 at a nearest point.
/// </summary>
internal static class CrossResidual
{
    // A linearisation passes through a point if it does within this share of the distance.
    private const double Passes = 1e-9;

    // Unit normals nearer than this are one.
    private const double Same = 1e-7;

    /// <summary>The residual at x, and how many pieces it takes to balance x - x0.  x: [n].</summary>
    /// <param name="ground">Where.</param>
    /// <param name="margin">g.</param>
    /// <param name="x">On the border: [n].</param>
    /// <param name="known">Other linearisations, of which those that pass through x are used.</param>
    public static (double Residual, int Pieces) At(
        CrossGround ground,
        CrossMargin margin,
        double[] x,
        params CrossCut[] known
    )
    {
        double[] d = [.. x.Select((value, i) => value - ground.Origin[i])];
        double distance = Vectors.Norm(d);
        if (distance == 0)
        {
            return (0, 0);
        }

        if (ground.Cut(margin, x, out _) is not { } here)
        {
            return (1, 0);
        }

        CrossCut[] through = Distinct([here, .. known.Where(cut => Math.Abs(cut.Excess(d)) <= Passes * distance)]);
        double one = Of(ground, through[..1], d).Residual;
        (double Residual, int Pieces) all = Of(ground, through, d);
        return all.Residual < one ? all : (one, 1);
    }

    /// <summary>One of those that are the same piece, met at several points.</summary>
    private static CrossCut[] Distinct(CrossCut[] cuts)
    {
        List<CrossCut> kept = [];
        foreach (CrossCut cut in cuts)
        {
            if (kept.TrueForAll(other => Vectors.Distance(other.Normal, cut.Normal) > Same))
            {
                kept.Add(cut);
            }
        }

        return [.. kept];
    }

    private static (double Residual, int Pieces) Of(CrossGround ground, CrossCut[] through, double[] d)
    {
        CrossCut[] moved = [.. through.Select(cut => cut with { Bound = Vectors.Dot(cut.Normal, d) })];
        double[] nearest = new double[d.Length];
        return ground.Projection.Shortest(moved, nearest) is { } multipliers
            ? (Vectors.Distance(nearest, d) / Vectors.Norm(d), multipliers.Count(m => m > 0))
            : (1, 0);
    }
}
