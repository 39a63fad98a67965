using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Enclosing;

/// <summary>
/// Finds all critical points of f: R^2 -> R in a box, and proves each: inside, where the gradient vanishes; on the edges, where the derivative
/// along the edge does; and at the corners. Between consecutive critical values the topology of the level sets in the box does not change, and
/// the extreme ones bound f over the box. Where 0 cannot be excluded from the derivative (Clarke's at kinks) and no single point can be proved,
/// an entry of unknown verdict encloses the place: nothing is dropped. Corners past which a level set moves without a change are left out.
/// [Neumaier1990]
/// </summary>
public sealed record CriticalPointSearch
{
    /// <summary>The smallest side of a cell, as a share of the box's.</summary>
    public double Smallest { get; init; } = 1.0 / (1 << 26);

    /// <summary>The most cells to look at inside the box, and on each edge; what is left then is of unknown verdict.</summary>
    public int Cells { get; init; } = 20_000;

    /// <summary>
    /// The most cells among them, inside the box, that are split because of kinks. No zero is proved there, so splitting only narrows places:
    /// an isolated one takes about a hundred cells, and a network of rectifiers has more than can be told apart.
    /// </summary>
    public int Kinks { get; init; } = 2_000;

    /// <summary>Finds all critical points, by ascending value.</summary>
    /// <param name="f">f: R^2 -> R.</param>
    /// <param name="box">A bounded box with sides of positive length.</param>
    /// <param name="cancellation">Ends the search; what was not decided is of unknown verdict.</param>
    /// <exception cref="ArgumentException">f has not two inputs and one output, or the box is not bounded or has no width.</exception>
    public ImmutableArray<CriticalPoint> Find(ICurvedEnclosedMap f, Box box, CancellationToken cancellation = default)
    {
        Rectangle rectangle = Rectangle.Of(f, box);
        return Find(new CurvedPlaneEnclosure(f), rectangle, cancellation);
    }

    internal ImmutableArray<CriticalPoint> Find(CurvedPlaneEnclosure f, Rectangle box, CancellationToken cancellation)
    {
        List<CriticalPoint> points =
        [
            .. new CriticalPointsInside(f, box, this).Find(cancellation),
            .. new CriticalPointsOnBorder(f, box, this).Find(),
        ];
        return [.. points.OrderBy(p => p.Value).ThenBy(p => p.At[0]).ThenBy(p => p.At[1])];
    }
}
