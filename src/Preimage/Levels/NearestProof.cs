using Preimage.Enclosing;
using Preimage.Maps;

namespace Preimage.Levels;

/// <summary>
/// Branch and bound for the distance from a start to { g = 0 } in a box. A cell is dropped when the enclosure of g over it, natural or mean value,
/// excludes 0; it is cut to what the mean value leaves of it; and its bound is the larger of its own distance and that of the slab
/// |g(c) + J (x - c)| &lt;= rad J rad x, which is good to second order. Where g has enclosed second derivatives, cells around a nearest point end in its
/// <see cref="Neighbourhood"/>.
/// </summary>
internal sealed class NearestProof
{
    // A cell that ties with the best point known so nearly, and is so small against its distance, is worth a descent; so many at most.
    private const double Tie = 0.95;
    private const double Small = 0.2;
    private const int Explorations = 16;

    private readonly IEnclosedMap _map;
    private readonly Border _border;
    private readonly double[] _origin;
    private readonly Box _box;
    private readonly List<Neighbourhood> _known = [];
    private readonly PriorityQueue<Interval[], double> _open = new();
    private readonly Interval[] _value = new Interval[1];
    private readonly Interval[] _jacobian;
    private readonly Interval[] _center;
    private int _explored;

    public NearestProof(IEnclosedMap map, Border border, double[] origin, Box box)
    {
        _box = box;
        _map = map;
        _border = border;
        _origin = origin;
        _jacobian = new Interval[origin.Length];
        _center = new Interval[origin.Length];
    }

    /// <summary>The nearest point known.</summary>
    public BorderPoint? Best { get; private set; }

    /// <summary>The nearest point whose change of sign could not be proved: it bounds nothing.</summary>
    public BorderPoint? Suspect { get; private set; }

    /// <summary>No point of the border is nearer than this; infinite: there is none in the box.</summary>
    public double Lower { get; private set; }

    /// <summary>How many boxes were enclosed.</summary>
    public long Enclosures { get; private set; }

    /// <summary>When to stop.</summary>
    /// <param name="Tolerance">The relative gap asked for.</param>
    /// <param name="Floor">A gap that is below the width of a bracket.</param>
    /// <param name="Cells">The most cells.</param>
    public sealed record Goal(double Tolerance, double Floor, long Cells);

    /// <summary>Searches the part of the box that is no farther than the best point known.</summary>
    /// <returns>Whether the gap asked for was reached, or nothing was left.</returns>
    public bool Run(BorderPoint? best, Goal goal, CancellationToken cancellation)
    {
        Take(best);
        Begin(cancellation);
        if (cancellation.IsCancellationRequested)
        {
            return false;
        }

        while (_open.TryDequeue(out Interval[]? cell, out double bound))
        {
            Lower = Best is null ? bound : Math.Min(bound, Best.Distance);
            if (Best is not null && bound >= Best.Distance - goal.Tolerance * Best.Distance - goal.Floor)
            {
                return true;
            }

            int side = Widest(cell);
            double middle = cell[side].Middle;
            bool isWhole = !(cell[side].Low < middle && middle < cell[side].High);
            if (isWhole || Enclosures >= goal.Cells || cancellation.IsCancellationRequested)
            {
                return false;
            }

            Interval[] half = [.. cell];
            half[side] = new Interval(cell[side].Low, middle);
            cell[side] = new Interval(middle, cell[side].High);
            Open(half, bound);
            Open(cell, bound);
        }

        Lower = Best?.Distance ?? double.PositiveInfinity;
        return true;
    }

    /// <summary>Opens the box, the neighbourhood of the best point known apart from the rest.</summary>
    private void Begin(CancellationToken cancellation)
    {
        Interval[] rest = [.. Enumerable.Range(0, _origin.Length).Select(Range)];
        for (int i = 0; i < rest.Length && _known.Count > 0 && !cancellation.IsCancellationRequested; i++)
        {
            Interval inner = _known[0].Region[i];
            foreach (Interval part in (Interval[])[new(rest[i].Low, inner.Low), new(inner.High, rest[i].High)])
            {
                if (part.Low < part.High)
                {
                    Interval[] side = [.. rest];
                    side[i] = part;
                    Open(side, 0);
                }
            }

            rest[i] = rest[i].Cut(inner);
        }

        Open(rest, 0);
    }

    /// <summary>Takes a better point, and what can be proved around it.</summary>
    private void Take(BorderPoint? found)
    {
        if (found?.IsProved == false)
        {
            Suspect = BorderPoint.Better(Suspect, found);
        }
        else if (found is not null && found.Distance < (Best?.Distance ?? double.PositiveInfinity))
        {
            Best = found;
            Know(found.Point);
        }
    }

    private void Know(double[] point)
    {
        if (
            _map is ICurvedEnclosedMap curved
            && Neighbourhood.Around(curved, _origin, point, _border.Multiplier(point), _box) is { } around
        )
        {
            _known.Add(around);
        }
    }

    private Interval Range(int i)
    {
        Interval side = new(_box.Lower[i], _box.Upper[i]);
        return Best is null ? side : side.Cut(Interval.Of(_origin[i]) + new Interval(-Best.Distance, Best.Distance));
    }

    /// <summary>Keeps a cell for later unless it is proved to hold nothing nearer than the best point known.</summary>
    private void Open(Interval[] cell, double bound)
    {
        Enclosures++;
        _map.EncloseJacobian(cell, _value, _jacobian);
        if (!_value[0].Contains(0))
        {
            return;
        }

        for (int i = 0; i < cell.Length; i++)
        {
            _center[i] = cell[i].Middle;
        }

        _map.Enclose(_center, _value);
        if (!Cut(cell))
        {
            return;
        }

        bound = Math.Max(bound, Math.Max(Distance(cell), Slab(cell)));
        Explore(cell, bound);
        foreach (Neighbourhood around in _known)
        {
            bound = around.Contains(cell) ? Math.Max(bound, around.Lower) : bound;
        }

        if (_known.Count > 0 && IsTie(cell, bound) && bound < Best!.Distance)
        {
            bound = Math.Max(bound, _known[^1].Bound((ICurvedEnclosedMap)_map, _origin, cell, _box));
        }

        if (Best is null || bound < Best.Distance)
        {
            Look(cell);
            _open.Enqueue(cell, bound);
        }
    }

    /// <summary>A small cell that nearly ties with the best point known may hold another local solution: descends from it to prove one there too.</summary>
    private void Explore(Interval[] cell, double bound)
    {
        bool isTie =
            Best is not null && bound > Tie * Best.Distance && cell[Widest(cell)].Width < Small * Best.Distance;
        if (isTie && _explored < Explorations && !_known.Exists(around => around.Contains(cell)))
        {
            _explored++;
            Know(_border.Descend([.. cell.Select(side => side.Middle)]));
        }
    }

    private bool IsTie(Interval[] cell, double bound) =>
        Best is not null && bound > Tie * Best.Distance && cell[Widest(cell)].Width < Small * Best.Distance;

    /// <summary>Cuts a cell to where g(c) + J (x - c) can vanish, one input after the other.</summary>
    /// <returns>Whether anything is left.</returns>
    private bool Cut(Interval[] cell)
    {
        Interval all = _value[0];
        for (int i = 0; i < cell.Length; i++)
        {
            all += _jacobian[i] * (cell[i] - _center[i]);
        }

        if (!all.Contains(0))
        {
            return false;
        }

        for (int i = 0; i < cell.Length; i++)
        {
            if (_jacobian[i].Contains(0) || double.IsInfinity(_jacobian[i].Magnitude))
            {
                continue;
            }

            Interval others = _value[0];
            for (int j = 0; j < cell.Length; j++)
            {
                others += j == i ? Interval.Zero : _jacobian[j] * (cell[j] - _center[j]);
            }

            Interval left = _center[i] - others / _jacobian[i];
            if (!left.Meets(cell[i]))
            {
                return false;
            }

            cell[i] = cell[i].Cut(left);
        }

        return true;
    }

    /// <summary>A lower bound of the distance from the start to the cell.</summary>
    private double Distance(Interval[] cell)
    {
        Interval square = Interval.Zero;
        for (int i = 0; i < cell.Length; i++)
        {
            square += Interval.Of((cell[i] - _origin[i]).Mignitude).Square();
        }

        return square.SquareRoot().Low;
    }

    /// <summary>A lower bound of the distance from the start to the slab in which the border lies within the cell.</summary>
    private double Slab(Interval[] cell)
    {
        Interval side = _value[0];
        Interval slack = Interval.Zero;
        Interval square = Interval.Zero;
        for (int i = 0; i < cell.Length; i++)
        {
            double slope = _jacobian[i].Middle;
            side += (Interval.Of(_origin[i]) - _center[i]) * slope;
            slack += (_jacobian[i] - slope).Absolute() * (cell[i] - _center[i]).Absolute();
            square += Interval.Of(slope).Square();
        }

        double reach = (Interval.Of(side.Mignitude) - slack.High).Low;
        double length = square.SquareRoot().High;
        return reach > 0 && length > 0 && double.IsFinite(length) ? (Interval.Of(reach) / length).Low : 0;
    }

    /// <summary>A better point, where g has changed its sign nearer to the start than the best one known: in the middle of the cell, or where it is nearest.</summary>
    private void Look(Interval[] cell)
    {
        double[] middle = [.. cell.Select(side => side.Middle)];
        double[] nearest = [.. cell.Select((side, i) => Math.Clamp(_origin[i], side.Low, side.High))];
        foreach (double[] point in (double[][])[nearest, middle])
        {
            if (_border.Distance(point) < (Best?.Distance ?? double.PositiveInfinity) && _border.IsBeyond(point))
            {
                Take(_border.Before(point));
            }
        }
    }

    private static int Widest(Interval[] cell)
    {
        int widest = 0;
        for (int i = 1; i < cell.Length; i++)
        {
            widest = cell[i].High - cell[i].Low > cell[widest].High - cell[widest].Low ? i : widest;
        }

        return widest;
    }
}
