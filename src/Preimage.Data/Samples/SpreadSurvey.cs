using System.Numerics;
using System.Runtime.InteropServices;

namespace Preimage.Data.Samples;

/// <summary>
/// Measures how samples lie among data: distances to nearest neighbours, and coverage and density by the balls that reach from each point of the data to
/// its k-th nearest other one. Cost (samples + data) * data * numbers of a point.  [Naeem2020]
/// </summary>
public sealed record SpreadSurvey
{
    /// <summary>k; fewer where there are fewer points.</summary>
    public int Neighbours { get; init; } = 5;

    /// <summary>Measures.  Each point: [n].</summary>
    /// <exception cref="ArgumentException">There are no samples or no data, or a point has another length.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Spread Of(
        IReadOnlyList<ReadOnlyMemory<double>> samples,
        IReadOnlyList<ReadOnlyMemory<double>> data,
        CancellationToken cancellation = default
    )
    {
        Demand(samples, data);
        int k = Math.Min(Neighbours, Math.Max(1, data.Count - 1));
        double[] nearestOther = new double[data.Count];
        double[] radii = new double[data.Count];
        ForEach(
            data.Count,
            cancellation,
            i =>
            {
                double[] nearest = Nearest(data, i, k);
                nearestOther[i] = nearest[0];
                radii[i] = nearest[k - 1];
            }
        );
        double[] toData = new double[samples.Count];
        double[] toSample = new double[samples.Count];
        long[] balls = new long[samples.Count];
        int[] isCovered = new int[data.Count];
        ForEach(
            samples.Count,
            cancellation,
            i =>
            {
                toSample[i] = Nearest(samples, i, 1)[0];
                (toData[i], balls[i]) = Among(samples[i].Span, data, radii, isCovered);
            }
        );
        return new Spread
        {
            SampleToData = ImmutableCollectionsMarshal.AsImmutableArray(toData),
            SampleToSample = samples.Count > 1 ? ImmutableCollectionsMarshal.AsImmutableArray(toSample) : [],
            DataToData = data.Count > 1 ? ImmutableCollectionsMarshal.AsImmutableArray(nearestOther) : [],
            Radii = data.Count > 1 ? ImmutableCollectionsMarshal.AsImmutableArray(radii) : [],
            Neighbours = k,
            Coverage = data.Count > 1 ? isCovered.Sum() / (double)data.Count : double.NaN,
            Density = data.Count > 1 ? balls.Sum() / ((double)k * samples.Count) : double.NaN,
        };
    }

    /// <summary>The nearest distance, and in how many balls the point lies; these are marked.</summary>
    private static (double Nearest, long Balls) Among(
        ReadOnlySpan<double> point,
        IReadOnlyList<ReadOnlyMemory<double>> data,
        double[] radii,
        int[] isCovered
    )
    {
        double nearest = double.PositiveInfinity;
        long balls = 0;
        for (int j = 0; j < data.Count; j++)
        {
            double distance = Math.Sqrt(SquareDistance(point, data[j].Span));
            nearest = Math.Min(nearest, distance);
            if (distance <= radii[j])
            {
                balls++;
                Volatile.Write(ref isCovered[j], 1); // several samples may mark one ball: all write the same
            }
        }

        return (nearest, balls);
    }

    /// <summary>The k smallest distances from a point to the others, ascending; infinite where there are fewer others: [k].</summary>
    private static double[] Nearest(IReadOnlyList<ReadOnlyMemory<double>> points, int i, int k)
    {
        double[] nearest = new double[k];
        Array.Fill(nearest, double.PositiveInfinity);
        ReadOnlySpan<double> point = points[i].Span;
        for (int j = 0; j < points.Count; j++)
        {
            double square = j == i ? double.PositiveInfinity : SquareDistance(point, points[j].Span);
            for (int place = k - 1; place >= 0 && square < nearest[place]; place--)
            {
                if (place + 1 < k)
                {
                    nearest[place + 1] = nearest[place];
                }

                nearest[place] = square;
            }
        }

        for (int place = 0; place < k; place++)
        {
            nearest[place] = Math.Sqrt(nearest[place]);
        }

        return nearest;
    }

    private static double SquareDistance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ReadOnlySpan<Vector<double>> wideX = MemoryMarshal.Cast<double, Vector<double>>(x);
        ReadOnlySpan<Vector<double>> wideY = MemoryMarshal.Cast<double, Vector<double>>(y);
        Vector<double> wide = Vector<double>.Zero;
        for (int i = 0; i < wideX.Length; i++)
        {
            Vector<double> difference = wideX[i] - wideY[i];
            wide += difference * difference;
        }

        double square = Vector.Sum(wide);
        for (int i = wideX.Length * Vector<double>.Count; i < x.Length; i++)
        {
            square += (x[i] - y[i]) * (x[i] - y[i]);
        }

        return square;
    }

    private static void ForEach(int count, CancellationToken cancellation, Action<int> measure) =>
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, measure);

    private static void Demand(
        IReadOnlyList<ReadOnlyMemory<double>> samples,
        IReadOnlyList<ReadOnlyMemory<double>> data
    )
    {
        if (samples.Count == 0 || data.Count == 0)
        {
            throw new ArgumentException(
                $"There are {samples.Count} samples and {data.Count} points of data; a spread needs some of both."
            );
        }

        int length = samples[0].Length;
        foreach (ReadOnlyMemory<double> point in samples.Concat(data))
        {
            if (point.Length != length)
            {
                throw new ArgumentException(
                    $"A point has {point.Length} numbers and the first sample {length}; give points of one length."
                );
            }
        }
    }
}
