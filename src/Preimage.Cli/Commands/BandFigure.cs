using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Results;

namespace Preimage.Cli.Commands;

/// <summary>A band on the plane of two inputs.</summary>
internal static class BandFigure
{
    private const int MostSamples = 2000;

    public static PlaneReport Of(BandReport report, Region region)
    {
        BandFound found = report.Found;
        return FieldSampler.WithField(
            new PlaneReport
            {
                Run = report.Run,
                Box = report.Question.Box,
                Title = report.ShowBand("G6"),
                Facts = [.. report.Heading(region)],
                Region = region.Parts,
                RegionName = "band",
                Curves =
                [
                    .. found.Walks.Select(curve => new PlaneCurve(curve, "simexp", Beside: true)),
                    .. found.Curves.Select(c => new PlaneCurve(
                        c.Curve,
                        $"{report.Question.Output.Name} = {c.Level:G6}",
                        c.Level
                    )),
                    .. found
                        .Curves.GroupBy(c => c.Level)
                        .SelectMany(set =>
                            PlaneCurves.True(report.Truth, set.Select(c => c.Curve), set.Key, report.Question.Box)
                        ),
                ],
                CriticalPoints = (region.Lower ?? region.Upper)?.CriticalPoints ?? [],
                Undecided = [.. BandReport.Undecided(region)],
                Points =
                [
                    .. found
                        .Tests.Where(t => t.IsInBox)
                        .Select(t => new PlanePoint([.. t.At]) { Kind = "tested points" }),
                    .. Samples(found.Sample),
                ],
            },
            report.Question.Map
        );
    }

    private static IEnumerable<PlanePoint> Samples(BandSample? sample) =>
        sample is null
            ? []
            : Enumerable
                .Range(0, Math.Min(sample.Count, MostSamples))
                .Select(i => new PlanePoint([.. sample.Point(i)]) { Kind = "sample points" });
}
