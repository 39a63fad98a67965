namespace Preimage.Enclosing;

/// <summary>A proved part of a level set, from one point of a polyline to another: a graph, and all of the level set nearby.</summary>
/// <param name="First">The point that it begins at.</param>
/// <param name="Last">The point that it ends at.</param>
/// <param name="Slack">So far around its points whatever is on the level is of it, in units.</param>
/// <param name="Error">The distance of the first point from the level, at most, in units.</param>
/// <param name="Side">+1 where f is larger on the left of the way, -1 where it is smaller.</param>
internal readonly record struct Stretch(int First, int Last, double Slack, double Error, int Side)
{
    /// <summary>Whether another stretch, which begins at a point of this one, goes on with the same part of the level set, the same way.</summary>
    public bool IsJoined(Stretch next) => next.Error <= Slack && next.Side == Side;
}
