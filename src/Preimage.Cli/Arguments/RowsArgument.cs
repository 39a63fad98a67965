namespace Preimage.Cli.Arguments;

/// <summary>Rows of a table, counted from 1: 1..500, or 3,8,20..30.</summary>
internal static class RowsArgument
{
    private const string Option = "--rows";

    /// <summary>The rows that the text names, in its order; all of them where there is none.</summary>
    /// <exception cref="ArgumentException">There is no such row, or a range is reversed.</exception>
    public static int[] Parse(string? text, int count) =>
        text is null
            ? [.. Enumerable.Range(1, count)]
            : [.. text.Split(',', StringSplitOptions.TrimEntries).SelectMany(word => Range(word, count))];

    private static IEnumerable<int> Range(string word, int count)
    {
        int dots = word.IndexOf("..", StringComparison.Ordinal);
        int first = One(dots < 0 ? word : word[..dots], count);
        int last = dots < 0 ? first : One(word[(dots + 2)..], count);
        return first <= last
            ? Enumerable.Range(first, last - first + 1)
            : throw new ArgumentException($"{Option} has '{word}', which is reversed; give the first row first.");
    }

    private static int One(string word, int count) =>
        int.TryParse(word, out int row) && row >= 1 && row <= count
            ? row
            : throw new ArgumentException(
                $"{Option} has '{word}', but the table has the rows 1 to {count}; give some of them, as in 1..{count}."
            );
}
