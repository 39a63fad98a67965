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
        CsvTable table = new(CsvTable.CurveColumns(signature));
        table.AddCurve(curve);
        return table.ToString();
    }
}
