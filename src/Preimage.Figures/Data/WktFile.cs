using System.Globalization;
using System.Text;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>
/// A region as one MULTIPOLYGON in well-known text (OGC 06-103r4): a polygon for each part, its shell first, shells counterclockwise and holes
/// clockwise. Numbers are the shortest that read back to the same bits (at most 17 digits).
/// </summary>
public static class WktFile
{
    /// <summary>Writes the region.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, Region region) => AtomicFile.Write(path, Text(region) + "\n");

    /// <summary>The region on one line.</summary>
    public static string Text(Region region)
    {
        if (region.Parts.IsEmpty)
        {
            return "MULTIPOLYGON EMPTY";
        }

        StringBuilder text = new("MULTIPOLYGON (");
        foreach (RegionPart part in region.Parts)
        {
            text.Append('(');
            foreach (Ring ring in part.Holes.Prepend(part.Shell))
            {
                Append(text, ring);
            }

            text.Length -= 2;
            text.Append("), ");
        }

        text.Length -= 2;
        return text.Append(')').ToString();
    }

    /// <summary>A ring repeats its first point.</summary>
    private static void Append(StringBuilder text, Ring ring)
    {
        text.Append('(');
        for (int i = 0; i <= ring.Count; i++)
        {
            int k = 2 * (i % ring.Count);
            text.Append(CultureInfo.InvariantCulture, $"{ring.Points[k]:R} {ring.Points[k + 1]:R}, ");
        }

        text.Length -= 2;
        text.Append("), ");
    }
}
