using System.Collections.Immutable;
using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Trails;

/// <summary>
/// The two directions along which points spread the most about their mean, by the leading singular values of the centred points; where there
/// are only two inputs, these themselves. Cost about ten products with the points.
/// </summary>
internal sealed class PrincipalAxes
{
    // Points beyond these are left out evenly: axes are for looking.
    private const int MostPoints = 2000;
    private const long MostNumbers = 30_000_000;

    // The search stops at what a picture shows; more steps only sharpen axes of almost equal spread.
    private const int Steps = 60;
    private const double Tolerance = 1e-6;

    private readonly double[] _mean;
    private readonly ImmutableArray<double>[] _directions;

    private PrincipalAxes(double[] mean, ImmutableArray<double>[] directions, double[] shares)
    {
        _mean = mean;
        _directions = directions;
        Shares = shares;
    }

    /// <summary>What share of the points' variance lies along each: [2], or empty where the axes are the inputs.</summary>
    public double[] Shares { get; }

    /// <summary>Whether the axes are the inputs themselves.</summary>
    public bool AreInputs => _mean.Length <= 2;

    /// <summary>The axes of the finite points of a cloud.</summary>
    public static PrincipalAxes Of(Cloud cloud)
    {
        int n = cloud.Dimension;
        if (n <= 2)
        {
            return new PrincipalAxes(new double[n], [], []);
        }

        int most = (int)Math.Clamp(MostNumbers / n, 2, MostPoints);
        int[] kept = [.. Frames.Even(cloud.Count, most).Where(i => IsFinite(cloud.Point(i)))];
        double[] mean = Mean(cloud, kept);
        double[] centred = new double[kept.Length * n];
        for (int k = 0; k < kept.Length; k++)
        {
            ReadOnlySpan<double> point = cloud.Point(kept[k]);
            for (int d = 0; d < n; d++)
            {
                centred[k * n + d] = point[d] - mean[d];
            }
        }

        return Of(mean, centred, kept.Length);
    }

    /// <summary>Where a point stands on the two axes.</summary>
    public (double X, double Y) Place(ReadOnlySpan<double> point) =>
        AreInputs ? (point[0], point.Length > 1 ? point[1] : 0) : (Along(0, point), Along(1, point));

    private static PrincipalAxes Of(double[] mean, double[] centred, int count)
    {
        double largest = centred.Select(Math.Abs).DefaultIfEmpty(0).Max();
        if (largest == 0)
        {
            return new PrincipalAxes(mean, [], [0, 0]);
        }

        // Scaled, so that no square overflows or vanishes.
        double[] scaled = Array.ConvertAll(centred, v => v / largest);
        LeadingSpectrum found = new LeadingSpectra
        {
            Count = 2,
            Steps = Steps,
            Tolerance = Tolerance,
        }.At(new AffineMap(scaled, new double[count]), new double[mean.Length]);
        double all = scaled.Sum(v => v * v);
        double[] shares = [.. found.Spectrum.Append(0).Append(0).Take(2).Select(s => Math.Min(1, s / all))];
        return new PrincipalAxes(mean, [.. found.Directions.Take(2).Select(Turned)], shares);
    }

    /// <summary>An axis points where its largest component is positive, so that equal points give equal pictures.</summary>
    private static ImmutableArray<double> Turned(ImmutableArray<double> direction) =>
        direction.MaxBy(Math.Abs) < 0 ? [.. direction.Select(v => -v)] : direction;

    private static bool IsFinite(ReadOnlySpan<double> point)
    {
        foreach (double v in point)
        {
            if (!double.IsFinite(v))
            {
                return false;
            }
        }

        return true;
    }

    private static double[] Mean(Cloud cloud, int[] kept)
    {
        double[] mean = new double[cloud.Dimension];
        foreach (int i in kept)
        {
            ReadOnlySpan<double> point = cloud.Point(i);
            for (int d = 0; d < mean.Length; d++)
            {
                mean[d] += point[d] / kept.Length;
            }
        }

        return mean;
    }

    private double Along(int axis, ReadOnlySpan<double> point)
    {
        if (axis >= _directions.Length)
        {
            return 0;
        }

        double sum = 0;
        for (int d = 0; d < point.Length; d++)
        {
            sum += (point[d] - _mean[d]) * _directions[axis][d];
        }

        return sum;
    }
}
