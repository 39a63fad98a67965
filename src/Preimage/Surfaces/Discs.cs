using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Surfaces;

/// <summary>
/// Finds the disc of a chart: as large as the spacing wants, and small enough for the fiber to be a gentle graph over it. Where no disc is small
/// enough there is a kink, and the tangent plane becomes that of the fiber's mean over a few radii, over which it is a graph still.
/// </summary>
internal sealed class Discs
{
    /// <summary>New charts are put at most so many radii away, and the fiber is looked at that far out.</summary>
    public const double Stride = 1.5;

    private const int Probes = 8;
    private const int Trials = 40;

    // The fiber may leave the tangent plane at this slope within a disc; more is a kink, or a disc that is too large.
    private const double Slope = 0.3;

    // At a kink it may leave the mean plane at this one.
    private const double Steepest = 2.5;

    // Over how many radii the mean is taken, and how often anew.
    private const double Wide = 2.5;
    private const int Turns = 3;

    // A gradient that fell to this share says that the fiber bends for want of rank rather than at a kink.
    private const double LostStrength = 0.02;

    // What is looked at only to see how far off it is.
    private const double Coarse = 1e-3;

    private readonly ISpacing _spacing;
    private readonly PullbackFrame _frame;
    private readonly FiberCorrection _held;
    private readonly GraphCorrection _graph;
    private readonly double[] _trial;

    /// <summary>For the fiber of a target.</summary>
    /// <param name="map">The map.</param>
    /// <param name="target">y0: [map.Outputs].</param>
    /// <param name="spacing">What is wanted.</param>
    /// <param name="frame">The frame that stands at each chart that is asked about.</param>
    public Discs(ScaledMap map, double[] target, ISpacing spacing, PullbackFrame frame)
    {
        _spacing = spacing;
        _frame = frame;
        _held = new FiberCorrection(map, target);
        _graph = new GraphCorrection(map, target);
        _trial = new double[map.Inputs];
    }

    /// <summary>The largest strength of a chart so far.</summary>
    public double Strongest { get; set; }

    /// <summary>The smallest singular value that counts.</summary>
    public static double Strength(PullbackFrame frame) => frame.SingularValues[frame.Inputs - 3];

    /// <summary>Sizes the disc of a chart.</summary>
    /// <returns>Unknown where all is well; else why the fiber does not go on here.</returns>
    public Ending Size(Chart chart)
    {
        chart.IsKinked = false;
        double radius = chart.Radius;
        double least = Math.Max(_spacing.Radius(new Disc(radius, double.MaxValue)) * 1.0001, Mesher.LeastRadius);
        for (int i = 0; i < Trials; i++)
        {
            double height = Height(chart, radius);
            double wanted = _spacing.Radius(new Disc(Stride * radius, height));
            if (!(height <= Slope * Stride * radius))
            {
                wanted = Math.Min(wanted, 0.5 * radius);
            }

            bool isLeast = radius <= least;
            if (wanted >= 0.9 * radius || isLeast)
            {
                chart.Radius = isLeast ? radius : Math.Min(radius, wanted);
                return Judge(chart, Stride * radius, height);
            }

            radius = Math.Max(Math.Max(wanted, 0.25 * radius), Math.Min(least, radius));
        }

        return Ending.StepTooSmall;
    }

    /// <summary>What the height over the smallest disc says: a smooth place, a kink, or a place where no surface goes on.</summary>
    private Ending Judge(Chart chart, double reach, double height)
    {
        chart.Bend = 2 * Math.Min(height, reach) / (reach * reach);
        if (height <= Slope * reach)
        {
            return Ending.Unknown;
        }

        if (Strength(_frame) < LostStrength * Strongest)
        {
            return Ending.Singular;
        }

        chart.IsKinked = true;
        for (int turn = 0; turn < Turns; turn++)
        {
            if (!Flatten(chart))
            {
                return _held.IsFinite ? Ending.StepTooSmall : Ending.NotFinite;
            }
        }

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
            if (!_held.Correct(_frame, _trial, reach, Coarse * radius))
            {
                return double.PositiveInfinity;
            }

            (double u, double v, double square) = chart.Project(_trial);
            height = Math.Max(height, Math.Sqrt(Math.Max(0, square - u * u - v * v)));
        }

        return height;
    }

    /// <summary>Turns the tangent plane of a chart into the mean one over some radii around it.</summary>
    private bool Flatten(Chart chart)
    {
        int n = _trial.Length;
        double[] mean = new double[2 * n];
        double reach = Wide * chart.Radius;
        for (int k = 0; k < Probes; k++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * k / Probes);
            chart.Place(reach * cosine, reach * sine, _trial);
            if (!_graph.Correct(chart.Tangents, _trial, Steepest * reach))
            {
                return false;
            }

            for (int i = 0; i < n; i++)
            {
                mean[i] += cosine * (_trial[i] - chart.Point[i]);
                mean[n + i] += sine * (_trial[i] - chart.Point[i]);
            }
        }

        return chart.Turn(mean);
    }
}
