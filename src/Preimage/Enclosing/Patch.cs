namespace Preimage.Enclosing;

/// <summary>
/// A cell of a subdivision that may meet the level set: either f is strictly monotone in it along some direction u, so that the level set is a
/// graph over the line across u, or it is undecided.
/// </summary>
internal sealed class Patch(Rectangle cell)
{
    public Rectangle Cell => cell;

    /// <summary>u; zero where none was found.</summary>
    public (double X, double Y) Direction { get; init; }

    /// <summary>Encloses df/dx over the cell.</summary>
    public Interval DX { get; init; } = Interval.Everything;

    /// <summary>Encloses df/dy over the cell.</summary>
    public Interval DY { get; init; } = Interval.Everything;

    /// <summary>Whether the level set in the cell is a union of disjoint arcs between its crossings of the cell's sides.</summary>
    public bool IsDecided { get; set; }

    /// <summary>Whether f was shown to be monotone along u; if it is not decided nevertheless, the level passes through a vertex or touches a side.</summary>
    public bool IsMonotone => Direction != (0, 0);

    /// <summary>Where the level set crosses the sides.</summary>
    public List<EdgeRoot> Roots { get; } = [];

    /// <summary>The arcs between the roots, in the order across u.</summary>
    public List<SkeletonArc> Arcs { get; } = [];

    /// <summary>The number of its cluster, if it is undecided.</summary>
    public int Cluster { get; set; } = -1;

    /// <summary>The coordinate across u: on each of its lines f is monotone in the cell.</summary>
    public Interval Across(Rectangle place) => place.Y * Direction.X - place.X * Direction.Y;
}
