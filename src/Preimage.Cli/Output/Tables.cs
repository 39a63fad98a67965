using Spectre.Console;

namespace Preimage.Cli.Output;

/// <summary>Short tables for people.</summary>
internal static class Tables
{
    private const int WidthOfAFile = 10_000;

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

        Write(table);
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

        Write(table);
    }

    /// <summary>In a file or a pipe lines are as long as they are: a path or a hash is not broken, and no blanks follow it.</summary>
    private static void Write(Table table)
    {
        if (!Console.IsOutputRedirected)
        {
            AnsiConsole.Write(table);
            return;
        }

        using StringWriter text = new();
        IAnsiConsole plain = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) }
        );
        plain.Profile.Width = WidthOfAFile;
        plain.Write(table);
        foreach (string line in text.ToString().TrimEnd().Split('\n'))
        {
            Console.WriteLine(line.TrimEnd());
        }
    }

    /// <summary>An error: its size is what matters.</summary>
    public static string ShowError(double error) => error.ToString("0.00E+0");

    /// <summary>A number for reading: as many digits as matter to a person.</summary>
    public static string Show(double number) => number.ToString("G10");

    /// <summary>A number in a narrow column.</summary>
    public static string ShowShort(double number) => number.ToString("G6");

    /// <summary>The coordinates of a point.</summary>
    public static string ShowPoint(params IEnumerable<double> point) => string.Join(", ", point.Select(Show));

    /// <summary>The names of files, the first one called written.</summary>
    public static IEnumerable<(string, string)> Written(IEnumerable<string> files) =>
        files.Select((file, i) => (i == 0 ? "written" : "", file));
}
