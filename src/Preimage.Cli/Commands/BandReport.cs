using System.Text.Json;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Results;
using Preimage.Training.Data;

namespace Preimage.Cli.Commands;

/// <summary>What a band says about itself: JSON, tables, a figure.</summary>
internal sealed record BandReport(Question Question, RunRecord Run, BandFound Found, Truth? Truth)
{
    private const int Shown = 20;

    private string Measure =>
        Question.Map.Inputs switch
        {
            1 => "length",
            2 => "area",
            _ => "volume",
        };

    /// <summary>The run and the band as one JSON object.</summary>
    public string Json() =>
        JsonText.Of(
            Run,
            json =>
            {
                if (Found.Region is { } region)
                {
                    BandText.Write(json, region, Found.Paving);
                }
                else
                {
                    BandText.Write(json, (Found.From, Found.To), Found.Paving);
                }

                if (Found.Refusal is { } refusal)
                {
                    json.WriteString("refusal", refusal);
                    JsonText.Write(json, "areaInner", Found.Paving.VolumeInner);
                    JsonText.Write(json, "areaOuter", Found.Paving.VolumeOuter);
                }

                WriteTests(json);
                if (Found.Beside is not null)
                {
                    json.WriteNumber("walks", Found.Walks.Count());
                    JsonText.Write(json, "strayShare", Found.StrayShare);
                }

                if (Found.Sample is { } sample)
                {
                    json.WriteNumber("drawn", sample.Attempts);
                    json.WriteMatrix("samples", sample.Points, sample.Dimension);
                }
            }
        );

    /// <summary>The region's vertices, or the boxes.</summary>
    public string Csv() =>
        Found.Region is { } region
            ? BandText.Csv(region, Question.Signature)
            : BandText.Csv(Found.Paving, Question.Signature);

    /// <summary>Tables on standard output.</summary>
    public void Write(IReadOnlyList<string> files)
    {
        Tables.WritePairs([
            ("band", ShowBand()),
            ("in the box", Question.ShowBox()),
            .. Question.Held(),
            .. Facts(),
            .. LevelReport.Judgement(Run),
            .. Beside(),
            .. Tests(),
            .. Found.Sample is { } sample
                ? [("sample", $"{sample.Count} points, uniform in the band, of {sample.Attempts} drawn")]
                : Array.Empty<(string, string)>(),
            ("boxes enclosed", $"{Found.Paving.Enclosures}"),
            ("seconds", $"{Run.Seconds:F4}"),
            .. Tables.Written(files),
        ]);
        WriteParts();
        WriteIntervals();
        WriteTested();
        if ((Found.Region?.Lower ?? Found.Region?.Upper) is { } set)
        {
            LevelReport.WriteCriticalPoints(Question, set.CriticalPoints, Found.From, Found.To);
        }
    }

    /// <summary>What was found, in short.</summary>
    public IEnumerable<(string Name, string Value)> Facts()
    {
        Paving paving = Found.Paving;
        double whole = paving.Box.Volume;
        if (Found.Region is { } region)
        {
            yield return ("regions", Regions(region));
            yield return ("area", $"{region.Area:R} ({region.Area / whole:P2} of the box), by its curves");
        }
        else if (Found.IsPlane)
        {
            yield return ("regions", $"unknown: {Found.Refusal} What follows is proved by boxes.");
        }

        yield return (
            $"{Measure}, certified",
            $"between {Tables.Show(paving.VolumeInner)} and {Tables.Show(paving.VolumeOuter)}{(paving.VolumeOuter == 0 ? ": proved empty" : "")}"
        );
        yield return ("gap", $"{Tables.ShowError(paving.Gap)} of the box: {InWords(paving.Ending)}");
    }

    /// <summary>What was found, as a heading has room for it.</summary>
    public IEnumerable<(string Name, string Value)> Heading(Region region)
    {
        foreach ((string, string) held in Question.Held())
        {
            yield return held;
        }

        yield return ("regions", Regions(region));
        yield return ("area", Tables.ShowShort(region.Area));
        yield return (
            "certified between",
            $"{Tables.ShowShort(Found.Paving.VolumeInner)} and {Tables.ShowShort(Found.Paving.VolumeOuter)}"
        );
        if (LevelReport.Error(Run) is { } error)
        {
            yield return ("network's error", error);
        }
    }

    /// <summary>The band as a set, in as many digits as asked for.</summary>
    public string ShowBand(string format = "R")
    {
        string name = Question.Output.Label;
        return (double.IsInfinity(Found.From), double.IsInfinity(Found.To)) switch
        {
            (true, true) => $"{name} of any value",
            (true, false) => $"{name} <= {Found.To.ToString(format)}",
            (false, true) => $"{name} >= {Found.From.ToString(format)}",
            _ => $"{Found.From.ToString(format)} <= {name} <= {Found.To.ToString(format)}",
        };
    }

    private static string Regions(Region region) =>
        (region.Parts.Length, region.Verdict) switch
        {
            (0, Verdict.Proved) => "none: proved",
            (var count, Verdict.Proved) =>
                $"{count}, with {Numbers.Count(Holes(region), "hole")}, and no others: proved",
            var (count, _) =>
                $"{count} found, with {Numbers.Count(Holes(region), "hole")}; {Numbers.Count(Undecided(region).Count(), "place")} undecided",
        };

    private static int Holes(Region region) => region.Parts.Sum(p => p.Holes.Length);

    /// <summary>The cells where a level set is undecided.</summary>
    public static IEnumerable<Cell> Undecided(Region region) =>
        new[] { region.Lower, region.Upper }.OfType<LevelSet>().SelectMany(set => set.Undecided).Select(u => u.Cell);

    private static string InWords(PavingEnding ending) =>
        ending switch
        {
            PavingEnding.GapReached => "as asked for",
            PavingEnding.BudgetSpent => "the boxes are spent; allow more with --boxes",
            PavingEnding.SmallestBoxes => "what is left cannot be split further",
            PavingEnding.Cancelled => "stopped",
            _ => "unknown",
        };

    private IEnumerable<(string, string)> Beside()
    {
        if (Found.Beside is not null)
        {
            yield return (
                "beside it",
                $"simexp: {Found.Walks.Count()} fibers of {Found.Walks.Sum(c => c.Count)} points, {Found.StrayShare:P1} of them outside the band"
            );
        }
    }

    private IEnumerable<(string, string)> Tests()
    {
        if (Found.Tests.Length > 0)
        {
            int inside = Found.Tests.Count(t => t is { IsInBox: true, Verdict: Verdict.Proved });
            int unknown = Found.Tests.Count(t => t.Verdict == Verdict.Unknown);
            string rest = unknown > 0 ? $", {unknown} on its border to rounding" : "";
            yield return ("tested points", $"{inside} of {Found.Tests.Length} lie in the band{rest}: proved");
        }
    }

    private void WriteTests(Utf8JsonWriter json)
    {
        if (Found.Tests.Length == 0)
        {
            return;
        }

        json.WriteStartArray("tests");
        for (int i = 0; i < Found.Tests.Length; i++)
        {
            TestedPoint test = Found.Tests[i];
            json.WriteStartObject();
            json.WriteNumber("row", i + 1);
            json.WriteNumbers("at", test.At);
            JsonText.Write(json, "output", test.Value);
            json.WriteBoolean("inBox", test.IsInBox);
            json.WriteString("inBand", test.Verdict.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteParts()
    {
        if (Found.Region is { Parts.Length: > 0 } region)
        {
            Tables.Write(
                ["region", "area", "holes", "vertices"],
                region
                    .Parts.Take(Shown)
                    .Select(
                        (p, i) =>
                            (string[])
                                [
                                    $"{i + 1}",
                                    Tables.Show(p.Area),
                                    $"{p.Holes.Length}",
                                    $"{p.Shell.Count + p.Holes.Sum(h => h.Count)}",
                                ]
                    )
            );
            WriteRest(region.Parts.Length);
        }
    }

    /// <summary>Of one input: the intervals that the boxes make together.</summary>
    private void WriteIntervals()
    {
        if (Question.Map.Inputs != 1)
        {
            return;
        }

        List<(double Low, double High)> intervals = [];
        foreach (Cell cell in Found.Paving.Inner.Concat(Found.Paving.Boundary).OrderBy(c => c.Lower[0]))
        {
            if (intervals.Count > 0 && intervals[^1].High >= cell.Lower[0])
            {
                intervals[^1] = (intervals[^1].Low, Math.Max(intervals[^1].High, cell.Upper[0]));
            }
            else
            {
                intervals.Add((cell.Lower[0], cell.Upper[0]));
            }
        }

        if (intervals.Count > 0)
        {
            Tables.Write(
                ["at most in", "from", "to"],
                intervals.Take(Shown).Select((s, i) => (string[])[$"{i + 1}", Tables.Show(s.Low), Tables.Show(s.High)])
            );
            WriteRest(intervals.Count);
        }
    }

    private void WriteTested()
    {
        if (Found.Tests.Length == 0)
        {
            return;
        }

        Tables.Write(
            ["row", "point", Question.Output.Label, "in the band"],
            Found
                .Tests.Take(Shown)
                .Select(
                    (t, i) => (string[])[$"{i + 1}", $"({Tables.ShowPoint(t.At)})", Tables.Show(t.Value), InWords(t)]
                )
        );
        WriteRest(Found.Tests.Length);
    }

    private static string InWords(TestedPoint test) =>
        (test.Verdict, test.IsInBox) switch
        {
            (Verdict.Proved, true) => "yes",
            (Verdict.Proved, false) => "outside the box",
            (Verdict.Disproved, _) => "no",
            _ => "on its border",
        };

    private static void WriteRest(int count)
    {
        if (count > Shown)
        {
            Console.WriteLine($"   ... and {count - Shown} more: --json has them all");
        }
    }
}
