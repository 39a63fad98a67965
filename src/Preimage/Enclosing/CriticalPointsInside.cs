using Preimage.Results;

namespace Preimage.Enclosing;

/// <summary>
/// Zeros of the gradient of f in a box by Krawczyk's operator K(X) = m - Y g(m) + (I - Y H(X)) (X - m), Y the inverse of the Hessian in the
/// middle m: every zero in X lies in K(X), and where K(X) lies inside X there is exactly one.  [Neumaier1990]
/// </summary>
internal sealed class CriticalPointsInside(CurvedPlaneEnclosure f, Rectangle box, CriticalPointSearch limits)
{
    private const double Fraction = 0.4871;

    // Newton steps towards the zero around which a cell is grown to prove it, and how often it is made smaller for that.
    private const int NewtonSteps = 3;
    private const int Shrinkings = 4;

    // A proved zero is narrowed until nothing is gained, so many times at most.
    private const int NarrowSteps = 12;

    // A derivative enclosed no wider than so many enclosures of a point is as narrow as rounding lets it be.
    private const double RoundingWidths = 4;

    // Where the gradient's enclosure is not narrower than this share of that two splits before, it has a kink.
    private const double KinkShare = 0.75;

    private readonly Queue<Piece> _cells = new();
    private readonly List<Patch> _undecided = [];
    private readonly List<Rectangle> _regions = []; // with just one zero each
    private readonly List<Rectangle> _places = []; // of these zeros, each once
    private readonly bool _isStraight = f.IsStraight(box);
    private int _kinks;

    /// <summary>A cell with the widths of the gradient's enclosures over the cells that it was split from.</summary>
    private readonly record struct Piece(Rectangle Cell, double Parent, double Grandparent);

    public IEnumerable<CriticalPoint> Find(CancellationToken cancellation)
    {
        int cells = 0;
        _cells.Enqueue(new Piece(box, double.PositiveInfinity, double.PositiveInfinity));
        while (_cells.TryDequeue(out Piece piece))
        {
            if (cells++ >= limits.Cells || cancellation.IsCancellationRequested)
            {
                _undecided.Add(new Patch(piece.Cell));
            }
            else if (!IsDecided(piece, out double spread))
            {
                Split(piece, spread);
            }
        }

        return [.. _places.SelectMany(Proved), .. Undecided()];
    }

    /// <summary>Whether the cell holds no zero but those that are listed.</summary>
    private bool IsDecided(Piece piece, out double spread)
    {
        Rectangle cell = piece.Cell;
        spread = 0;
        if (_regions.Exists(r => r.Contains(cell)))
        {
            return true;
        }

        Slopes slopes = f.Gradient(cell);
        if (!slopes.DX.Contains(0) || !slopes.DY.Contains(0))
        {
            return true;
        }

        spread = slopes.DX.Width + slopes.DY.Width;
        bool isStuck = spread > KinkShare * piece.Grandparent;
        if (IsMonotone(cell, slopes, isStuck))
        {
            return true;
        }

        if (!_isStraight && KrawczykStep.Around(f, cell) is { } step)
        {
            return step.IsEmpty(cell) || Prove(cell) && _regions[^1].Contains(cell) || isStuck && IsFlat(cell, slopes);
        }

        if (isStuck && _kinks++ >= limits.Kinks)
        {
            _undecided.Add(new Patch(cell));
            return true;
        }

        return isStuck && IsFlat(cell, slopes);
    }

    /// <summary>Leaves a cell undecided where the derivatives are enclosed as narrowly as rounding allows: smaller cells tell no more.</summary>
    private bool IsFlat(Rectangle cell, Slopes slopes)
    {
        Slopes point = f.Gradient(cell.ToInner());
        bool isFlat =
            slopes.DX.Width <= RoundingWidths * point.DX.Width && slopes.DY.Width <= RoundingWidths * point.DY.Width;
        if (isFlat)
        {
            _undecided.Add(new Patch(cell));
        }

        return isFlat;
    }

    /// <summary>Looks for a direction along which f is monotone in the cell, which excludes zeros of Clarke's gradient at kinks too.</summary>
    private bool IsMonotone(Rectangle cell, Slopes slopes, bool hasKink) =>
        MonotoneDirection.Towards(f, cell, slopes.DX.Middle, slopes.DY.Middle) != (0, 0)
        || hasKink && MonotoneDirection.AlongKink(f, cell, slopes) != (0, 0);

    /// <summary>Goes from the middle of a cell to a zero near it, and proves that there is just one in some rectangle around it.</summary>
    private bool Prove(Rectangle cell)
    {
        Rectangle at = cell.ToMiddle();
        for (int k = 0; k < NewtonSteps; k++)
        {
            if (KrawczykStep.Around(f, at) is not { } step)
            {
                return false;
            }

            at = Rectangle.Point(step.X.Middle, step.Y.Middle);
            if (!cell.Grown(cell.Width, cell.Height).Contains(at) || _regions.Exists(r => r.Contains(at)))
            {
                return false;
            }
        }

        double share = 1.5;
        for (int k = 0; k < Shrinkings; k++, share /= 3)
        {
            Rectangle region = at.Grown(share * cell.Width, share * cell.Height);
            if (KrawczykStep.Around(f, region) is { } step && step.IsInside(region))
            {
                Rectangle place = Narrow(step.Cut(region));
                if (!_regions.Exists(r => r.Contains(place)))
                {
                    _places.Add(place);
                }

                _regions.Add(region);
                return true;
            }
        }

        return false;
    }

    private Rectangle Narrow(Rectangle place)
    {
        for (int k = 0; k < NarrowSteps; k++)
        {
            if (KrawczykStep.Around(f, place) is not { } step)
            {
                break;
            }

            Rectangle next = step.Cut(place);
            bool isLast =
                CriticalPoints.IsRounding(next.X, place.X, box.X) && CriticalPoints.IsRounding(next.Y, place.Y, box.Y);
            place = next;
            if (isLast)
            {
                break;
            }
        }

        return place;
    }

    private void Split(Piece piece, double spread)
    {
        Rectangle cell = piece.Cell;
        double width = cell.Width / box.Width;
        double height = cell.Height / box.Height;
        double at = width >= height ? cell.Left + Fraction * cell.Width : cell.Bottom + Fraction * cell.Height;
        bool isInside = width >= height ? at > cell.Left && at < cell.Right : at > cell.Bottom && at < cell.Top;
        if (Math.Max(width, height) <= limits.Smallest || !isInside)
        {
            _undecided.Add(new Patch(cell));
            return;
        }

        (Rectangle first, Rectangle second) = width >= height ? cell.SplitAtX(at) : cell.SplitAtY(at);
        _cells.Enqueue(new Piece(first, spread, piece.Parent));
        _cells.Enqueue(new Piece(second, spread, piece.Parent));
    }

    /// <summary>The proved zero, if it lies in the box; of unknown verdict if it may lie on either side of the border.</summary>
    private IEnumerable<CriticalPoint> Proved(Rectangle place)
    {
        if (!place.Meets(box))
        {
            yield break;
        }

        Bends bends = f.Hessian(place).Bends;
        Interval determinant = bends.Determinant;
        CriticalKind kind =
            determinant.High < 0 ? CriticalKind.Saddle
            : determinant.Low > 0 && bends.XX.Low > 0 ? CriticalKind.Minimum
            : determinant.Low > 0 && bends.XX.High < 0 ? CriticalKind.Maximum
            : CriticalKind.Unknown;
        bool isInside = box.Contains(place);
        Rectangle inside = isInside ? place : place.Cut(box);
        yield return CriticalPoints.Entry(inside, ValueOver(inside), kind, isInside ? Verdict.Proved : Verdict.Unknown);
    }

    private IEnumerable<CriticalPoint> Undecided()
    {
        Neighbours[] pairs = [.. PatchBorders.Of(_undecided)];
        int clusters = PatchClusters.Gather(_undecided, pairs).Length;
        (Rectangle Hull, Interval Value)?[] entries = new (Rectangle, Interval)?[clusters];
        foreach (Patch patch in _undecided)
        {
            Interval value = ValueOver(patch.Cell);
            entries[patch.Cluster] = entries[patch.Cluster] is { } known
                ? (known.Hull.Hull(patch.Cell), known.Value.Hull(value))
                : (patch.Cell, value);
        }

        return entries.Select(e =>
            CriticalPoints.Entry(e!.Value.Hull, e.Value.Value, CriticalKind.Unknown, Verdict.Unknown)
        );
    }

    private Interval ValueOver(Rectangle place)
    {
        Slopes slopes = f.Gradient(place);
        Rectangle middle = place.ToMiddle();
        Interval mean = f.Value(middle) + slopes.DX * (place.X - middle.Left) + slopes.DY * (place.Y - middle.Bottom);
        return mean.Cut(slopes.Value);
    }
}
