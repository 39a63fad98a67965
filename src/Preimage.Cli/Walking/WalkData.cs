using Preimage.Cli.Arguments;
using Preimage.Data.Samples;

namespace Preimage.Cli.Walking;

/// <summary>The data that samples are compared with, by --data: rows of all inputs, of the label that the samples' start has by the model.</summary>
internal sealed record WalkData
{
    public required string File { get; init; }

    /// <summary>The most rows that are compared: the cost grows with their square.</summary>
    public required int Most { get; init; }
    public required int Seed { get; init; }

    /// <summary>Reads the rows.</summary>
    /// <exception cref="ArgumentException">The file is none of points of the model's input.</exception>
    public double[][] Read(WalkQuestion question, SliceWords words) =>
        PointArgument.ParseTable(
            File,
            question.Model.Signature,
            "--data",
            words.Reading(question.Model.InputTensor.Shape)
        );

    /// <summary>How the samples lie among the rows.</summary>
    /// <exception cref="ArgumentException">No row has the label.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public DataSpread Measure(
        SampleTable samples,
        double[][] rows,
        WalkQuestion question,
        CancellationToken cancellation
    )
    {
        ModelLabel label = new(question.Model);
        int wanted = label.Exists ? label.At(WholeStart(question)) : 0;
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        new Generator(Seed).Shuffle(order);
        List<int> chosen = [];
        foreach (int row in order)
        {
            cancellation.ThrowIfCancellationRequested();
            if (chosen.Count < Most && (!label.Exists || label.At(rows[row]) == wanted))
            {
                chosen.Add(row);
            }
        }

        string? name = label.Exists ? label.Name(wanted) : null;
        if (chosen.Count == 0)
        {
            throw new ArgumentException(
                $"--data names '{File}', in which the model gives no row the label {name}; give data with such rows."
            );
        }

        Spread spread = new SpreadSurvey().Of(
            [
                .. Enumerable
                    .Range(0, samples.Count)
                    .Select(i => samples.Points.AsMemory().Slice(i * samples.Width, samples.Width)),
            ],
            [.. chosen.Order().Select(row => new ReadOnlyMemory<double>(rows[row]))],
            cancellation
        );
        return new DataSpread(spread, File, rows.Length, chosen.Count, name);
    }

    private static double[] WholeStart(WalkQuestion question)
    {
        double[] whole = new double[question.Model.Inputs];
        question.Choice.Complete(question.Start, whole);
        return whole;
    }
}
