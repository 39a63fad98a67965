using System.Text.Json;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Onnx;
using Preimage.Training;
using Preimage.Training.Fitting;

namespace Preimage.Cli.Commands;

/// <summary>What a training says about itself.</summary>
internal static class TrainReport
{
    public static void Write(TrainRun run, TrainingResult result, double seconds)
    {
        if (run.Json)
        {
            JsonReport.Write(
                JsonReport.Record("train", ModelFile.Read(run.File), seconds, Settings(run, result)),
                json => WriteJson(json, result)
            );
            return;
        }

        Tables.WritePairs([
            ("network", string.Join("-", result.Architecture.Widths)),
            ("epochs", $"{result.Epochs}, best {result.BestEpoch}"),
            ("ended", result.Ending.Advice()),
            ("written", run.File),
            ("seconds", $"{seconds:F2}"),
        ]);
        Tables.Write(
            ["output", "training RMSE", "largest", "validation RMSE", "largest"],
            result.Signature.Outputs.Select((v, i) => Row(v, i, result))
        );
        if (run.Loss != "mse")
        {
            Console.WriteLine($"   right class: {result.Training.Agreement:P2} in training{Validated(result)}");
        }
    }

    private static string Validated(TrainingResult result) =>
        result.Validation is { } figures ? $", {figures.Agreement:P2} in validation" : "";

    private static string[] Row(Variable variable, int i, TrainingResult result) =>
        [
            variable.Label,
            Tables.ShowError(result.Training.RootMeanSquare[i]),
            Tables.ShowError(result.Training.Largest[i]),
            result.Validation is { } v ? Tables.ShowError(v.RootMeanSquare[i]) : "",
            result.Validation is { } w ? Tables.ShowError(w.Largest[i]) : "",
        ];

    private static Setting[] Settings(TrainRun run, TrainingResult result) =>
        [
            new("method", result.Trainer.Optimiser.GetType().Name),
            new("loss", result.Trainer.Loss.GetType().Name),
            new("activation", run.Activation),
            new("validation", run.Validation),
            new("seed", run.Seed),
        ];

    private static void WriteJson(Utf8JsonWriter json, TrainingResult result)
    {
        json.WriteNumbers("widths", result.Architecture.Widths.Select(w => (double)w));
        json.WriteNumber("epochs", result.Epochs);
        json.WriteNumber("bestEpoch", result.BestEpoch);
        json.WriteString("ending", $"{result.Ending}");
        json.WriteNumber("evaluations", result.Evaluations);
        WriteErrors(json, "training", result.Training);
        if (result.Validation is { } validation)
        {
            WriteErrors(json, "validation", validation);
        }
    }

    private static void WriteErrors(Utf8JsonWriter json, string name, ErrorFigures figures)
    {
        json.WriteStartObject(name);
        json.WriteNumbers("rootMeanSquare", figures.RootMeanSquare);
        json.WriteNumbers("largest", figures.Largest);
        json.WriteNumber("agreement", figures.Agreement);
        json.WriteEndObject();
    }
}
