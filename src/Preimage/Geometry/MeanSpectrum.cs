using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Geometry;

/// <summary>
/// The pullback metric over many points: the spectrum of its mean, (1/N) sum J^T G J, whose directions the map sees anywhere among the points,
/// and the spread of the spectra at the single points.  [Constantine2015]
/// </summary>
public sealed record MeanSpectrum
{
    /// <summary>N.</summary>
    public required int Points { get; init; }

    /// <summary>The largest eigenvalues of the mean metric, largest first.</summary>
    public required ImmutableArray<double> Spectrum { get; init; }

    /// <summary>Whether all the others are zero.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>The unit directions that belong to those above rounding: arrays of [n].</summary>
    public required ImmutableArray<ImmutableArray<double>> Directions { get; init; }

    /// <summary>The trace of the mean metric: the sum of its whole spectrum.</summary>
    public required double Trace { get; init; }

    /// <summary>What was left out of the mean to bound memory, as a part of its trace; 0 where nothing was.</summary>
    public required double Lost { get; init; }

    /// <summary>Smallest, middle and largest i-th eigenvalue among the points: [min(m, n)].</summary>
    public required ImmutableArray<Spread> Pointwise { get; init; }

    /// <summary>How many points have which rank, lowest rank first.</summary>
    public required ImmutableArray<RankCount> Ranks { get; init; }

    /// <summary>How many dimensions the mean speaks of.</summary>
    public IntrinsicDimension Dimension => IntrinsicDimension.Of(Spectrum, IsWhole, Trace);
}

/// <summary>The range of a number over many points.</summary>
public readonly record struct Spread(double Least, double Median, double Largest);

/// <summary>How many points have a rank.</summary>
public readonly record struct RankCount(int Rank, int Points);

/// <summary>
/// Averages pullback metrics. Rows of R J are stacked and the stack is kept short by factorizations: exact up to <see cref="WidestWhole"/> inputs,
/// else the smallest singular values are dropped and what they amount to is reported. Cost O(N m n^2) or O(N m n Rows), room O(Rows n).
/// </summary>
public sealed record MeanSpectra
{
    /// <summary>Up to so many inputs the mean is exact.</summary>
    public int WidestWhole { get; init; } = 1024;

    /// <summary>How many rows are kept where there are more inputs than that.</summary>
    public int Rows { get; init; } = 192;

    /// <summary>How many eigenvalues and directions are found.</summary>
    public int Count { get; init; } = 64;

    /// <summary>Chooses the random start of the search for them.</summary>
    public int Seed { get; init; }

    /// <summary>The average over points.</summary>
    /// <param name="map">f.</param>
    /// <param name="points">Points: each [n]; read once.</param>
    /// <param name="metric">G; the identity where null.</param>
    /// <param name="progress">Is told how many points are done.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="ArgumentException">There is no point, or one does not fit the map.</exception>
    /// <exception cref="GeometryException">The map is not finite at a point, or constant at all of them.</exception>
    public MeanSpectrum Over(
        IMap map,
        IEnumerable<double[]> points,
        IOutputMetric? metric = null,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default
    )
    {
        PullbackFrame frame = new(map.Inputs, map.Outputs, metric);
        RowStack stack = new(map.Inputs, WidestWhole, Rows);
        List<double[]> spectra = [];
        List<int> ranks = [];
        foreach (double[] x in points)
        {
            cancellation.ThrowIfCancellationRequested();
            Door.CheckPoint(map, x, $"Point {spectra.Count + 1}");
            frame.At(map, x);
            Door.CheckFinite(frame.Value, frame.Jacobian);
            for (int i = 0; i < frame.Rank; i++)
            {
                stack.Add(frame.SingularValues[i], frame.RowDirection(i));
            }

            spectra.Add([.. frame.SingularValues.ToArray().Select(s => s * s)]);
            ranks.Add(frame.Rank);
            progress?.Report(spectra.Count);
        }

        return spectra.Count == 0
            ? throw new ArgumentException("There is no point to average over; give at least one.")
            : Finish(stack, spectra, ranks, cancellation);
    }

    private MeanSpectrum Finish(RowStack stack, List<double[]> spectra, List<int> ranks, CancellationToken cancellation)
    {
        double trace = spectra.Sum(s => s.Sum()) / spectra.Count;
        if (trace == 0)
        {
            throw new GeometryException(
                "The map is constant to first order at every point; choose other points, or outputs that depend on the inputs."
            );
        }

        const double Tolerance = 1e-13; // of the stack's singular values: its rows are known to rounding
        int smaller = Math.Min(stack.Count, stack.Width);
        Triplets triplets = new LeadingSearch(Count, 8 * Count + 128, Tolerance, Seed).Find(
            stack.Matrix,
            stack.Width,
            stack.Count,
            cancellation
        );
        int found = triplets.SingularValues.Length;
        return new MeanSpectrum
        {
            Points = spectra.Count,
            Spectrum = [.. triplets.SingularValues.Select(s => s * s / spectra.Count)],
            IsWhole = found == smaller && stack.Lost == 0,
            Directions = triplets.Directions,
            Trace = trace,
            Lost = stack.Lost / spectra.Count / trace,
            Pointwise = [.. Enumerable.Range(0, spectra[0].Length).Select(i => SpreadOf(spectra.Select(s => s[i])))],
            Ranks = [.. ranks.GroupBy(r => r).OrderBy(g => g.Key).Select(g => new RankCount(g.Key, g.Count()))],
        };
    }

    private static Spread SpreadOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[^1]);
    }
}
