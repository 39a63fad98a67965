using System.Collections.Immutable;

namespace Preimage.Data.Samples;

/// <summary>How samples lie among data. All distances are Euclidean, in the units of the points.</summary>
public sealed record Spread
{
    /// <summary>From each sample to the nearest point of the data: [samples].</summary>
    public required ImmutableArray<double> SampleToData { get; init; }

    /// <summary>From each sample to the nearest other sample: [samples]; empty for one sample.</summary>
    public required ImmutableArray<double> SampleToSample { get; init; }

    /// <summary>From each point of the data to the nearest other one: [data]; empty for one point.</summary>
    public required ImmutableArray<double> DataToData { get; init; }

    /// <summary>From each point of the data to its k-th nearest other one, its radius: [data].</summary>
    public required ImmutableArray<double> Radii { get; init; }

    /// <summary>k.</summary>
    public required int Neighbours { get; init; }

    /// <summary>The share of the data with a sample within their radius. [Naeem2020]</summary>
    public required double Coverage { get; init; }

    /// <summary>In how many of the balls around the data, of their radii, a sample lies on average, divided by k: 1 where samples and data have one law. [Naeem2020]</summary>
    public required double Density { get; init; }

    /// <summary>The middle of some numbers, or the mean of the two in the middle; NaN of none.</summary>
    public static double Median(ImmutableArray<double> numbers)
    {
        if (numbers.IsEmpty)
        {
            return double.NaN;
        }

        ImmutableArray<double> sorted = numbers.Sort();
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
