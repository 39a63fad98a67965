using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Training.Data;

namespace Preimage.Cli.Commands;

/// <summary>Crossings on the plane of two inputs: the points, their ways to the border, and the border itself.</summary>
internal sealed record CrossFigure(CrossReport Crossings, Truth? Truth)
{
    private Question Question => Crossings.First.Question;

    private Goal Goal => Crossings.First.Goal;

    public PlaneReport Report(CancellationToken cancellation)
    {
        Curve[] border = Border(cancellation);
        return FieldSampler.WithField(
            new PlaneReport
            {
                Run = Crossings.Run with { Signature = Question.Signature with { Outputs = [Goal.Output] } },
                Box = Question.Box,
                Title = Crossings.IsTable
                    ? $"Nearest crossings to {Crossings.ToReach}"
                    : $"From ({Tables.ShowPoint(Crossings.Points[0].Crossing.From)}) to {Goal.Words}",
                Facts = [.. Question.Held(), .. Crossings.Facts()],
                Curves =
                [
                    .. PlaneCurves.True(Truth, border, Goal.Level ?? 0, Question.Box),
                    .. border.Select(c => new PlaneCurve(c, Goal.Level is null ? "border" : Goal.Words)),
                    .. Crossings.IsTable
                        ? Array.Empty<PlaneCurve>()
                        : Crossings
                            .Points.Where(p => p.Crossing.Path is not null)
                            .Select(p => new PlaneCurve(p.Crossing.Path!, "fastest way", Beside: true)),
                    .. Crossings
                        .Points.Where(p => p.Crossing.Found)
                        .Select(p => new PlaneCurve(PlaneCurves.Segment(p.Crossing), "shortest way")),
                ],
                Points =
                [
                    .. Crossings.Points.Select(
                        (p, i) => new PlanePoint(p.Crossing.From, Crossings.IsTable ? $"{p.Row}" : "start")
                    ),
                    .. Crossings.IsTable
                        ? Array.Empty<PlanePoint>()
                        : Crossings
                            .Points.Where(p => p.Crossing.Found)
                            .Select(p => new PlanePoint(p.Crossing.At!.Value, "nearest")),
                ],
            },
            Goal.Level is null ? Goal.Map : Question.Map
        );
    }

    /// <summary>The zeros of the goal's map in the box; of a margin between several rivals without the places where two of them are level.</summary>
    private Curve[] Border(CancellationToken cancellation) =>
        [
            .. new LevelSets()
                .Find(Goal.Map, Goal.Enclosure, 0, Question.Box, cancellation)
                .Components.SelectMany(c => c.Branches),
        ];
}
