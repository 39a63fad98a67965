using System.Collections.Immutable;
using System.Text.Json;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Geometry;

namespace Preimage.Cli.Metric;

/// <summary>The spectrum of the mean metric over many points.</summary>
internal sealed record MeanAnswer(MeanSpectrum Mean, int Inputs) : MetricAnswer
{
    /// <inheritdoc/>
    public override ImmutableArray<double> Spectrum => Mean.Spectrum;

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<double>> Directions => Mean.Directions;

    /// <inheritdoc/>
    public override int Rank => Mean.Directions.Length;

    /// <inheritdoc/>
    public override IEnumerable<(string Name, string Value)> Facts
    {
        get
        {
            IntrinsicDimension dimension = Mean.Dimension;
            yield return ("points", $"{Mean.Points}");
            yield return (
                "intrinsic dimension",
                dimension.IsClear
                    ? $"{dimension.Knee} by the knee (a fall by {Tables.ShowError(dimension.Fall)})"
                    : $"no knee among {Spectrum.Length} eigenvalues (the steepest fall is by {Tables.ShowShort(dimension.Fall)})"
            );
            yield return ("participation", Tables.ShowShort(dimension.Participation));
            yield return (
                "99 % of the trace",
                dimension.Share99 is { } share ? $"in {share} directions" : $"in more than {Spectrum.Length} directions"
            );
            yield return (
                "rank at the points",
                string.Join(", ", Mean.Ranks.Select(r => $"{r.Rank} ({r.Points} times)").TakeLast(6))
            );
            if (Mean.Lost > 0)
            {
                yield return ("left out to bound memory", $"{Tables.ShowError(Mean.Lost)} of the trace");
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<NamedSpectrum> Drawn(string name) =>
        [
            new NamedSpectrum("of the mean metric", Spectrum, Mean.Dimension.IsClear ? Mean.Dimension.Knee : 0),
            new NamedSpectrum("at single points: median", [.. Mean.Pointwise.Select(s => s.Median)]),
            new NamedSpectrum("least and largest", [.. Mean.Pointwise.Select(s => s.Least)], Beside: true),
            new NamedSpectrum("", [.. Mean.Pointwise.Select(s => s.Largest)], Beside: true),
        ];

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        IntrinsicDimension dimension = Mean.Dimension;
        json.WriteNumber("points", Mean.Points);
        json.WriteNumbers("spectrum", Spectrum);
        json.WriteBoolean("whole", Mean.IsWhole);
        json.WriteNumber("trace", Mean.Trace);
        json.WriteNumber("lost", Mean.Lost);
        json.WriteStartObject("dimension");
        json.WriteNumber("knee", dimension.Knee);
        json.WriteBoolean("clear", dimension.IsClear);
        json.WriteNumber("fall", dimension.Fall);
        json.WriteNumber("participation", dimension.Participation);
        if (dimension.Share99 is { } share)
        {
            json.WriteNumber("share99", share);
        }
        else
        {
            json.WriteNull("share99");
        }

        json.WriteEndObject();
        json.WriteStartArray("ranks");
        foreach (RankCount count in Mean.Ranks)
        {
            json.WriteStartObject();
            json.WriteNumber("rank", count.Rank);
            json.WriteNumber("points", count.Points);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("pointwise");
        json.WriteNumbers("least", Mean.Pointwise.Select(s => s.Least));
        json.WriteNumbers("median", Mean.Pointwise.Select(s => s.Median));
        json.WriteNumbers("largest", Mean.Pointwise.Select(s => s.Largest));
        json.WriteEndObject();
        if ((long)Directions.Length * Inputs <= MostNumbers)
        {
            json.WriteMatrix("rowDirections", [.. Directions.SelectMany(d => d)], Inputs);
        }
    }

    /// <inheritdoc/>
    public override MetricAnswer Slim() =>
        IsLarge(Directions.Length, Inputs) ? this with { Mean = Mean with { Directions = [] } } : this;
}
