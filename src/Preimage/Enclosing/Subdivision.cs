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

    // Where the gradient's enclosure is not narrower than this share of that two splits before, it has a kink.
    private const double KinkShare = 0.75;

    private readonly Queue<Piece> _cells = new();
    private readonly List<EdgeRoot> _found = [];

    /// <summary>A cell with the widths of the gradient's enclosures over the cells that it was split from.</summary>
    private readonly record struct Piece(Rectangle Cell, double Parent, double Grandparent);

    /// <summary>Isolates zeros on edges, for this and what comes after.</summary>
    public EdgeRoots Edges { get; } = new(f, box, limits.Smallest);

    public Rectangle Box => box;

    /// <summary>The cells that may meet the level set.</summary>
    public List<Patch> Patches { get; } = [];

    /// <summary>Runs until nothing is left to split; what the budget or a cancellation leaves is undecided.</summary>
    public void Run(CancellationToken cancellation)
    {
        int cells = 0;
        _cells.Enqueue(new Piece(box, double.PositiveInfinity, double.PositiveInfinity));
        while (_cells.TryDequeue(out Piece piece))
        {
            if (cells++ >= limits.Cells || cancellation.IsCancellationRequested)
            {
                Patches.Add(new Patch(piece.Cell));
                continue;
            }

            Judge(piece);
        }
    }

    private void Judge(Piece piece)
    {
        Rectangle cell = piece.Cell;
        if (!f.Value(cell).Contains(0))
        {
            return;
        }

        Slopes slopes = f.Gradient(cell);
        (double X, double Y) direction = MonotoneDirection.Axis(slopes);
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
            direction = MonotoneDirection.Towards(f, cell, slopes.DX.Middle, slopes.DY.Middle);
        }

        if (direction == (0, 0) && Spread(slopes) > KinkShare * piece.Grandparent)
        {
            direction = MonotoneDirection.AlongKink(f, cell, slopes);
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
        else if (!Split(piece, slopes))
        {
            patch.Roots.Clear();
            Patches.Add(patch);
        }
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

    private static double Spread(Slopes slopes) => slopes.DX.Width + slopes.DY.Width;

    /// <summary>Splits a cell across the input in which f varies more, if it is not as small as allowed.</summary>
    private bool Split(Piece piece, Slopes slopes)
    {
        Rectangle cell = piece.Cell;
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
        double spread = Spread(slopes);
        _cells.Enqueue(new Piece(first, spread, piece.Parent));
        _cells.Enqueue(new Piece(second, spread, piece.Parent));
        return true;
    }
}
