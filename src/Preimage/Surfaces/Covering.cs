using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Surfaces;

/// <summary>
/// Covers a two-dimensional fiber in a box with charts: each chart's cell is cut by its neighbours, and a corner of the cell that is farther than
/// the chart's radius is a place that no chart covers, where the next one is put. The charts end up nowhere nearer than a radius and
/// everywhere within one: their cells' dual is a mesh of well-shaped triangles.  [Henderson2002], [Chew1993]
/// </summary>
internal sealed class Covering
{
    private const int MostAround = 64;

    // Charts so many radii outside the box still belong to triangles that meet it.
    private const double Margin = 2.2;

    // How steeply the fiber may leave a mean plane at a kink.
    private const double Steepest = 2.5;

    // What is corrected to rounding with another frame later.
    private const double Fine = 1e-7;

    // At a kink a chart so near to another, in radii, is a second one of the same place, seen across.
    private const double Crowded = 0.3;

    // And moves less than this share of the way then; else there is a kink between.
    private const double Nearby = 1e-4;

    private readonly ScaledMap _map;
    private readonly Discs _discs;
    private readonly GraphCorrection _graph;
    private readonly PullbackFrame _frame;
    private readonly PullbackFrame _there;
    private readonly FiberCorrection _correction;
    private readonly Queue<int> _queue = new();
    private readonly double _last;

    /// <summary>Begins at a point of the fiber.  start: [n], in the map's coordinates.</summary>
    /// <exception cref="GeometryException">No surface goes through the start.</exception>
    public Covering(ScaledMap map, double[] start, double[] target, ISpacing spacing)
    {
        _map = map;
        _frame = new PullbackFrame(map.Inputs, map.Outputs, null, Mesher.RankTolerance);
        _there = new PullbackFrame(map.Inputs, map.Outputs, null, Mesher.RankTolerance);
        _correction = new FiberCorrection(map, target);
        _graph = new GraphCorrection(map, target);
        _discs = new Discs(map, target, spacing, _frame);
        Atlas = new Atlas(map.Inputs);
        _frame.At(map, start);
        _last = spacing.Radius(new Disc(1, 0));
        Put(
            new Chart
            {
                Point = start,
                Tangents = _frame.NullBasis(),
                Radius = _last,
            }
        );
    }

    /// <summary>The charts so far.</summary>
    public Atlas Atlas { get; }

    /// <summary>What keeps the covering from being whole; Unknown where nothing does.</summary>
    public Ending Trouble { get; private set; }

    /// <summary>Whether the fiber has a kink somewhere.</summary>
    public bool HasKinks { get; private set; }

    /// <summary>Covers the component of the start, as far as it is in the box.</summary>
    /// <param name="mostCharts">When to stop.</param>
    /// <param name="progress">Is told the number of charts now and then.</param>
    /// <param name="cancellation">Ends the run with what was done.</param>
    public void Run(long mostCharts, IProgress<long>? progress, CancellationToken cancellation)
    {
        while (_queue.TryDequeue(out int index))
        {
            if (cancellation.IsCancellationRequested)
            {
                Trouble = Ending.Cancelled;
                return;
            }

            if (Atlas.Charts.Count >= mostCharts)
            {
                Trouble = Ending.BudgetSpent;
                return;
            }

            Chart chart = Atlas.Charts[index];
            double outside = Outside(chart.Point);
            if (outside > Margin * Math.Max(chart.Radius, chart.Around))
            {
                continue;
            }

            _frame.At(_map, chart.Point);
            Ending trouble = _discs.Size(chart);
            HasKinks |= chart.IsKinked;
            if (trouble == Ending.Unknown && outside <= Margin * Math.Max(chart.Radius, chart.Around))
            {
                trouble = Surround(index, chart);
            }

            if (trouble != Ending.Unknown && outside == 0 && Trouble != Ending.Singular)
            {
                Trouble = trouble;
            }

            progress?.Report(Atlas.Charts.Count);
        }
    }

    private void Put(Chart chart)
    {
        _queue.Enqueue(Atlas.Charts.Count);
        Atlas.Add(chart);
        double strength = Discs.Strength(Atlas.Charts.Count == 1 ? _frame : _there);
        _discs.Strongest = Math.Max(_discs.Strongest, strength);
    }

    /// <summary>Puts charts around one until its cell has no corner outside its disc.</summary>
    private Ending Surround(int index, Chart chart)
    {
        for (int i = 0; i < MostAround; i++)
        {
            (double u, double v, double far) = Farthest(Atlas.CellOf(index));
            if (far <= chart.Radius * (1 + 1e-9))
            {
                chart.IsCovered = true;
                return Ending.Unknown;
            }

            double share = Math.Min(1, Discs.Stride * chart.Radius / far);
            Chart? next = At(index, share * u, share * v);
            if (next is null || next.IsKinked && Atlas.HasNear(next.Point, Crowded * chart.Radius))
            {
                // At a kink a few places may stay bare: the gap is small, and closed by its corners.
                chart.IsCovered = chart.IsKinked;
                return _correction.IsFinite ? Ending.StepTooSmall : Ending.NotFinite;
            }

            Put(next);
        }

        return Ending.StepTooSmall;
    }

    private static (double U, double V, double Far) Farthest(Cell cell)
    {
        (double U, double V, double Far) farthest = default;
        foreach ((double u, double v, _) in cell.Corners)
        {
            double square = u * u + v * v;
            if (square > farthest.Far)
            {
                farthest = (u, v, square);
            }
        }

        return farthest with
        {
            Far = Math.Sqrt(farthest.Far),
        };
    }

    /// <summary>The chart over a place of another's tangent plane; null where the fiber is not found or has another dimension.</summary>
    private Chart? At(int index, double u, double v)
    {
        Chart from = Atlas.Charts[index];
        double[] point = new double[_map.Inputs];
        double reach = Math.Sqrt(u * u + v * v);
        from.Place(u, v, point);
        if (from.IsKinked || !IsReached(point, reach))
        {
            from.Place(u, v, point);
            if (!_graph.Correct(from.Tangents, point, Steepest * reach) || !IsRegular(point))
            {
                return null;
            }
        }

        Chart chart = new()
        {
            Point = point,
            Tangents = new double[2 * point.Length],
            Radius = Math.Min(_last, Discs.Stride * from.Radius),
            Bend = from.Bend,
            From = index,
            Around = from.Radius,
            IsKinked = from.IsKinked,
        };
        double[] tangents = new double[2 * point.Length];
        int n = point.Length;
        _there.ProjectNull(from.Tangents.AsSpan(0, n), tangents.AsSpan(0, n));
        _there.ProjectNull(from.Tangents.AsSpan(n), tangents.AsSpan(n));
        return chart.Turn(tangents) ? chart : null;
    }

    /// <summary>Brings a point onto the fiber with the frame that is held, then to rounding with one of its own.</summary>
    private bool IsReached(double[] point, double reach) =>
        _correction.Correct(_frame, point, reach, Fine * reach)
        && IsRegular(point)
        && _correction.Correct(_there, point, Nearby * reach);

    /// <summary>Whether the fiber is a surface at a point; the frame there stays.</summary>
    private bool IsRegular(double[] point)
    {
        _there.At(_map, point);
        return Vectors.AreFinite(_there.Jacobian) && _there.Rank == _map.Inputs - 2;
    }

    /// <summary>How far a point is outside the box, in its worst coordinate; 0 inside.</summary>
    private double Outside(ReadOnlySpan<double> x)
    {
        double outside = 0;
        for (int i = 0; i < x.Length; i++)
        {
            outside = Math.Max(outside, Math.Max(_map.Box.Lower[i] - x[i], x[i] - _map.Box.Upper[i]));
        }

        return outside;
    }
}
