using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>A way from the start of a crossing over the border.</summary>
public interface ICrossPath
{
    /// <summary>
    /// Points from x0 to the crossing and a little beyond, between which what decides (of classes the score of the start's less that of the class beyond,
    /// of a level the output) changes evenly. Defects are how far it is from that.
    /// </summary>
    /// <param name="map">The map that was crossed.</param>
    /// <param name="crossing">A crossing that was found.</param>
    /// <param name="box">To stay in.</param>
    /// <exception cref="ArgumentException">None was found, or it is of another map.</exception>
    Cloud Along(IMap map, Crossing crossing, Box box);
}
