using System.Collections.Immutable;
using System.Text.Json;
using Preimage.Cli.Output;
using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Cli.Metric;

/// <summary>The whole spectrum at a point.</summary>
internal sealed record PointAnswer(PullbackMetric Metric) : MetricAnswer
{
    // A basis of the ignored directions takes memory of the square of the inputs.
    private const int MostInputsWithIgnored = 512;

    // The frame needs a handful of matrices of this size.
    private const long MostBytes = 1L << 28;
    private const int MostJacobian = 100_000;

    /// <summary>At a point of a map.</summary>
    /// <exception cref="ArgumentException">The Jacobian would not fit.</exception>
    public static PointAnswer Of(IMap map, ReadOnlySpan<double> x, IOutputMetric metric)
    {
        long bytes = 8L * map.Inputs * map.Outputs;
        return bytes <= MostBytes
            ? new PointAnswer(PullbackMetric.At(map, x, metric, map.Inputs <= MostInputsWithIgnored))
            : throw new ArgumentException(
                $"The Jacobian of {map.Outputs} outputs by {map.Inputs} inputs would take {bytes / (double)(1 << 20):F0} MiB, and this command holds {MostBytes >> 20}; choose outputs with --outputs top:10, or find the largest part of the spectrum by products with --leading 10."
            );
    }

    /// <inheritdoc/>
    public override ImmutableArray<double> Spectrum => Metric.Spectrum;

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<double>> Directions => Metric.RowDirections;

    /// <inheritdoc/>
    public override int Rank => Metric.Rank;

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<double>> Ignored => Metric.NullDirections;

    /// <inheritdoc/>
    public override IEnumerable<(string Name, string Value)> Facts =>
        [
            (
                "rank",
                $"{Rank} of at most {Metric.SingularValues.Length} (singular values above {Tables.ShowError(Metric.Tolerance)})"
            ),
            ("fiber", $"of dimension {Metric.Point.Length - Rank} where the rank stays the same"),
        ];

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        int n = Metric.Point.Length;
        json.WriteNumbers("output", Metric.Value);
        if (Metric.Jacobian.Length is > 0 and <= MostJacobian)
        {
            json.WriteMatrix("jacobian", Metric.Jacobian, n);
        }

        json.WriteNumbers("singularValues", Metric.SingularValues);
        json.WriteNumbers("spectrum", Spectrum);
        json.WriteNumber("rank", Rank);
        json.WriteNumber("tolerance", Metric.Tolerance);
        if ((long)Directions.Length * n <= MostNumbers)
        {
            json.WriteMatrix("rowDirections", [.. Directions.SelectMany(d => d)], n);
        }

        json.WriteMatrix("nullDirections", [.. Ignored.SelectMany(d => d)], n);
    }

    /// <inheritdoc/>
    public override MetricAnswer Slim() =>
        IsLarge(Metric.SingularValues.Length, Metric.Point.Length)
            ? new PointAnswer(
                Metric with
                {
                    Point = Metric.Point,
                    Jacobian = [],
                    RowDirections = [],
                    NullDirections = [],
                }
            )
            : this;
}
