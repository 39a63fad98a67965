using System.Globalization;
using System.Text;
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

    /// <summary>One point of a table.</summary>
    public static string[] Row(CrossedPoint point)
    {
        Crossing crossing = point.Crossing;
        return
        [
            $"{point.Row}",
            $"({ShowShort(crossing.From)})",
            crossing.At is { } at ? $"({ShowShort(at)})" : "",
            crossing.Found ? Tables.Show(crossing.Distance) : "none",
            Tables.Show(crossing.DistanceLower),
            LevelReport.InWords(crossing.Verdict),
        ];
    }

    /// <summary>A line a point: row, the inputs from and to, distance, its proved lower bound, verdict; empty where there is none.</summary>
    public static string Csv(IEnumerable<CrossedPoint> points, Signature signature)
    {
        string[] names = [.. signature.Inputs.Select(v => v.Name)];
        StringBuilder csv = new();
        csv.AppendJoin(
                ',',
                ["row", .. names, .. names.Select(name => $"{name} there"), "distance", "no nearer than", "verdict"]
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
                    ]
                )
                .Append('\n');
        }

        return csv.ToString();
    }

    private static string Exact(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string ShowShort(IEnumerable<double> point) => string.Join(", ", point.Select(Tables.ShowShort));
}
