using System.Collections.Immutable;
using Preimage.Data.Images;

namespace Preimage.Data.Samples;

/// <summary>Samples as a folder of images: 000001.png and so on, and index.csv with what is known of each.</summary>
public static class SampleFolder
{
    private const string Index = "index.csv";
    private const int Digits = 6;

    /// <summary>The name of the image of a sample, counted from 1.</summary>
    public static string NameOf(int sample) => $"{sample.ToString($"D{Digits}")}.png";

    /// <summary>Refuses a folder that has files of somebody else: one that is empty, missing or written by this class is taken.</summary>
    /// <exception cref="ArgumentException">It has other files.</exception>
    /// <exception cref="OutputException">Nothing can be written there.</exception>
    public static void Probe(string folder)
    {
        if (
            Directory.Exists(folder)
            && Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(IsForeign) is { } file
        )
        {
            throw new ArgumentException(
                $"The folder '{folder}' has other files, such as '{Path.GetFileName(file)}'; name a new or empty one for the images."
            );
        }

        AtomicFile.Probe(Path.Combine(folder, Index));
    }

    /// <summary>
    /// Writes the images and the index, which comes last; images that an earlier run left there and this one has not go away. A pixel is rounded to
    /// 8 bits, so that an image is not exactly its sample: say in the facts what the image itself gives.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="table">The samples; their shape is that of an image.</param>
    /// <param name="preprocessing">What makes a sample of an image, which is undone.</param>
    /// <returns>The paths of the images and, last, of the index.</returns>
    /// <exception cref="ArgumentException">The shape is that of no image.</exception>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, SampleTable table, Preprocessing preprocessing)
    {
        table.Check();
        string index = Path.Combine(folder, Index);
        List<string> written = [];
        for (int i = 0; i < table.Count; i++)
        {
            string file = Path.Combine(folder, NameOf(i + 1));
            ImageFile.Write(file, table.Point(i), preprocessing, table.Shape);
            written.Add(file);
        }

        RemoveBeyond(folder, table.Count);
        SampleFact files = new("file", [.. Enumerable.Range(1, table.Count).Select(NameOf)]);
        ImmutableArray<SampleFact> facts = [files, .. table.Facts];
        AtomicFile.Write(index, stream => SampleFile.WriteIndex(stream, facts, table.Count));
        written.Add(index);
        return written;
    }

    private static void RemoveBeyond(string folder, int count)
    {
        for (int i = count + 1; File.Exists(Path.Combine(folder, NameOf(i))); i++)
        {
            File.Delete(Path.Combine(folder, NameOf(i)));
        }
    }

    private static bool IsForeign(string path)
    {
        string name = Path.GetFileName(path);
        bool isImage =
            name.Length == Digits + 4
            && name.EndsWith(".png", StringComparison.Ordinal)
            && name.Take(Digits).All(char.IsAsciiDigit);
        return !isImage && name != Index;
    }
}
