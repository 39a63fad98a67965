namespace Preimage.Levels;

/// <summary>A point of the border g = 0, with two points next to it where g has different signs.</summary>
/// <param name="Point">The point: [n].</param>
/// <param name="Distance">Its distance from the start.</param>
/// <param name="Bracket">The two points: [2 * n].</param>
/// <param name="IsProved">Whether the signs at these were enclosed; else they are those of rounded values.</param>
internal sealed record BorderPoint(double[] Point, double Distance, double[] Bracket, bool IsProved = false)
{
    /// <summary>The proved one of two, of equals the nearer.</summary>
    public static BorderPoint? Better(BorderPoint? one, BorderPoint? other) =>
        one is null || other is null ? one ?? other
        : one.IsProved != other.IsProved ? (one.IsProved ? one : other)
        : other.Distance < one.Distance ? other
        : one;
}
