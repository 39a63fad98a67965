using System.Collections.Immutable;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;
using Preimage.Results;

namespace Preimage.Levels;

/// <summary>Rings as polygons: which hole lies in which shell, and whether what is drawn is a region. By NetTopologySuite's robust predicates.</summary>
internal static class RegionPolygons
{
    private static readonly GeometryFactory Factory = new();

    /// <summary>Puts each hole into the smallest shell around it; shells from large to small. Null where a hole lies in no shell.</summary>
    public static ImmutableArray<RegionPart>? Nest(IReadOnlyCollection<Ring> rings)
    {
        (Ring Ring, LinearRing Line)[] shells =
        [
            .. rings.Where(r => r.Area > 0).OrderByDescending(r => r.Area).Select(r => (r, Line(r))),
        ];
        List<Ring>[] holes = [.. shells.Select(_ => new List<Ring>())];
        foreach (Ring hole in rings.Where(r => r.Area <= 0).OrderBy(r => r.Area))
        {
            LinearRing line = Line(hole);
            int shell = Array.FindLastIndex(shells, s => s.Ring.Area > -hole.Area && Surrounds(s.Line, line));
            if (shell < 0)
            {
                return null;
            }

            holes[shell].Add(hole);
        }

        return [.. shells.Select((s, i) => new RegionPart(s.Ring, [.. holes[i]]))];
    }

    /// <summary>Where the polygons are not valid: rings cross, parts overlap. Null where they are valid.</summary>
    public static PlanePoint? Defect(IEnumerable<RegionPart> parts)
    {
        Polygon[] polygons = [.. parts.Select(p => Factory.CreatePolygon(Line(p.Shell), [.. p.Holes.Select(Line)]))];
        TopologyValidationError? error = new IsValidOp(Factory.CreateMultiPolygon(polygons)).ValidationError;
        return error is null ? null : new(error.Coordinate.X, error.Coordinate.Y);
    }

    /// <summary>Whether a ring can be a polygon that is turned as its curves are.</summary>
    public static bool IsTurned(Ring ring) =>
        ring.Count >= 3 && Math.Sign(Area.OfRingSigned(Line(ring).CoordinateSequence)) == -Math.Sign(ring.Area);

    private static bool Surrounds(LinearRing shell, LinearRing hole)
    {
        if (!shell.EnvelopeInternal.Contains(hole.EnvelopeInternal))
        {
            return false;
        }

        // A hole may touch its shell; the first vertex that does not tells.
        Coordinate[] around = shell.Coordinates;
        return hole.Coordinates.Select(c => PointLocation.LocateInRing(c, around))
                .FirstOrDefault(l => l != Location.Boundary, Location.Exterior) == Location.Interior;
    }

    private static LinearRing Line(Ring ring)
    {
        Coordinate[] coordinates = new Coordinate[ring.Count + 1];
        for (int i = 0; i <= ring.Count; i++)
        {
            int k = i % ring.Count;
            coordinates[i] = new Coordinate(ring.Points[2 * k], ring.Points[2 * k + 1]);
        }

        return Factory.CreateLinearRing(coordinates);
    }
}
