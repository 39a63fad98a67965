using System.Globalization;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Results;

namespace Preimage.Cli.Commands;

/// <summary>What a level set says about itself to a person.</summary>
internal static class LevelReport
{
    private const int Shown = 20;

    public static void Write(Question question, RunRecord run, LevelSet set, bool stopped, IReadOnlyList<string> files)
    {
        Tables.WritePairs([
            .. stopped
                ? [("stopped", "before the search was whole: what follows is right, but not all")]
                : Array.Empty<(string, string)>(),
            ("level", $"{question.Output.Label} = {set.Level:R}"),
            ("in the box", question.ShowBox()),
            .. question.Held(),
            .. Facts(question, set),
            .. Judgement(run),
            ("enclosures", $"{set.Enclosures}"),
            ("evaluations", $"{set.Evaluations}"),
            ("seconds", $"{run.Seconds:F4}"),
            .. Tables.Written(files),
        ]);
        WriteComponents(set);
        WriteUndecided(set);
        WriteCriticalPoints(question, set.CriticalPoints, set.Level);
    }

    /// <summary>What was found, in short.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(Question question, LevelSet set)
    {
        yield return ("components", Components(set));
        yield return (
            "range",
            $"{question.Output.Name} lies in [{Tables.Show(set.Range.Lower)}, {Tables.Show(set.Range.Upper)}] over the box: proved"
        );
        if (!set.Components.IsEmpty)
        {
            yield return ("length in all", set.Components.Sum(c => c.Length).ToString("R"));
            yield return ("largest defect", Tables.ShowError(set.Components.Max(c => c.Defect)));
        }
    }

    /// <summary>What was found, as a heading has room for it.</summary>
    public static IEnumerable<(string Name, string Value)> Heading(LevelSet set, RunRecord run)
    {
        yield return ("components", Components(set));
        if (!set.Components.IsEmpty)
        {
            yield return ("length", Tables.ShowShort(set.Components.Sum(c => c.Length)));
        }

        if (Error(run) is { } error)
        {
            yield return ("network's error", error);
        }
    }

    /// <summary>The network's error, where the truth was given.</summary>
    public static string? Error(RunRecord run) =>
        run.Settings.FirstOrDefault(s => s.Name == "networkError") is { } error
            ? Tables.ShowError(double.Parse(error.ToString(), CultureInfo.InvariantCulture))
            : null;

    /// <summary>The network's error and what it is against, where the truth was given.</summary>
    public static IEnumerable<(string, string)> Judgement(RunRecord run) =>
        run.Settings.FirstOrDefault(s => s.Name == "truth") is not { } truth ? []
        : Error(run) is { } error ? [("network's error", $"{error} against {truth}, on these points")]
        : [("network's error", $"not compared with {truth}: there are no points")];

    /// <summary>The table of critical values, those nearest to the levels where there are many: between two of them the level sets all look alike.</summary>
    public static void WriteCriticalPoints(
        Question question,
        IReadOnlyCollection<CriticalPoint> points,
        params double[] levels
    )
    {
        if (points.Count == 0)
        {
            return;
        }

        double[] asked = [.. levels.Where(double.IsFinite)];
        double Nearness(CriticalPoint p) => asked.Length == 0 ? 0 : asked.Min(level => Math.Abs(level - p.Value));
        List<(double Value, string[] Row)> rows =
        [
            .. points.OrderBy(Nearness).Take(Shown).Select(p => (p.Value, Row(p))),
        ];
        rows.AddRange(asked.Select(level => (level, (string[])["", Tables.Show(level), "the level asked for", ""])));
        Tables.Write(
            [
                "critical point",
                question.Output.Label,
                $"({string.Join(", ", question.Signature.Inputs.Select(v => v.Label))})",
                "verdict",
            ],
            rows.OrderBy(row => row.Value).Select(row => row.Row)
        );
        if (points.Count > Shown)
        {
            Console.WriteLine($"   ... and {points.Count - Shown} further off in value: --json has them all");
        }
    }

    private static string[] Row(CriticalPoint point) =>
        [Name(point), Tables.Show(point.Value), $"({Tables.ShowPoint(point.At)})", InWords(point.Verdict)];

    private static string Name(CriticalPoint point)
    {
        string kind = point.Kind == CriticalKind.Unknown ? "critical point" : point.Kind.ToString().ToLowerInvariant();
        return point.Place switch
        {
            CriticalPlace.Edge => $"{kind} along an edge",
            CriticalPlace.Corner => point.Kind == CriticalKind.Unknown ? "corner" : $"{kind} in a corner",
            _ => kind,
        };
    }

    private static string Components(LevelSet set)
    {
        int count = set.Components.Length;
        bool whole = set.Verdict == Verdict.Proved;
        if (count == 0 && !whole && IsConstant(set))
        {
            return $"no curves: the output is {Tables.Show(set.Range.Lower)} everywhere in the box, up to rounding";
        }

        return (count, whole) switch
        {
            (0, true) when set.Level < set.Range.Lower || set.Level > set.Range.Upper =>
                "none: proved, the level lies outside the range",
            (0, true) => "none: proved",
            (_, true) => $"{count}, and no others: proved",
            (0, false) => $"none found, but {Numbers.Count(set.Undecided.Length, "place")} undecided",
            _ => $"{count} found; {Numbers.Count(set.Undecided.Length, "place")} undecided",
        };
    }

    /// <summary>Whether the bounds over the box differ by no more than rounding does in a network.</summary>
    private static bool IsConstant(LevelSet set)
    {
        (double lower, double upper) = set.Range;
        return upper - lower <= 1e-12 * Math.Max(Math.Abs(lower), Math.Abs(upper));
    }

    private static void WriteComponents(LevelSet set)
    {
        if (set.Components.IsEmpty)
        {
            return;
        }

        Tables.Write(
            ["component", "", "length", "points", "largest defect", "verdict"],
            set.Components.Take(Shown)
                .Select(
                    (c, i) =>
                        (string[])
                            [
                                $"{i + 1}",
                                Shape(c),
                                Tables.Show(c.Length),
                                $"{c.Branches.Sum(b => b.Count)}",
                                Tables.ShowError(c.Defect),
                                InWords(c.Verdict),
                            ]
                )
        );
        if (set.Components.Length > Shown)
        {
            Console.WriteLine($"   ... and {set.Components.Length - Shown} more: --json has them all");
        }
    }

    private static string Shape(LevelComponent component) =>
        component.Closed ? "closed"
        : component.Branches.Length == 1 ? "open"
        : $"{component.Branches.Length} branches";

    private static void WriteUndecided(LevelSet set)
    {
        if (set.Undecided.IsEmpty)
        {
            return;
        }

        Tables.Write(
            ["undecided", "from", "to", "because of"],
            set.Undecided.Take(Shown)
                .Select(
                    (u, i) =>
                        (string[])
                            [
                                $"{i + 1}",
                                $"({Tables.ShowPoint(u.Cell.Lower)})",
                                $"({Tables.ShowPoint(u.Cell.Upper)})",
                                u.Cause is { } cause && Holds(set.CriticalPoints[cause], set.Level)
                                    ? $"{Name(set.CriticalPoints[cause])} at {Tables.Show(set.CriticalPoints[cause].Value)}"
                                    : "no critical point found there",
                            ]
                )
        );
    }

    private static bool Holds(CriticalPoint point, double level) =>
        point.ValueLower <= level && level <= point.ValueUpper;

    /// <summary>A verdict as a person says it.</summary>
    public static string InWords(Verdict verdict) =>
        verdict switch
        {
            Verdict.Proved => "proved",
            Verdict.Disproved => "disproved",
            _ => "not proved",
        };
}
