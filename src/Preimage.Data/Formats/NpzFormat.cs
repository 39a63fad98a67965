using System.IO.Compression;

namespace Preimage.Data.Formats;

/// <summary>Reads NumPy arrays from a zip archive, each under its name. [NumPy NEP 1]</summary>
internal static class NpzFormat
{
    private const string Ending = ".npy";

    /// <summary>The array of a name, or the only one.</summary>
    /// <exception cref="DataException">The archive is damaged, or holds no numbers.</exception>
    /// <exception cref="ArgumentException">There is no such array or row, or it must be named.</exception>
    public static DataArray Read(Stream stream, DataPlace place)
    {
        try
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Read);
            ZipArchiveEntry entry = Choose(archive, place);
            using Stream member = entry.Open();
            return NpyFormat.Read(member, $"{place.File}:{Name(entry)}", place.Row);
        }
        catch (InvalidDataException bad)
        {
            throw new DataException($"'{place.File}' is no zip archive of NumPy arrays, or is damaged.", bad);
        }
    }

    private static ZipArchiveEntry Choose(ZipArchive archive, DataPlace place)
    {
        ZipArchiveEntry[] entries =
        [
            .. archive.Entries.Where(e => e.FullName.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)),
        ];
        if (entries.Length == 0)
        {
            throw new DataException($"'{place.File}' holds no NumPy arrays.");
        }

        string names = string.Join(", ", entries.Take(10).Select(Name)) + (entries.Length > 10 ? ", ..." : "");
        if (place.Member is null)
        {
            return entries.Length == 1
                ? entries[0]
                : throw new ArgumentException(
                    $"'{place.File}' holds {entries.Length} arrays ({names}); name one, as in {place.File}:{Name(entries[0])}."
                );
        }

        return Array.Find(entries, e => Name(e) == place.Member || e.FullName == place.Member)
            ?? throw new ArgumentException($"'{place.File}' has no array '{place.Member}'; it has {names}.");
    }

    private static string Name(ZipArchiveEntry entry) => entry.FullName[..^Ending.Length];
}
