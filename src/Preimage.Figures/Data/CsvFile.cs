using System.Globalization;
using System.Text;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>
/// A curve as CSV (RFC 4180, lines end in LF): a header, then one line a point with its inputs, outputs, arc length, defect and
/// curvature. Numbers are the shortest that read back to the same bits (at most 17 digits), with a decimal point.
/// </summary>
public static class CsvFile
{
    /// <summary>Writes the curve.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, Curve curve, Signature signature) =>
        AtomicFile.Write(path, Text(curve, signature));

    /// <summary>The file's text.</summary>
    public static string Text(Curve curve, Signature signature)
    {
        StringBuilder csv = new(64 * curve.Count);
        IEnumerable<string> names = signature.Inputs.Concat(signature.Outputs).Select(v => v.Name);
        csv.AppendJoin(',', names.Concat(["arc length", "defect", "curvature"]).Select(Field)).Append('\n');
        double[] lengths = curve.ArcLengths();
        for (int i = 0; i < curve.Count; i++)
        {
            Append(csv, curve.Point(i));
            Append(csv, curve.Value(i));
            Append(csv, [lengths[i], curve.Defects[i], curve.Curvatures[i]]);
            csv[^1] = '\n';
        }

        return csv.ToString();
    }

    private static void Append(StringBuilder csv, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{value:R},");
        }
    }

    /// <summary>A text in quotes where it needs them.</summary>
    private static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
