using System.Collections.Immutable;
using Preimage.Results;

namespace Preimage.Levels;

/// <summary>Makes a region of a band's border: oriented curves, rings, shells with holes.</summary>
internal static class RegionAssembly
{
    // Polylines of curves that are nearer to each other than the chord may cross; each halving of the segments brings them 4 times as near to the curves.
    private const int Halvings = 6;

    /// <summary>The region; its polygons are valid. Cost: O(points log points), and an evaluation or two for a point that is put in.</summary>
    /// <exception cref="GeometryException">The curves do not bound a region, or lie too near to each other for polygons.</exception>
    public static Region Assemble(BandBorder band)
    {
        BoxPerimeter perimeter = new(band.Box);
        RingBorder[] borders = [.. band.Curves().SelectMany(c => c.Split(perimeter))];
        PlanePoint? defect = null;
        for (int k = 0; k <= Halvings; k++)
        {
            if (Parts(new RingWalk(band, borders), out defect) is { } parts)
            {
                return new Region
                {
                    From = band.From,
                    To = band.To,
                    Parts = parts,
                    Lower = band.Lower,
                    Upper = band.Upper,
                    Verdict = Verdict(band),
                };
            }

            borders = [.. borders.Select(b => b.Refined(band.Map, band.Box))];
        }

        string place = defect is { } at ? $" near ({at.X:R}, {at.Y:R})" : "";
        throw new GeometryException(
            $"The border of the band from {band.From:R} to {band.To:R} crosses itself{place}: the band is thinner there than the curves are accurate, or a curve is missing; choose levels farther apart or a smaller chord."
        );
    }

    private static ImmutableArray<RegionPart>? Parts(RingWalk walk, out PlanePoint? defect)
    {
        defect = null;
        Ring[] rings = [.. walk.Rings().Select(r => r.Close())];
        if (Array.Find(rings, r => !RegionPolygons.IsTurned(r)) is { } flat)
        {
            defect = new(flat.Points[0], flat.Points[1]);
            return null;
        }

        if (RegionPolygons.Nest(rings) is not { } parts)
        {
            return null;
        }

        defect = RegionPolygons.Defect(parts);
        return defect is null ? parts : null;
    }

    private static Verdict Verdict(BandBorder band) =>
        (band.Lower?.Verdict ?? Results.Verdict.Proved) == Results.Verdict.Proved
        && (band.Upper?.Verdict ?? Results.Verdict.Proved) == Results.Verdict.Proved
            ? Results.Verdict.Proved
            : Results.Verdict.Unknown;
}
