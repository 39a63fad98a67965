using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Results;

namespace Preimage.Cli.Commands;

/// <summary>What a family of fibers says about itself to a person.</summary>
internal static class FoliateReport
{
    private const int Shown = 20;
    private const int Listable = 8;

    public static void Write(
        Question question,
        RunRecord run,
        (Foliation Exact, Foliation? Beside, bool IsStopped) families,
        IReadOnlyList<string> files
    )
    {
        Foliation foliation = families.Exact;
        Tables.WritePairs([
            .. families.IsStopped
                ? [("stopped", "before the family was whole: what follows is right, but not all")]
                : Array.Empty<(string, string)>(),
            ("through", $"({Tables.ShowPoint(question.Start!)})"),
            ("in the box", question.ShowBox()),
            .. question.Held(),
            .. Facts(foliation),
            .. Missed(foliation),
            .. LevelReport.Judgement(run),
            .. families.Beside is { } beside
                ?
                [
                    (
                        "beside it",
                        $"simexp: {beside.Leaves.Length} fibers of {beside.Leaves.Sum(l => l.Fiber.Curve.Count)} points, largest defect {Tables.ShowError(Defect(beside))}"
                    ),
                ]
                : Array.Empty<(string, string)>(),
            ("evaluations", $"{foliation.Evaluations}"),
            ("seconds", $"{run.Seconds:F4}"),
            .. Tables.Written(files),
        ]);
        Tables.Write(
            [question.Output.Label, "", "length", "points", "largest defect", "crossed at"],
            foliation.Leaves.Take(Shown).Select(Row)
        );
        if (foliation.Leaves.Length > Shown)
        {
            Console.WriteLine($"   ... and {foliation.Leaves.Length - Shown} more: --json has them all");
        }
    }

    /// <summary>What was found, in short.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(Foliation foliation)
    {
        yield return ("fibers", Count(foliation));
        yield return ("length across", Tables.ShowShort(foliation.Lift.Length));
        if (!foliation.Leaves.IsEmpty)
        {
            yield return ("largest defect", Tables.ShowError(Defect(foliation)));
        }
    }

    private static string Count(Foliation foliation) =>
        foliation.Leaves.Length == foliation.Asked
            ? $"{foliation.Asked}"
            : $"{foliation.Leaves.Length} of {foliation.Asked}";

    /// <summary>The levels without a fiber, those with one reason together.</summary>
    private static IEnumerable<(string Name, string Value)> Missed(Foliation foliation) =>
        foliation
            .Missed.GroupBy(missed => missed.Reason, StringComparer.Ordinal)
            .Select(g => ("missed", $"{Listed([.. g.Select(missed => missed.Level[0])])}: {g.Key}"));

    /// <summary>The levels, or the first and the last where there are many.</summary>
    private static string Listed(double[] levels) =>
        levels.Length <= Listable
            ? string.Join(", ", levels.Select(Tables.ShowShort))
            : $"{levels.Length} from {Tables.ShowShort(levels[0])} to {Tables.ShowShort(levels[^1])}";

    private static double Defect(Foliation foliation) => foliation.Leaves.Max(leaf => leaf.Fiber.Curve.Defect);

    private static string[] Row(Leaf leaf) =>
        [
            Tables.Show(leaf.Level[0]),
            leaf.Fiber.Curve.Closed ? "closed" : "open",
            Tables.Show(leaf.Fiber.Curve.Length),
            $"{leaf.Fiber.Curve.Count}",
            Tables.ShowError(leaf.Fiber.Curve.Defect),
            $"({Tables.ShowPoint(leaf.Start)})",
        ];
}
