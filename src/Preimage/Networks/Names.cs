namespace Preimage.Networks;

/// <summary>Names in a sentence: never more than a person reads.</summary>
internal static class Names
{
    private const int Shown = 12;

    /// <summary>"'a', 'b'": at most a dozen, and how many more there are.</summary>
    public static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length switch
        {
            0 => "none",
            <= Shown => Quoted(all),
            _ => $"{Quoted(all.Take(Shown))} and {all.Length - Shown} more",
        };
    }

    /// <summary>The names that a word may have meant: all where they are a dozen at most, else those with the least edit distance to the word, nearest first.</summary>
    public static string Nearest(IEnumerable<string> names, string word)
    {
        const int Few = 5;
        string[] known = [.. names];
        return known.Length switch
        {
            0 => "none",
            <= Shown => Quoted(known),
            _ =>
                $"{known.Length}, of which the nearest are {Quoted(known.OrderBy(name => Distance(name, word)).Take(Few))}",
        };
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    /// <summary>How many letters are to be changed, added or left out to make one word of the other, whatever their case. Cost: the product of their lengths.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < b.Length; j++)
            {
                int changed = diagonal + (char.ToUpperInvariant(a[i]) == char.ToUpperInvariant(b[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(changed, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[^1];
    }
}
