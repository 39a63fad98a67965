using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Surfaces;

/// <summary>
/// Covers a two-dimensional fiber in a box with charts: each chart's cell is cut by its neighbours, and a corner of the cell that is farther than
/// the chart's radius is a place that no chart covers, where the next one is put. The charts end up nowhere nearer than a radius and
/// everywhere within one: their cells' dual is a mesh of well-shaped triangles.  [Henderson2002], [Chew1993]
/// </summary>
internal sealed class Covering
{
    // New charts are put at most so many radii away, and the fiber is looked at that far out.
    private const double Stride = 1.5;
    private const int Probes = 6;
    private const int Trials = 40;
    private const int MostAround = 64;

    // The fiber may leave the tangent plane at this slope within a disc; more is a kink, or a disc that is too large.
    private const double Slope = 0.3;

    // Charts so many radii outside the box still belong to triangles that meet it.
    private const double Margin = 2.2;

    // A gradient that fell to this share says that the fiber bends for want of rank rather than at a kink.
    private const double LostStrength = 0.02;

    // What is looked at only to see how far off it is.
    private const double Coarse = 1e-3;
    private const double Fine = 1e-7;

    private readonly ScaledMap _map;
    private readonly ISpacing _spacing;
    private readonly PullbackFrame _frame;
    private readonly PullbackFrame _there;
    private readonly FiberCorrection _correction;
    private readonly double[] _trial;
    private readonly Queue<int> _queue = new();
    private double _strongest;
    private double _last;

    /// <summary>Begins at a point of the fiber.  start: [n], in the map's coordinates.</summary>
    /// <exception cref="GeometryException">No surface goes through the start.</exception>
    public Covering(ScaledMap map, double[] start, double[] target, ISpacing spacing)
    {
        _map = map;
        _spacing = spacing;
        _frame = new PullbackFrame(map.Inputs, map.Outputs, null, Mesher.RankTolerance);
        _there = new PullbackFrame(map.Inputs, map.Outputs, null, Mesher.RankTolerance);
        _correction = new FiberCorrection(map, target);
        _trial = new double[map.Inputs];
        Atlas = new Atlas(map.Inputs);
        _frame.At(map, start);
        _last = spacing.Radius(new Disc(1, 0));
        Put(
            new Chart
            {
                Point = start,
                Tangents = _frame.NullBasis(),
                Defect = Vectors.LargestDifference(_frame.Value, target),
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
            if (outside > Margin * chart.Radius)
            {
                continue;
            }

            _frame.At(_map, chart.Point);
            Ending trouble = Size(chart);
            if (trouble == Ending.Unknown && outside <= Margin * chart.Radius)
            {
                trouble = Surround(index, chart);
            }

            if (trouble != Ending.Unknown && outside == 0)
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
        _strongest = Math.Max(_strongest, Strength(Atlas.Charts.Count == 1 ? _frame : _there));
    }

    private static double Strength(PullbackFrame frame) => frame.SingularValues[frame.Inputs - 3];

    /// <summary>Finds the radius of a chart's disc: as far as the spacing wants, and as the fiber is a gentle graph over it.</summary>
    private Ending Size(Chart chart)
    {
        double radius = chart.Radius;
        double least = _spacing.Radius(new Disc(radius, double.MaxValue)) * 1.0001;
        for (int i = 0; i < Trials; i++)
        {
            double height = Height(chart, radius);
            double wanted = _spacing.Radius(new Disc(Stride * radius, height));
            if (!(height <= Slope * Stride * radius))
            {
                wanted = Math.Min(wanted, 0.5 * radius);
            }

            bool isLeast = radius <= least || radius <= Mesher.LeastRadius;
            if (wanted >= 0.9 * radius || isLeast)
            {
                chart.Radius = Math.Min(radius, isLeast ? radius : wanted);
                return Judge(chart, height);
            }

            radius = Math.Max(Math.Max(wanted, 0.25 * radius), Math.Min(least, radius));
        }

        return Ending.Singular;
    }

    /// <summary>What the height over the smallest disc says: a smooth place, a kink, or a place where no surface goes on.</summary>
    private Ending Judge(Chart chart, double height)
    {
        double reach = Stride * chart.Radius;
        chart.Bend = 2 * Math.Min(height, reach) / (reach * reach);
        if (height <= Slope * reach)
        {
            return Ending.Unknown;
        }

        if (Strength(_frame) < LostStrength * _strongest)
        {
            return Ending.Singular;
        }

        if (!_correction.IsFinite)
        {
            return Ending.NotFinite;
        }

        chart.IsKinked = true;
        HasKinks = true;
        return Ending.Unknown;
    }

    /// <summary>The largest distance from the tangent plane to the fiber at some places around a chart; infinite where there is no fiber.</summary>
    private double Height(Chart chart, double radius)
    {
        double height = 0;
        for (int k = 0; k < Probes; k++)
        {
            double angle = 2 * Math.PI * k / Probes;
            double reach = Stride * radius;
            chart.Place(reach * Math.Cos(angle), reach * Math.Sin(angle), _trial);
            if (!_correction.Correct(_frame, _trial, reach, Coarse * radius))
            {
                return double.PositiveInfinity;
            }

            (double u, double v, double square) = chart.Project(_trial);
            height = Math.Max(height, Math.Sqrt(Math.Max(0, square - u * u - v * v)));
        }

        return height;
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

            double share = Math.Min(1, Stride * chart.Radius / far);
            Chart? next = At(chart, share * u, share * v);
            if (next is null)
            {
                return _correction.IsFinite ? Ending.Singular : Ending.NotFinite;
            }

            Put(next);
        }

        return Ending.Singular;
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
    private Chart? At(Chart from, double u, double v)
    {
        double reach = Math.Sqrt(u * u + v * v);
        double[] point = new double[_map.Inputs];
        from.Place(u, v, point);
        if (!_correction.Correct(_frame, point, reach, Fine * reach) && !Follow(from, (u, v), point))
        {
            return null;
        }

        _there.At(_map, point);
        if (!Vectors.AreFinite(_there.Jacobian) || _there.Rank != _map.Inputs - 2)
        {
            return null;
        }

        double[] tangents = new double[2 * point.Length];
        return _correction.Correct(_there, point, reach) && Carry(from, tangents)
            ? new Chart
            {
                Point = point,
                Tangents = tangents,
                Defect = _correction.Defect,
                Radius = Math.Min(_last, Stride * from.Radius),
                Bend = from.Bend,
                IsKinked = from.IsKinked,
            }
            : null;
    }

    /// <summary>Newton's method with a frame at each point, where the held one did not do: behind a kink.</summary>
    private bool Follow(Chart from, (double U, double V) at, double[] point)
    {
        double reach = Math.Sqrt(at.U * at.U + at.V * at.V);
        from.Place(at.U, at.V, point);
        for (int i = 0; i < 8 && _correction.IsFinite; i++)
        {
            _there.At(_map, point);
            if (_correction.Correct(_there, point, reach, Fine * reach))
            {
                return Vectors.Distance(point, from.Point) <= 2 * reach;
            }
        }

        return false;
    }

    /// <summary>The tangents of a chart, projected into the tangent plane of the frame there and made orthonormal: their sense is kept.</summary>
    private bool Carry(Chart from, double[] tangents)
    {
        int n = _map.Inputs;
        Span<double> first = tangents.AsSpan(0, n);
        Span<double> second = tangents.AsSpan(n);
        _there.ProjectNull(from.Tangents.AsSpan(0, n), first);
        _there.ProjectNull(from.Tangents.AsSpan(n), second);
        double length = Vectors.Norm(first);
        Vectors.Scale(first, 1 / length);
        Vectors.AddScaled(second, -Vectors.Dot(first, second), first);
        double width = Vectors.Norm(second);
        Vectors.Scale(second, 1 / width);
        return length > Coarse && width > Coarse;
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
