using Spectre.Console;

namespace Preimage.Cli.Output;

/// <summary>Short tables for people.</summary>
internal static class Tables
{
    /// <summary>What stands on the left is called what stands on the right.</summary>
    public static void WritePairs(IEnumerable<(string Name, string Value)> pairs)
    {
        Table table = new() { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn("").PadLeft(1).PadRight(2).NoWrap());
        table.AddColumn(new TableColumn(""));
        foreach ((string name, string value) in pairs)
        {
            table.AddRow(new Text(name, new Style(Color.Grey)), new Text(value));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>A table with headings; all but the first column stand to the right.</summary>
    public static void Write(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        Table table = new() { Border = TableBorder.Simple };
        for (int i = 0; i < headings.Count; i++)
        {
            TableColumn column = new(new Text(headings[i], new Style(Color.Grey)));
            table.AddColumn(i == 0 ? column : column.RightAligned());
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>An error: its size is what matters.</summary>
    public static string ShowError(double error) => error.ToString("0.00E+0");

    /// <summary>A number for reading: as many digits as matter to a person.</summary>
    public static string Show(double number) => number.ToString("G10");
}
