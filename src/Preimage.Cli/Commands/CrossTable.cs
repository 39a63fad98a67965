using System.Globalization;
using System.Text;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Cli.Commands;

/// <summary>The rows of tables of crossings.</summary>
internal static class CrossTable
{
    /// <summary>How one input changes, in its unit.</summary>
    public static string[] Row(Variable input, double from, double to) =>
        [
            input.Label,
            Tables.Show(from),
            Tables.Show(to),
            $"{(to >= from ? "+" : "")}{Tables.ShowShort(to - from)}{(input.Unit.Length > 0 ? " " : "")}{input.Unit}",
        ];

    /// <summary>The headings of <see cref="Row(CrossedPoint)"/>.</summary>
    public static string[] Headings(CrossedPoint point) =>
        IsShort(point)
            ? ["row", "from", "to", "distance", "no nearer than", "verdict"]
            : ["row", "from", "to", "distance", "KKT residual", "pieces"];

    /// <summary>One point of a table; of many inputs with the answers instead of the points.</summary>
    public static string[] Row(CrossedPoint point)
    {
        Crossing crossing = point.Crossing;
        string distance = crossing.Found ? Tables.Show(crossing.Distance) : "none";
        return IsShort(point)
            ?
            [
                $"{point.Row}",
                $"({ShowShort(crossing.From)})",
                crossing.At is { } at ? $"({ShowShort(at)})" : "",
                distance,
                Tables.Show(crossing.DistanceLower),
                LevelReport.InWords(crossing.Verdict),
            ]
            :
            [
                $"{point.Row}",
                point.Names.From,
                point.Names.To ?? "",
                distance,
                Tables.ShowError(crossing.KktResidual),
                $"{crossing.Pieces}",
            ];
    }

    private static bool IsShort(CrossedPoint point) => point.Proves && point.Crossing.From.Length <= Question.MostShown;

    /// <summary>A line a point: row, the inputs from and to, distance, its proved lower bound, verdict; empty where there is none.</summary>
    public static string Csv(IEnumerable<CrossedPoint> points, Signature signature)
    {
        string[] names = [.. signature.Inputs.Select(v => v.Name)];
        StringBuilder csv = new();
        csv.AppendJoin(
                ',',
                [
                    "row",
                    .. names,
                    .. names.Select(name => $"{name} there"),
                    "distance",
                    "no nearer than",
                    "verdict",
                    "answer",
                    "answer there",
                ]
            )
            .Append('\n');
        foreach (CrossedPoint point in points)
        {
            Crossing crossing = point.Crossing;
            csv.AppendJoin(
                    ',',
                    [
                        $"{point.Row}",
                        .. crossing.From.Select(Exact),
                        .. crossing.At is { } at ? at.Select(Exact) : names.Select(_ => ""),
                        Exact(crossing.Distance),
                        Exact(crossing.DistanceLower),
                        $"{crossing.Verdict}",
                        Quoted(point.Names.From),
                        Quoted(point.Names.To ?? ""),
                    ]
                )
                .Append('\n');
        }

        return csv.ToString();
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string Exact(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string ShowShort(IEnumerable<double> point) => string.Join(", ", point.Select(Tables.ShowShort));
}
