using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Walking;

namespace Preimage.Cli.Commands;

/// <summary>The files of crossings: on a plane of two inputs the points and the border; of any other point the way to its crossing; of tables texts.</summary>
internal sealed record CrossFigures
{
    public required SliceWords Words { get; init; }

    /// <summary>The way that is shown.</summary>
    public required ICrossPath Path { get; init; }

    public required string? Truth { get; init; }

    /// <summary>The files that --out asks for, of a question; null where it is not given.</summary>
    /// <exception cref="ArgumentException">There is no such file of it, or it would lie over an input.</exception>
    public FigureTarget? Target(string? path, Question question, bool isTable) =>
        path is null ? null
        : isTable || IsPlane(question) ? FigureTarget.ParsePlane(path, Words)
        : FigureTarget.ParseTrail(path, Words);

    /// <summary>Writes them.</summary>
    /// <returns>Their paths.</returns>
    public IReadOnlyList<string> Write(FigureTarget target, CrossReport report, CancellationToken cancellation)
    {
        ResultTexts texts = new(report.Json, report.Csv);
        if (IsPlane(report.First.Question))
        {
            CrossFigure plane = new(report, TruthArgument.Parse(Truth, report.First.Question.Signature));
            return target.Write(plane.Report(cancellation), texts);
        }

        return report.IsTable || !report.Points[0].Crossing.Found
            ? target.WriteTexts(texts, figureIsDue: !report.IsTable)
            : target.Write(
                new CrossTrail(report, Words, Path).Report(),
                json => report.WriteCrossing(json, report.Points[0])
            );
    }

    private static bool IsPlane(Question question)
    {
        Box box = question.Box;
        return box.Dimension == 2 && box.Lower.Zip(box.Upper).All(side => double.IsFinite(side.Second - side.First));
    }
}
