using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Results;
using Preimage.Training.Data;

namespace Preimage.Cli.Commands;

/// <summary>What a trace says about itself to a person.</summary>
internal static class TraceReport
{
    public static void Write(
        FiberReport report,
        RecipeArgument recipe,
        (Truth? Truth, string? Held) told,
        IReadOnlyList<string> files
    )
    {
        (Truth? truth, string? held) = told;
        Fiber fiber = report.Fiber;
        Curve curve = fiber.Curve;
        string evaluations = $"{fiber.Evaluations} ({(double)fiber.Evaluations / curve.Count:F2} a point)";
        List<(string, string)> rows =
        [
            ("fiber of", $"({string.Join(", ", report.Start.Select(x => x.ToString("R")))})"),
            .. held is null ? Array.Empty<(string, string)>() : [("held", held)],
            ("output", string.Join(", ", fiber.Target.Select((y, i) => $"{Label(report, i)} = {y:R}"))),
            .. Endings(report),
            ("length", curve.Length.ToString("R")),
            ("pseudo-length", Tables.ShowError(fiber.PseudoLength)),
            ("points", $"{curve.Count}"),
            (
                "largest defect",
                $"{Tables.ShowError(curve.Defect)}{(recipe.IsExact ? "" : " (published recipe: not corrected)")}"
            ),
            .. fiber.Noise > 0
                ? [("rounding noise", $"{Tables.ShowError(fiber.Noise)} in the network's own output")]
                : Array.Empty<(string, string)>(),
            .. truth is null
                ? Array.Empty<(string, string)>()
                :
                [
                    (
                        "network's error",
                        $"{Tables.ShowError(truth.Error(curve))} against {truth.Text}, on these points"
                    ),
                ],
            ("evaluations", evaluations),
            ("seconds", $"{report.Run.Seconds:F4}"),
            .. report.Others.Select(other =>
                (
                    "beside it",
                    $"{other.Name}: {other.Curve.Count} points, length {other.Curve.Length:G8}, {Exactness(other)}"
                )
            ),
        ];
        rows.AddRange(files.Select((file, i) => (i == 0 ? "written" : "", file)));
        Tables.WritePairs(rows);
    }

    private static string Exactness(NamedCurve other) =>
        other.IsTruth ? "its own curve through the point" : $"largest defect {Tables.ShowError(other.Curve.Defect)}";

    private static string Label(FiberReport report, int output) => report.Run.Signature.Outputs[output].Label;

    private static IEnumerable<(string, string)> Endings(FiberReport report)
    {
        Curve curve = report.Fiber.Curve;
        if (curve.Closed)
        {
            return [("closed", "yes: it comes back to its start")];
        }

        return
        [
            ("closed", "no"),
            ("first end", End(curve, 0, curve.Start)),
            ("last end", End(curve, curve.Count - 1, curve.End)),
        ];
    }

    private static string End(Curve curve, int i, Ending ending) =>
        $"({string.Join(", ", curve.Point(i).ToArray().Select(Tables.Show))})  {ending.Advice()}";
}
