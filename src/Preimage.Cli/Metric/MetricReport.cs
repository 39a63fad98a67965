using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Data;
using Preimage.Data.Images;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Maps;

namespace Preimage.Cli.Metric;

/// <summary>What preimage metric found, for a person, a program and a figure.</summary>
internal sealed record MetricReport(RunRecord Run, MapChoice Choice, MetricAnswer Answer, MetricLayer[] Layers)
{
    private const int Shown = 8;

    // An image, or a part of one, of fewer inputs than these is named, input by input.
    private const int LeastDrawn = 32;

    // A line of a figure holds so many outputs.
    private const int LargestShown = 3;

    // More layers than a legend names are drawn from the first to the last at even steps.
    private const int MostDrawnLayers = 6;

    /// <summary>One JSON object on standard output.</summary>
    public void WriteJson() => JsonReport.Write(Run, WriteResult);

    /// <summary>Short tables on standard output.</summary>
    public void WriteTables(IReadOnlyList<string> written)
    {
        Signature names = Choice.Signature;
        Tables.WritePairs([
            .. Output("R", Shown),
            .. Answer.Facts,
            .. Choice.Held is { } held ? [("held", held)] : Array.Empty<(string, string)>(),
            ("spectrum of g", string.Join(", ", Answer.Spectrum.Take(Shown).Select(Tables.Show))),
            .. Tables.Written(written),
        ]);
        bool few = names.Inputs.Length <= Shown;
        Tables.Write(
            few ? ["direction", .. names.Inputs.Select(v => v.Name)] : ["direction", "inputs that weigh most"],
            [
                .. Answer.Directions.Take(Shown).Select((d, i) => Row($"seen {i + 1}", d, few)),
                .. Answer.Ignored.Take(Shown).Select((d, i) => Row($"ignored {i + 1}", d, few)),
            ]
        );
        if (Layers.Length > 0)
        {
            Tables.Write(
                ["inner representation", "size", "rank from there", "ignored", "largest singular value"],
                Layers.Select(layer =>
                    (string[])
                        [
                            layer.Tensor,
                            $"{layer.Size}",
                            $"{layer.Answer.Rank}",
                            $"{layer.Size - layer.Answer.Rank}",
                            Tables.Show(Math.Sqrt(layer.Answer.Spectrum.FirstOrDefault())),
                        ]
                )
            );
        }
    }

    /// <summary>The files that are asked for.</summary>
    public IReadOnlyList<string> Write(FigureTarget target) =>
        FigureFiles.Write(
            target.Path,
            Figure(),
            new ResultTexts(() => JsonText.Of(Run, WriteResult), Csv),
            target.Formats
        );

    private SpectrumReport Figure()
    {
        bool isPart = Choice.Held is not null;
        ImageShape? image =
            Choice.Signature.Inputs.Length < LeastDrawn ? null : ImageShape.Of(Choice.Network.InputTensor.Shape);
        return new()
        {
            Run = isPart && image is not null ? Run with { Signature = Choice.Network.Signature } : Run,
            Title = $"What {Path.GetFileName(Run.ModelPath)} sees",
            Facts = [.. Output("G4", LargestShown), .. Answer.Facts],
            Spectra = [.. Answer.Drawn("spectrum of the pullback metric"), .. DrawnLayers()],
            Directions =
            [
                .. Answer.Directions.Select(
                    (d, i) =>
                        new NamedDirection(
                            $"{i + 1}: {Tables.ShowShort(Answer.Spectrum[i])}",
                            image is null ? d : Choice.Whole(d)
                        )
                ),
            ],
            Image = image,
        };
    }

    /// <summary>The layers that say more than the answer itself: without the input, where all of it is free.</summary>
    private IEnumerable<MetricLayer> FurtherLayers =>
        Layers.Where(l => Choice.Held is not null || l.Tensor != Choice.Network.InputTensor.Name);

    /// <summary>Without the output, which sees all of itself alike.</summary>
    private IEnumerable<NamedSpectrum> DrawnLayers()
    {
        MetricLayer[] layers = [.. FurtherLayers.Where(l => l.Tensor != Choice.Network.OutputTensor.Name)];
        int count = Math.Min(MostDrawnLayers, layers.Length);
        return Enumerable
            .Range(0, count)
            .Select(k => layers[count == 1 ? 0 : k * (layers.Length - 1) / (count - 1)])
            .Select(layer => new NamedSpectrum($"from {layer.Tensor}", layer.Answer.Spectrum));
    }

    private IEnumerable<(string Name, string Value)> Output(string format, int shown)
    {
        ImmutableArray<double> value = Answer switch
        {
            PointAnswer point => point.Metric.Value,
            LeadingAnswer leading => leading.Found.Value,
            _ => [],
        };
        ImmutableArray<Variable> names = Choice.Signature.Outputs;
        string more = value.Length > shown ? ", ..." : "";
        return value.IsEmpty
            ? []
            :
            [
                (
                    "output",
                    string.Join(", ", value.Take(shown).Select((y, i) => $"{names[i].Label} = {y.ToString(format)}"))
                        + more
                ),
            ];
    }

    private void WriteResult(Utf8JsonWriter json)
    {
        Answer.WriteJson(json);
        json.WriteStartArray("layers");
        foreach (MetricLayer layer in Layers)
        {
            json.WriteStartObject();
            json.WriteString("tensor", layer.Tensor);
            json.WriteNumber("size", layer.Size);
            layer.Answer.WriteJson(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>tensor, number, eigenvalue; the input itself is the tensor of the first rows.</summary>
    private string Csv()
    {
        StringBuilder csv = new("tensor,number,eigenvalue\n");
        IEnumerable<(string, ImmutableArray<double>)> all =
        [
            (Choice.Network.InputTensor.Name, Answer.Spectrum),
            .. FurtherLayers.Select(l => (l.Tensor, l.Answer.Spectrum)),
        ];
        foreach ((string tensor, ImmutableArray<double> spectrum) in all)
        {
            string name = CsvTable.Quoted(tensor);
            for (int k = 0; k < spectrum.Length; k++)
            {
                csv.Append(CultureInfo.InvariantCulture, $"{name},{k + 1},{spectrum[k]:R}\n");
            }
        }

        return csv.ToString();
    }

    private string[] Row(string name, ImmutableArray<double> direction, bool few) =>
        few ? [name, .. direction.Select(d => d.ToString("G6"))] : [name, Heaviest(direction)];

    private string Heaviest(ImmutableArray<double> direction)
    {
        const int Named = 5;
        return string.Join(
            ", ",
            Enumerable
                .Range(0, direction.Length)
                .OrderByDescending(j => Math.Abs(direction[j]))
                .Take(Named)
                .Select(j => $"{Choice.Signature.Inputs[j].Name} {direction[j]:G3}")
        );
    }
}
