using System.Collections.Immutable;
using System.Text.Json;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Cli.Commands;

/// <summary>What crossings say about themselves: files, JSON, a table.</summary>
internal sealed record CrossReport(
    RunRecord Run,
    CrossRun.Asked First,
    CrossedPoint[] Points,
    bool IsTable,
    int Searched
)
{
    private const int Shown = 20;

    /// <summary>Of many inputs those that change most are shown.</summary>
    private const int MostChanges = 8;

    /// <summary>What is to be reached, in words that hold for all points.</summary>
    public string ToReach => IsTable && First.Goal.IsAnyClass ? "another class than each one's own" : First.Goal.Words;

    private Signature Signature => First.Question.Signature;

    /// <summary>Writes the files that are asked for, and says what was found.</summary>
    public void Write(FigureTarget? target, CrossFigures figures, bool json, CancellationToken cancellation)
    {
        IReadOnlyList<string> files = target is null ? [] : figures.Write(target, this, cancellation);
        if (json)
        {
            Console.Out.WriteLine(Json());
        }
        else if (IsTable)
        {
            WriteTable(files);
        }
        else
        {
            WriteOne(files, cancellation.IsCancellationRequested);
        }
    }

    /// <summary>What was found, in short.</summary>
    public IEnumerable<(string Name, string Value)> Facts()
    {
        if (!IsTable)
        {
            return
            [
                (
                    "distance",
                    Points[0].Crossing is { Found: true } crossing
                        ? $"{Tables.ShowShort(crossing.Distance)}, {LevelReport.InWords(crossing.Verdict)} the smallest"
                        : Distance(Points[0].Crossing)
                ),
            ];
        }

        return
        [
            ("points", $"{Searched}"),
            ("crossings", $"{Points.Count(p => p.Crossing.Found)} shown"),
            ("nearest", Tables.ShowShort(Points.Min(p => p.Crossing.Distance))),
        ];
    }

    /// <summary>The run and what was found, as one object.</summary>
    public string Json() =>
        IsTable ? JsonText.Of(Run, WriteCrossings) : JsonText.Of(Run, json => WriteCrossing(json, Points[0]));

    private void WriteCrossings(Utf8JsonWriter json)
    {
        json.WriteNumber("searched", Searched);
        json.WriteStartArray("crossings");
        foreach (CrossedPoint point in Points)
        {
            json.WriteStartObject();
            json.WriteNumber("row", point.Row);
            WriteCrossing(json, point);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What was found of a point.</summary>
    public void WriteCrossing(Utf8JsonWriter json, CrossedPoint point)
    {
        CrossingText.Write(json, point.Crossing, point.Names);
        json.WriteNumbers("output", point.Output);
        if (Signature.Inputs.Length > Question.MostShown)
        {
            return; // at and start say it
        }

        json.WriteStartArray("changes");
        for (int i = 0; point.Crossing.At is { } at && i < at.Length; i++)
        {
            json.WriteStartObject();
            json.WriteString("input", Signature.Inputs[i].Name);
            json.WriteString("unit", Signature.Inputs[i].Unit);
            JsonText.Write(json, "change", at[i] - point.Crossing.From[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What was found, as a table.</summary>
    public string Csv() =>
        IsTable ? CrossTable.Csv(Points, Signature) : CrossingText.Csv(Points[0].Crossing, Signature);

    private void WriteOne(IReadOnlyList<string> files, bool stopped)
    {
        CrossedPoint point = Points[0];
        Crossing crossing = point.Crossing;
        Tables.WritePairs([
            ("from", From(crossing)),
            .. Signature.Outputs.Length <= Question.MostShown
                ?
                [
                    (
                        "output there",
                        string.Join(", ", Signature.Outputs.Select((v, i) => $"{v.Label} = {point.Output[i]:R}"))
                    ),
                ]
                : Array.Empty<(string, string)>(),
            ("to reach", ToReach),
            ("in the box", First.Question.ShowBox()),
            .. First.Question.Held(),
            ("distance", Distance(crossing)),
            .. crossing.Found ? Certificate(point, stopped) : Searches(point),
            ("evaluations", $"{crossing.Evaluations}"),
            ("seconds", $"{Run.Seconds:F4}"),
            .. Tables.Written(files),
        ]);
        if (crossing.At is { } at)
        {
            WriteChanges(crossing.From, at);
        }
    }

    private IEnumerable<(string, string)> Certificate(CrossedPoint point, bool stopped)
    {
        Crossing crossing = point.Crossing;
        return
        [
            ("answer", $"{point.Names.From} -> {point.Names.To}"),
            ("nearest is proved", point.Proves ? Proof(crossing, stopped) : "no: a search in any number of inputs"),
            (
                "KKT residual",
                Tables.ShowError(crossing.KktResidual)
                    + (crossing.Pieces > 1 ? $", at a kink of {crossing.Pieces} pieces of the border" : "")
            ),
            ("bracket", $"two points {Tables.ShowError(crossing.BracketWidth)} apart have different answers"),
            .. Searches(point),
        ];
    }

    private static IEnumerable<(string, string)> Searches(CrossedPoint point) =>
        point.Proves
            ? [("enclosures", $"{point.Crossing.Enclosures}")]
            : [("searched", $"{point.Crossing.Borders} borders, from {point.Crossing.Starts} starts")];

    private static string From(Crossing crossing) =>
        crossing.From.Length <= Question.MostShown
            ? $"({Tables.ShowPoint(crossing.From)})"
            : $"a point of {crossing.From.Length} inputs from {Tables.ShowShort(crossing.From.Min())} to {Tables.ShowShort(crossing.From.Max())}";

    /// <summary>How the inputs change; of many, those that change most.</summary>
    private void WriteChanges(ImmutableArray<double> from, ImmutableArray<double> at)
    {
        int[] shown =
        [
            .. Enumerable
                .Range(0, at.Length)
                .OrderByDescending(i => at.Length > Question.MostShown ? Math.Abs(at[i] - from[i]) : 0)
                .Take(at.Length > Question.MostShown ? MostChanges : at.Length),
        ];
        Tables.Write(
            ["input", "from", "to", "change"],
            shown.Select(i => CrossTable.Row(Signature.Inputs[i], from[i], at[i]))
        );
        if (shown.Length < at.Length)
        {
            Console.WriteLine($"   ... and {at.Length - shown.Length} inputs that change less: --json has them all");
        }
    }

    private void WriteTable(IReadOnlyList<string> files)
    {
        Tables.WritePairs([
            ("points", $"{Searched} searched"),
            ("to reach", ToReach),
            ("in the box", First.Question.ShowBox()),
            .. First.Question.Held(),
            ("crossings", $"{Points.Count(p => p.Crossing.Found)} of the {Points.Length} below"),
            (
                "median distance",
                Tables.ShowShort(Points.Select(p => p.Crossing.Distance).Order().ElementAt(Points.Length / 2))
            ),
            ("largest KKT residual", Tables.ShowError(Points.Max(p => p.Crossing.KktResidual))),
            ("largest bracket", Tables.ShowError(Points.Max(p => p.Crossing.BracketWidth))),
            ("seconds", $"{Run.Seconds:F4}"),
            .. Tables.Written(files),
        ]);
        Tables.Write(CrossTable.Headings(Points[0]), Points.Take(Shown).Select(CrossTable.Row));
        if (Points.Length > Shown)
        {
            Console.WriteLine($"   ... and {Points.Length - Shown} more: --json has them all");
        }
    }

    private static string Distance(Crossing crossing) =>
        crossing switch
        {
            { Found: true } => $"{crossing.Distance:R}",
            { DistanceLower: 0 } => "none was found, which does not say that there is none",
            { DistanceLower: double.PositiveInfinity } => "none: proved, the box has no such point",
            _ => $"none was found, and none is nearer than {Tables.ShowShort(crossing.DistanceLower)}: proved",
        };

    private string Proof(Crossing crossing, bool stopped)
    {
        if (crossing.Verdict == Verdict.Proved)
        {
            return $"yes: none is nearer than {crossing.DistanceLower:R}";
        }

        string limit =
            stopped ? "the search was stopped"
            : crossing.Enclosures >= First.Recipe.Proved.Cells ? "the cells are spent; allow more with --cells"
            : "what is left is within rounding; allow more with --tolerance";
        return $"no: only that none is nearer than {crossing.DistanceLower:R}; {limit}";
    }
}
