using System.Diagnostics;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Levels;
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
    public required double Tolerance { get; init; }
    public required long Cells { get; init; }
    public required int? Nearest { get; init; }
    public required string? Truth { get; init; }
    public required string? Out { get; init; }
    public required bool Json { get; init; }

    /// <summary>Searches, writes the files, and says what was found.</summary>
    public ExitCode Run(CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        bool isTable = Slice.At is { } at && PointArgument.IsTable(at);
        if (Nearest is not null && !isTable)
        {
            throw new ArgumentException("--nearest chooses among the rows of a table; give one with --at points.csv.");
        }

        FigureTarget? target = FigureTarget.ParsePlane(Out, Slice);
        Asked[] asked = isTable ? Rows() : [Ask(Slice.Load(), 0)];
        TruthArgument.Parse(Truth, asked[0].Question.Signature);
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
        report.Write(target, Truth, Json, cancellation);
        return found.Length == asked.Length && found.All(point => point.Crossing.Verdict == Verdict.Proved)
            ? ExitCode.Done
            : ExitCode.Partial;
    }

    /// <summary>One point with what is asked of it; rows are counted from 1.</summary>
    internal sealed record Asked(int Row, Question Question, Goal Goal, long Cells);

    private Asked Ask((Network Network, SliceWords Words) told, int row)
    {
        Question question = Question.Of(told.Network, told.Words);
        return new Asked(row, question, Goal.Of(question, Level, Class), Cells);
    }

    /// <summary>Every row of the table; the network is one for all of them, unless it begins at the image of the row.</summary>
    private Asked[] Rows()
    {
        Network? shared = Slice.Model.From is null ? Models.Load(Slice.Model) : null;
        return
        [
            .. Enumerable
                .Range(1, PointArgument.Rows(Slice.At!, "--at"))
                .Select(row =>
                {
                    SliceWords words = Slice with { At = $"{Slice.At}:{row}" };
                    return Ask(shared is null ? words.Load() : (shared, words), row);
                }),
        ];
    }

    private CrossedPoint[] Search(Asked[] asked, CancellationToken cancellation)
    {
        Crossings recipe = new() { Tolerance = Tolerance, Cells = Cells };
        List<CrossedPoint> found = [];
        foreach (Asked point in asked)
        {
            if (found.Count > 0 && cancellation.IsCancellationRequested)
            {
                break; // what is done is whole
            }

            Goal goal = point.Goal;
            found.Add(
                new CrossedPoint(
                    point.Row,
                    recipe.Nearest(goal.Map, goal.Enclosure, point.Question.Start!, point.Question.Box, cancellation),
                    point.Question.Map.Evaluate(point.Question.Start!)
                )
            );
        }

        return [.. found];
    }

    private CrossedPoint[] Chosen(CrossedPoint[] found) =>
        Nearest is { } most ? [.. found.OrderBy(point => point.Crossing.Distance).Take(most)] : found;

    /// <summary>The record; of a table it names the file, not its first point.</summary>
    private RunRecord Record(Question question, double seconds, bool isTable)
    {
        RunRecord run = question.Record("cross", seconds, Settings(isTable));
        return isTable ? run with { Settings = [.. run.Settings.Where(s => s.Name != "at")] } : run;
    }

    private IEnumerable<Setting> Settings(bool isTable)
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

        yield return new("tolerance", Tolerance);
        yield return new("cells", Cells);
        if (Truth is not null)
        {
            yield return new("truth", Truth);
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
internal sealed record CrossedPoint(int Row, Crossing Crossing, double[] Output);
