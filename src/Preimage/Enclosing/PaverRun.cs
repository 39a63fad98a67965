using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Enclosing;

/// <summary>The state of one paving: the boxes found inside, and the undecided ones in the order of their undecided volume.</summary>
internal sealed class PaverRun
{
    private readonly IRelaxedMap _f;
    private readonly PaverBand _band;
    private readonly Box _box;
    private readonly List<Patch> _inner = [];
    private readonly List<Patch> _smallest = [];
    private readonly PriorityQueue<Patch, (double, long)> _queue = new();
    private readonly Interval[] _x;
    private readonly Interval[] _jacobian;
    private readonly Interval[] _y = new Interval[1];
    private readonly double[] _lower;
    private readonly double[] _upper;
    private double _undecided;
    private long _order;

    public PaverRun(PaverBand band, Box box)
    {
        _f = band.Map;
        _band = band;
        _box = box;
        _x = new Interval[box.Dimension];
        _jacobian = new Interval[box.Dimension];
        _lower = new double[box.Dimension + 1];
        _upper = new double[box.Dimension + 1];
    }

    /// <summary>A box, its part of the whole box's volume, enclosed, and what is proved of it.</summary>
    private sealed record Patch(Cell Cell, Interval Part, PaverShare Share);

    /// <summary>How many boxes were relaxed.</summary>
    public long Enclosures { get; private set; }

    /// <summary>The undecided share of the box, to rounding.</summary>
    public double UndecidedShare => _undecided;

    /// <summary>Looks at the whole box.</summary>
    public void Begin() => Add(new Cell(_box.Lower, _box.Upper));

    /// <summary>Splits the box with the largest undecided volume; false where there is none that can be split.</summary>
    public bool SplitLargest()
    {
        while (_queue.TryDequeue(out Patch? patch, out (double Part, long) key))
        {
            int axis = Axis(patch.Cell);
            double low = patch.Cell.Lower[axis];
            double high = patch.Cell.Upper[axis];
            double middle = Interval.Between(low, high).Middle;
            if (middle > low && middle < high)
            {
                _undecided += key.Part;
                Add(patch.Cell with { Upper = patch.Cell.Upper.SetItem(axis, middle) });
                Add(patch.Cell with { Lower = patch.Cell.Lower.SetItem(axis, middle) });
                return true;
            }

            _smallest.Add(patch);
        }

        return false;
    }

    /// <summary>What was proved so far, with certified volumes.</summary>
    public Paving Paving(PavingEnding ending)
    {
        Patch[] boundary = [.. _queue.UnorderedItems.OrderBy(q => q.Priority).Select(q => q.Element), .. _smallest];
        Interval inside = Interval.Zero;
        Interval possible = Interval.Zero;
        foreach (Patch patch in _inner)
        {
            inside += patch.Part;
            possible += patch.Part;
        }

        foreach (Patch patch in boundary)
        {
            inside += patch.Part * patch.Share.Inside;
            possible += patch.Part * (Interval.Of(1) - patch.Share.Outside);
        }

        Interval volume = Volume();
        Interval share = new(Math.Clamp(inside.Low, 0, 1), Math.Clamp(possible.High, 0, 1));

        return new Paving
        {
            Dimension = _box.Dimension,
            Box = new Cell(_box.Lower, _box.Upper),
            Inner = [.. _inner.Select(p => p.Cell)],
            Boundary = [.. boundary.Select(p => p.Cell)],
            ShareInner = share.Low,
            ShareOuter = share.High,
            VolumeInner = Math.Max(0, (Interval.Of(share.Low) * volume).Low),
            VolumeOuter = (Interval.Of(share.High) * volume).High,
            Enclosures = Enclosures,
            Ending = ending,
        };
    }

    private void Add(Cell cell)
    {
        Load(cell);
        _f.Relax(_x, _y, _lower, _upper);
        Enclosures++;
        PaverShare share = PaverShare.Of(_x, _y[0], new PaverBounds(_lower, _upper), _band);
        if (share.Inside >= 1)
        {
            _inner.Add(new Patch(cell, Part(), share));
        }
        else if (share.Outside < 1)
        {
            Patch patch = new(cell, Part(), share);
            double undecided = patch.Part.Middle * share.Undecided;
            _undecided += undecided;
            _queue.Enqueue(patch, (-undecided, _order++));
        }
    }

    /// <summary>The edge along which f bends most: the derivative's spread times the width. Where nothing is known of it, the edge with most of the box's edge left.</summary>
    private int Axis(Cell cell)
    {
        Load(cell);
        _f.EncloseJacobian(_x, _y, _jacobian);
        int axis = Largest(i => _jacobian[i].Width * (cell.Upper[i] - cell.Lower[i]), out double most);
        return most > 0 && double.IsFinite(most)
            ? axis
            : Largest(i => (cell.Upper[i] - cell.Lower[i]) / (_box.Upper[i] - _box.Lower[i]), out _);
    }

    private int Largest(Func<int, double> size, out double most)
    {
        int best = 0;
        most = size(0);
        for (int i = 1; i < _x.Length; i++)
        {
            double at = size(i);
            // Negated, so that NaN counts as the largest and is seen by the caller.
            if (!(at <= most))
            {
                best = i;
                most = at;
            }
        }

        return best;
    }

    /// <summary>The product of the box's edges; may underflow or overflow in many inputs, which nothing but the reported volumes feels.</summary>
    private Interval Volume()
    {
        Interval volume = Interval.Of(1);
        for (int i = 0; i < _box.Dimension; i++)
        {
            volume *= Interval.Of(_box.Upper[i]) - _box.Lower[i];
        }

        return volume;
    }

    /// <summary>The product of the loaded cell's edges, each as a share of the box's.</summary>
    private Interval Part()
    {
        Interval part = Interval.Of(1);
        for (int i = 0; i < _x.Length; i++)
        {
            if (_x[i].Low > _box.Lower[i] || _x[i].High < _box.Upper[i])
            {
                part *= (Interval.Of(_x[i].High) - _x[i].Low) / (Interval.Of(_box.Upper[i]) - _box.Lower[i]);
            }
        }

        return part;
    }

    private void Load(Cell cell)
    {
        for (int i = 0; i < _x.Length; i++)
        {
            _x[i] = new Interval(cell.Lower[i], cell.Upper[i]);
        }
    }
}
