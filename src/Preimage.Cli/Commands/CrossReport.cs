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

    private Signature Signature => First.Question.Signature;

    /// <summary>Writes the files that are asked for, and says what was found.</summary>
    public void Write(FigureTarget? target, string? truth, bool json, CancellationToken cancellation)
    {
        IReadOnlyList<string> files =
            target is null ? []
            : Signature.Inputs.Length == 2
                ? target.Write(
                    new CrossFigure(this, TruthArgument.Parse(truth, Signature)).Report(cancellation),
                    new ResultTexts(Json, Csv)
                )
            : target.WriteTexts(new ResultTexts(Json, Csv));
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

    private string Json() =>
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

    private void WriteCrossing(Utf8JsonWriter json, CrossedPoint point)
    {
        json.WriteNumbers("output", point.Output);
        CrossingText.Write(json, point.Crossing);
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

    private string Csv() =>
        IsTable ? CrossTable.Csv(Points, Signature) : CrossingText.Csv(Points[0].Crossing, Signature);

    private void WriteOne(IReadOnlyList<string> files, bool stopped)
    {
        Crossing crossing = Points[0].Crossing;
        Tables.WritePairs([
            ("from", $"({Tables.ShowPoint(crossing.From)})"),
            (
                "output there",
                string.Join(", ", Signature.Outputs.Select((v, i) => $"{v.Label} = {Points[0].Output[i]:R}"))
            ),
            ("to reach", First.Goal.Words),
            ("in the box", First.Question.ShowBox()),
            .. First.Question.Held(),
            ("distance", Distance(crossing)),
            .. crossing.Found
                ?
                [
                    ("nearest is proved", Proof(crossing, stopped)),
                    ("KKT residual", Tables.ShowError(crossing.KktResidual)),
                    ("bracket", Bracket(crossing)),
                ]
                : Array.Empty<(string, string)>(),
            ("enclosures", $"{crossing.Enclosures}"),
            ("evaluations", $"{crossing.Evaluations}"),
            ("seconds", $"{Run.Seconds:F4}"),
            .. Tables.Written(files),
        ]);
        if (crossing.At is { } at)
        {
            Tables.Write(
                ["input", "from", "to", "change"],
                Signature.Inputs.Select((v, i) => CrossTable.Row(v, crossing.From[i], at[i]))
            );
        }
    }

    private void WriteTable(IReadOnlyList<string> files)
    {
        Tables.WritePairs([
            ("points", $"{Searched} searched"),
            ("to reach", First.Goal.Words),
            ("in the box", First.Question.ShowBox()),
            .. First.Question.Held(),
            ("crossings", $"{Points.Count(p => p.Crossing.Found)} of the {Points.Length} below"),
            ("seconds", $"{Run.Seconds:F4}"),
            .. Tables.Written(files),
        ]);
        Tables.Write(
            ["row", "from", "to", "distance", "no nearer than", "verdict"],
            Points.Take(Shown).Select(CrossTable.Row)
        );
        if (Points.Length > Shown)
        {
            Console.WriteLine($"   ... and {Points.Length - Shown} more: --json has them all");
        }
    }

    private static string Distance(Crossing crossing) =>
        crossing switch
        {
            { Found: true } => $"{crossing.Distance:R}",
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
            : crossing.Enclosures >= First.Cells ? "the cells are spent; allow more with --cells"
            : "what is left is within rounding; allow more with --tolerance";
        return $"no: only that none is nearer than {crossing.DistanceLower:R}; {limit}";
    }

    private static string Bracket(Crossing crossing)
    {
        int n = crossing.From.Length;
        double square = Enumerable.Range(0, n).Sum(i => Math.Pow(crossing.Bracket[i] - crossing.Bracket[n + i], 2));
        return $"two points {Tables.ShowError(Math.Sqrt(square))} apart lie on either side";
    }
}
