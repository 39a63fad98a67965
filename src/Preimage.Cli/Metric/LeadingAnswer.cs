using System.Collections.Immutable;
using System.Text.Json;
using Preimage.Cli.Output;
using Preimage.Geometry;

namespace Preimage.Cli.Metric;

/// <summary>The largest part of the spectrum at a point, by products.</summary>
internal sealed record LeadingAnswer(LeadingSpectrum Found) : MetricAnswer
{
    /// <inheritdoc/>
    public override ImmutableArray<double> Spectrum => Found.Spectrum;

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<double>> Directions => Found.Directions;

    /// <inheritdoc/>
    public override int Rank => Found.Directions.Length;

    /// <inheritdoc/>
    public override IEnumerable<(string Name, string Value)> Facts =>
        [
            ("rank", Rank < Found.SingularValues.Length ? $"{Rank}" : $"at least {Rank} (no more were asked for)"),
            ("products", $"{Found.Products} with J and as many with its transpose"),
            (
                "largest residual",
                Tables.ShowError(Found.Residuals.DefaultIfEmpty(0).Max())
                    + (Found.IsSettled ? "" : ": the search ran out of steps, and the last values are rough")
            ),
        ];

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        int n = Found.Point.Length;
        json.WriteNumbers("output", Found.Value);
        json.WriteNumbers("singularValues", Found.SingularValues);
        json.WriteNumbers("spectrum", Spectrum);
        json.WriteNumbers("residuals", Found.Residuals);
        json.WriteBoolean("settled", Found.IsSettled);
        json.WriteNumber("products", Found.Products);
        if ((long)Directions.Length * n <= MostNumbers)
        {
            json.WriteMatrix("rowDirections", [.. Directions.SelectMany(d => d)], n);
        }
    }

    /// <inheritdoc/>
    public override MetricAnswer Slim() =>
        IsLarge(Directions.Length, Found.Point.Length) ? new LeadingAnswer(Found with { Directions = [] }) : this;
}
