namespace Preimage.Enclosing;

/// <summary>
/// Cuts a box into cells until each is proved free of the level set, or f is proved strictly monotone in it along one direction, or it is as
/// small as allowed. The cells that are left, breadth first, are the patches.  [Snyder1992]
/// </summary>
internal sealed class Subdivision(PlaneEnclosure f, Rectangle box, SkeletonSearch limits, (double X, double Y) fraction)
{
    // The longest cell: a side of a cell may be so many times shorter than the other, against the box.
    private const double Longest = 8;

    // Zeros on the border's part of a cell must be isolated with so many pieces, else the cell is split.
    private const int BorderPieces = 8;

    // An enclosure that is no wider than this many enclosures of a point is as narrow as rounding lets it be.
    private const double RoundingWidths = 4;

    private readonly Queue<Rectangle> _cells = new();
    private readonly List<EdgeRoot> _found = [];

    /// <summary>Isolates zeros on edges, for this and what comes after.</summary>
    public EdgeRoots Edges { get; } = new(f, box, limits.Smallest);

    public Rectangle Box => box;

    /// <summary>The cells that may meet the level set.</summary>
    public List<Patch> Patches { get; } = [];

    /// <summary>Runs until nothing is left to split; what the budget or a cancellation leaves is undecided.</summary>
    public void Run(CancellationToken cancellation)
    {
        int cells = 0;
        _cells.Enqueue(box);
        while (_cells.TryDequeue(out Rectangle cell))
        {
            if (cells++ >= limits.Cells || cancellation.IsCancellationRequested)
            {
                Patches.Add(new Patch(cell));
                continue;
            }

            Judge(cell);
        }
    }

    private void Judge(Rectangle cell)
    {
        if (!f.Value(cell).Contains(0))
        {
            return;
        }

        Slopes slopes = f.Gradient(cell);
        (double X, double Y) direction = Axis(slopes);
        if (slopes.DX.Contains(0) || slopes.DY.Contains(0))
        {
            Rectangle centre = cell.ToMiddle();
            Interval middle = f.Value(centre);
            Interval mean = middle + slopes.DX * (cell.X - centre.Left) + slopes.DY * (cell.Y - centre.Bottom);
            if (!mean.Contains(0))
            {
                return;
            }

            // Where even the whole cell is on the level to rounding, smaller cells tell no more.
            if (middle.Contains(0) && mean.Cut(slopes.Value).Width <= RoundingWidths * middle.Width)
            {
                Patches.Add(new Patch(cell));
                return;
            }
        }

        if (direction == (0, 0))
        {
            direction = Oblique(cell, slopes);
        }

        Patch patch = new(cell)
        {
            Direction = direction,
            DX = slopes.DX,
            DY = slopes.DY,
        };
        if (direction != (0, 0) && IsBorderDecided(patch))
        {
            patch.IsDecided = true;
            Patches.Add(patch);
        }
        else if (!Split(cell, slopes))
        {
            patch.Roots.Clear();
            Patches.Add(patch);
        }
    }

    /// <summary>The input along which f is monotone, the steeper one where both are; zero where none is.</summary>
    private static (double X, double Y) Axis(Slopes slopes) =>
        slopes.DX.Mignitude == 0 && slopes.DY.Mignitude == 0 ? (0, 0)
        : slopes.DX.Mignitude >= slopes.DY.Mignitude ? (1, 0)
        : (0, 1);

    /// <summary>The gradient's direction, in units of the cell's sides, if f is monotone along it: enclosed as one derivative, terms cancel.</summary>
    private (double X, double Y) Oblique(Rectangle cell, Slopes slopes)
    {
        double x = slopes.DX.Middle * cell.Width * cell.Width;
        double y = slopes.DY.Middle * cell.Height * cell.Height;
        double size = Math.Max(Math.Abs(x), Math.Abs(y));
        if (!(size > 0 && double.IsFinite(size)))
        {
            return (0, 0);
        }

        (double X, double Y) direction = (x / size, y / size);
        return f.Along(cell, direction.X, direction.Y).Slope.Contains(0) ? (0, 0) : direction;
    }

    /// <summary>Whether the level passes no corner of the cell, and all its crossings of the box's border are isolated; they are kept as roots.</summary>
    private bool IsBorderDecided(Patch patch)
    {
        Rectangle c = patch.Cell;
        if (
            Edges.At(c.Left, c.Bottom).Contains(0)
            || Edges.At(c.Right, c.Bottom).Contains(0)
            || Edges.At(c.Left, c.Top).Contains(0)
            || Edges.At(c.Right, c.Top).Contains(0)
        )
        {
            return false;
        }

        return (c.Left > box.Left || IsSideDecided(patch, new Segment(true, c.Left, c.Bottom, c.Top), patch.DY))
            && (c.Right < box.Right || IsSideDecided(patch, new Segment(true, c.Right, c.Bottom, c.Top), patch.DY))
            && (c.Bottom > box.Bottom || IsSideDecided(patch, new Segment(false, c.Bottom, c.Left, c.Right), patch.DX))
            && (c.Top < box.Top || IsSideDecided(patch, new Segment(false, c.Top, c.Left, c.Right), patch.DX));
    }

    private bool IsSideDecided(Patch patch, Segment side, Interval slope)
    {
        _found.Clear();
        if (!Edges.Find(side, slope, BorderPieces, _found))
        {
            return false;
        }

        bool isBefore = side.Line == (side.IsVertical ? patch.Cell.Right : patch.Cell.Top);
        foreach (EdgeRoot root in _found)
        {
            (root.Before, root.After) = isBefore ? (patch, null) : ((Patch?)null, patch);
            patch.Roots.Add(root);
        }

        return true;
    }

    /// <summary>Splits a cell across the input in which f varies more, if it is not as small as allowed.</summary>
    private bool Split(Rectangle cell, Slopes slopes)
    {
        double width = cell.Width / box.Width;
        double height = cell.Height / box.Height;
        double inX = slopes.DX.Magnitude * cell.Width;
        double inY = slopes.DY.Magnitude * cell.Height;
        bool isX =
            width > Longest * height || !(height > Longest * width) && (inX > inY || !(inX < inY) && width >= height);
        if ((isX ? width : height) <= limits.Smallest)
        {
            isX = !isX;
        }

        double at = isX ? cell.Left + fraction.X * cell.Width : cell.Bottom + fraction.Y * cell.Height;
        bool isInside = isX ? at > cell.Left && at < cell.Right : at > cell.Bottom && at < cell.Top;
        if ((isX ? width : height) <= limits.Smallest || !isInside)
        {
            return false;
        }

        (Rectangle first, Rectangle second) = isX ? cell.SplitAtX(at) : cell.SplitAtY(at);
        _cells.Enqueue(first);
        _cells.Enqueue(second);
        return true;
    }
}
