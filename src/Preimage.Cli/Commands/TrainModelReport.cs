using System.Text.Json;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Onnx;
using Preimage.Training;
using Preimage.Training.Fitting;
using Preimage.Training.Losses;

namespace Preimage.Cli.Commands;

/// <summary>What the training of a model says about itself.</summary>
internal sealed record TrainModelReport(TrainModelRun Run, FamilyResult Result)
{
    /// <summary>So many epochs at most are listed for a person.</summary>
    private const int MostRows = 24;

    /// <summary>On the data of --test.</summary>
    public required Standing? Test { get; init; }

    /// <summary>What was reported after each epoch.</summary>
    public required IReadOnlyList<TrainingProgress> History { get; init; }

    private bool HasClasses => Result.Trainer.Loss is not MeanSquaredError;

    /// <summary>The table, or the JSON object.</summary>
    public void Write(double seconds)
    {
        if (Run.Json)
        {
            JsonReport.Write(JsonReport.Record("train", ModelFile.Read(Run.File), seconds, [.. Settings]), WriteJson);
            return;
        }

        int every = Math.Max(1, (History.Count + MostRows - 1) / MostRows);
        Tables.Write(
            HasClasses
                ? ["epoch", "training loss", "validation loss", "right class"]
                : ["epoch", "training loss", "validation loss"],
            History.Where((_, i) => i % every == 0 || i == History.Count - 1).Select(Row)
        );
        Tables.WritePairs([
            ("parameters", $"{Result.Parameters.Length}"),
            ("epochs", $"{Result.Epochs}, best {Result.BestEpoch}"),
            ("training", Show(Result.Training)),
            .. Result.Validation is { } validation
                ? [("validation", Show(validation))]
                : Array.Empty<(string, string)>(),
            .. Test is { } test ? [("test", Show(test))] : Array.Empty<(string, string)>(),
            ("ended", Result.Ending.Advice()),
            ("written", $"{Run.File}, {new FileInfo(Run.File).Length / 1000.0:F0} kB"),
            ("seconds", $"{seconds:F1}"),
        ]);
    }

    private string Show(Standing standing) =>
        HasClasses
            ? $"loss {Tables.ShowError(standing.Loss)}, right class {standing.Agreement:P2}"
            : $"loss {Tables.ShowError(standing.Loss)}, root {Tables.ShowError(Math.Sqrt(standing.Loss))}";

    private string[] Row(TrainingProgress p)
    {
        string[] row =
        [
            $"{p.Epoch}",
            Tables.ShowError(p.TrainingLoss),
            double.IsNaN(p.ValidationLoss) ? "" : Tables.ShowError(p.ValidationLoss),
        ];
        return HasClasses ? [.. row, double.IsNaN(p.ValidationAgreement) ? "" : $"{p.ValidationAgreement:P2}"] : row;
    }

    private IEnumerable<Setting> Settings =>
        [
            new("from", Run.Network ?? Run.Architecture!),
            new("data", Run.Data.Place),
            new("method", Result.Trainer.Optimiser.GetType().Name),
            new("loss", Result.Trainer.Loss.GetType().Name),
            new("batch", Run.Batch),
            new("validation", Run.Validation),
            new("seed", Run.Seed),
        ];

    private void WriteJson(Utf8JsonWriter json)
    {
        json.WriteNumber("parameters", Result.Parameters.Length);
        json.WriteNumber("epochs", Result.Epochs);
        json.WriteNumber("bestEpoch", Result.BestEpoch);
        json.WriteString("ending", $"{Result.Ending}");
        json.WriteNumber("evaluations", Result.Evaluations);
        WriteStanding(json, "training", Result.Training);
        WriteStanding(json, "validation", Result.Validation);
        WriteStanding(json, "test", Test);
        json.WriteStartArray("history");
        foreach (TrainingProgress p in History)
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", p.Epoch);
            Write(json, "training", p.TrainingLoss);
            Write(json, "validation", p.ValidationLoss);
            Write(json, "accuracy", HasClasses ? p.ValidationAgreement : double.NaN);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteStanding(Utf8JsonWriter json, string name, Standing? standing)
    {
        if (standing is not { } known)
        {
            return;
        }

        json.WriteStartObject(name);
        Write(json, "loss", known.Loss);
        Write(json, "accuracy", HasClasses ? known.Agreement : double.NaN);
        json.WriteEndObject();
    }

    /// <summary>A number, where there is one.</summary>
    private static void Write(Utf8JsonWriter json, string name, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
    }
}
