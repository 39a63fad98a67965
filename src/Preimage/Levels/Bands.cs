using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Levels;

/// <summary>
/// A recipe that finds { x in box : from &lt;= f(x) &lt;= to }, f: R^2 -> R, as polygons with holes: the level sets at both levels, their curves walked with
/// the band on the left and joined along the border of the box and through crossings. Areas are those of the cubic Hermite curves, by Green's theorem.
/// Where the curves contradict each other or the map, nothing is guessed: the search is refused.
/// </summary>
public sealed record Bands
{
    /// <summary>Finds the border of the band; its tracer's chord is the distance between region and polygon.</summary>
    public LevelSets LevelSets { get; init; } = new();

    /// <summary>Finds the band. Where curves lie nearer to each other than the chord, points are put in until the polygons are valid.</summary>
    /// <param name="map">f.</param>
    /// <param name="enclosure">Encloses the same f.</param>
    /// <param name="band">The levels; minus infinity and infinity where there is no bound.</param>
    /// <param name="box">A bounded box of the plane.</param>
    /// <param name="cancellation">Ends the search for level sets: what is incomplete is refused or of unknown verdict.</param>
    /// <exception cref="ArgumentException">
    /// The lower level is not below the upper one, the maps have not two inputs and one output, or the box is not bounded or has no width.
    /// </exception>
    /// <exception cref="GeometryException">The level curves that were found do not bound a region.</exception>
    public Region Find(
        IMap map,
        ICurvedEnclosedMap enclosure,
        (double From, double To) band,
        Box box,
        CancellationToken cancellation = default
    )
    {
        Check(band);
        Rectangle rectangle = Rectangle.Of(enclosure, box);
        Survey survey = LevelSets.Survey(new CurvedPlaneEnclosure(enclosure), rectangle, cancellation);
        LevelSet? lower = At(band.From);
        LevelSet? upper = At(band.To);
        return RegionAssembly.Assemble(new BandBorder(map, box, band.From, band.To, lower, upper));

        LevelSet? At(double level) =>
            double.IsInfinity(level) ? null : LevelSets.Find(map, enclosure, level, survey, cancellation);
    }

    private static void Check((double From, double To) band)
    {
        if (double.IsNaN(band.From) || double.IsNaN(band.To))
        {
            throw new ArgumentException(
                $"The band goes from {band.From:R} to {band.To:R}; give numbers, infinite where there is no bound."
            );
        }

        if (band.From > band.To)
        {
            throw new ArgumentException(
                $"The band is reversed: it goes from {band.From:R} down to {band.To:R}; give the smaller level first."
            );
        }

        if (band.From == band.To)
        {
            throw new ArgumentException(
                $"The band from {band.From:R} to {band.To:R} has no inside; give two levels, or ask for the level set."
            );
        }
    }
}
