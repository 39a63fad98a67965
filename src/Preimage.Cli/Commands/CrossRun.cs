using System.Diagnostics;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Results;

namespace Preimage.Cli.Commands;

/// <summary>The crossing of one point, or those of a table of points, as the command line asks for it.</summary>
internal sealed record CrossRun
{
    public required SliceWords Slice { get; init; }
    public required string? Level { get; init; }
    public required string? Class { get; init; }
    public required string? Labels { get; init; }
    public required CrossRecipe Recipe { get; init; }
    public required string? Rows { get; init; }
    public required int? Nearest { get; init; }
    public required CrossFigures Figures { get; init; }
    public required string? Out { get; init; }
    public required bool Json { get; init; }

    /// <summary>Searches, writes the files, and says what was found.</summary>
    public ExitCode Run(CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        bool isTable = Slice.At is { } at && PointArgument.IsTable(at);
        if ((Nearest is not null || Rows is not null) && !isTable)
        {
            throw new ArgumentException(
                $"{(Nearest is null ? "--rows" : "--nearest")} chooses among the rows of a table; give one with --at points.csv."
            );
        }

        FigureTarget.KeepOffPath(Out, Slice);
        Asked[] asked = isTable ? Table() : [Ask(Slice.Load(), 0)];
        TruthArgument.Parse(Figures.Truth, asked[0].Question.Signature);
        FigureTarget? target = Figures.Target(Out, asked[0].Question, isTable);
        target?.Probe();
        CrossedPoint[] found = ProgressDisplay.Wait(Json, "searching", () => Search(asked, cancellation));
        if (found.Length == 0)
        {
            throw new OperationCanceledException(cancellation);
        }

        CrossReport report = new(
            Record(asked[0].Question, watch.Elapsed.TotalSeconds, isTable),
            asked[0],
            isTable ? Chosen(found) : found,
            isTable,
            found.Length
        );
        report.Write(target, Figures, Json, cancellation);
        return found.Length == asked.Length && found.All(IsDone) ? ExitCode.Done : ExitCode.Partial;
    }

    /// <summary>One point with what is asked of it; rows are counted from 1.</summary>
    internal sealed record Asked(int Row, Question Question, Goal Goal, CrossRecipe Recipe)
    {
        /// <summary>Whether a proof is tried.</summary>
        public bool Proves => Recipe.Proves(Question);
    }

    /// <summary>Whether a point has what its recipe gives: a proof, or a point certified.</summary>
    private static bool IsDone(CrossedPoint point) =>
        point.Crossing.Verdict == Verdict.Proved || point is { Proves: false, Crossing.Found: true };

    private Asked Ask((Network Network, SliceWords Words) told, int row)
    {
        Network network = Labels is null
            ? told.Network
            : told.Network.Named(ClassNames.Read(Labels, told.Network.Outputs));
        return Ask(Question.Anywhere(network, told.Words), row);
    }

    private Asked Ask(Question question, int row) => new(row, question, Goal.Of(question, Level, Class), Recipe);

    /// <summary>
    /// Rows of the table. The map is one for all of them, unless the point says more than where to start: where it begins at the image of the row, inputs
    /// are held at the row, or its largest outputs are chosen.
    /// </summary>
    private Asked[] Table()
    {
        int[] rows = RowsArgument.Parse(Rows, PointArgument.Rows(Slice.At!, "--at"));
        if (Slice.PointHasOtherUse || Slice.Fixed.Length > 0)
        {
            Network? shared = Slice.Model.From is null ? Models.Load(Slice.Model) : null;
            return
            [
                .. rows.Select(row =>
                {
                    SliceWords words = Slice with { At = $"{Slice.At}:{row}" };
                    return Ask(shared is null ? words.Load() : (shared, words), row);
                }),
            ];
        }

        Asked first = Ask((Slice with { At = $"{Slice.At}:{rows[0]}" }).Load(), rows[0]);
        Question question = first.Question;
        double[][] points = PointArgument.ParseTable(
            Slice.At!,
            question.Signature,
            "--at",
            Slice.Reading(question.Network.InputTensor.Shape)
        );
        return [first, .. rows[1..].Select(row => Ask(question.At(points[row - 1], $"Row {row} of --at"), row))];
    }

    private CrossedPoint[] Search(Asked[] asked, CancellationToken cancellation)
    {
        List<CrossedPoint> found = [];
        foreach (Asked point in asked)
        {
            if (found.Count > 0 && cancellation.IsCancellationRequested)
            {
                break; // what is done is whole
            }

            Crossing crossing = Recipe.Nearest(point.Question, point.Goal, cancellation);
            found.Add(
                new CrossedPoint(point.Row, crossing, point.Question.Map.Evaluate(point.Question.Start!))
                {
                    Names = point.Goal.Names(crossing),
                    Proves = point.Proves,
                }
            );
        }

        return [.. found];
    }

    private CrossedPoint[] Chosen(CrossedPoint[] found) =>
        Nearest is { } most ? [.. found.OrderBy(point => point.Crossing.Distance).Take(most)] : found;

    /// <summary>The record; of a table it names the file, not its first point.</summary>
    private RunRecord Record(Question question, double seconds, bool isTable)
    {
        RunRecord run = question.Record("cross", seconds, Settings(question, isTable));
        return isTable ? run with { Settings = [.. run.Settings.Where(s => s.Name != "at")] } : run;
    }

    private IEnumerable<Setting> Settings(Question question, bool isTable)
    {
        if (isTable)
        {
            yield return new("points", Slice.At!);
        }

        if (Level is not null)
        {
            yield return new("level", Numbers.ParseOne(Level, "--level"));
        }

        if (Class is not null)
        {
            yield return new("class", Class);
        }

        if (Labels is not null)
        {
            yield return new("labels", Labels);
        }

        if (Rows is not null)
        {
            yield return new("rows", Rows);
        }

        foreach (Setting setting in Recipe.Settings(question))
        {
            yield return setting;
        }

        if (Figures.Truth is { } truth)
        {
            yield return new("truth", truth);
        }

        if (Nearest is { } nearest)
        {
            yield return new("nearest", nearest);
        }
    }
}

/// <summary>A point with its crossing; rows of a table are counted from 1.</summary>
/// <param name="Row">The row; 0 for none.</param>
/// <param name="Crossing">Its crossing.</param>
/// <param name="Output">The outputs at the point.</param>
internal sealed record CrossedPoint(int Row, Crossing Crossing, double[] Output)
{
    /// <summary>The answers before and beyond the border.</summary>
    public required CrossingNames Names { get; init; }

    /// <summary>Whether a proof was tried.</summary>
    public required bool Proves { get; init; }
}
