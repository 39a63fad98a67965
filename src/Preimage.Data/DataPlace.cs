using System.Globalization;

namespace Preimage.Data;

/// <summary>Where numbers stand: a file, an array in it, a row of that. Written file.csv, file.csv:3, file.npz:x or file.npz:x:4.</summary>
/// <param name="File">The file.</param>
/// <param name="Member">The name of an array inside an .npz file; null for the only one.</param>
/// <param name="Row">The row, counted from 1; null for all of them.</param>
public sealed record DataPlace(string File, string? Member = null, int? Row = null)
{
    /// <summary>The place that a text names; null where the text does not begin with the name of a file of data.</summary>
    /// <exception cref="ArgumentException">What follows the file is no row, or no member where only an .npz file has some.</exception>
    public static DataPlace? Parse(string text)
    {
        string? file = FileOf(text);
        if (file is null || file.Length == text.Length)
        {
            return file is null ? null : new DataPlace(file);
        }

        string rest = text[(file.Length + 1)..];
        if (!file.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
        {
            return new DataPlace(file, null, RowOf(rest, file));
        }

        // A member may have a colon or be a number itself: the last part is the row only if it is a number.
        int colon = rest.LastIndexOf(':');
        string last = rest[(colon + 1)..];
        return !int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? new DataPlace(file, rest)
            : new DataPlace(file, colon < 0 ? null : rest[..colon], RowOf(last, file));
    }

    /// <summary>The place as it is written.</summary>
    public override string ToString() =>
        File + (Member is null ? "" : $":{Member}") + (Row is { } row ? $":{row}" : "");

    /// <summary>The shortest beginning before a colon that ends as a file of data does, so that C:\x.csv:3 is one, too.</summary>
    private static string? FileOf(string text)
    {
        for (int end = text.IndexOf(':', StringComparison.Ordinal); end >= 0; end = text.IndexOf(':', end + 1))
        {
            if (DataFile.KindOf(text[..end]) != DataKind.None)
            {
                return text[..end];
            }
        }

        return DataFile.KindOf(text) != DataKind.None ? text : null;
    }

    private static int RowOf(string word, string file) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int row) && row >= 1
            ? row
            : throw new ArgumentException($"'{word}' is no row of '{file}'; rows count from 1, as in {file}:1.");
}
