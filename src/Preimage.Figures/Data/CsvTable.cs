using System.Globalization;
using System.Text;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>A CSV text in the making: a header, then rows (see <see cref="CsvFile"/> for how numbers and texts are written).</summary>
internal sealed class CsvTable
{
    private readonly StringBuilder text = new();

    public CsvTable(IEnumerable<string> columns) =>
        text.AppendJoin(',', columns.Select(Preimage.Data.CsvTable.Quoted)).Append('\n');

    /// <summary>The names of inputs and outputs, and of what is known along a curve.</summary>
    public static IEnumerable<string> CurveColumns(Signature signature) =>
        [.. Names(signature.Inputs), .. Names(signature.Outputs), "arc length", "defect", "curvature"];

    public static IEnumerable<string> Names(IEnumerable<Variable> variables) => variables.Select(v => v.Name);

    /// <summary>A row for each point of a curve, with fixed values before it.</summary>
    public void AddCurve(Curve curve, params ReadOnlySpan<double> before)
    {
        double[] lengths = curve.ArcLengths();
        for (int i = 0; i < curve.Count; i++)
        {
            Add(before);
            Add(curve.Point(i));
            Add(curve.Value(i));
            Add(lengths[i], curve.Defects[i], curve.Curvatures[i]);
            EndRow();
        }
    }

    public void Add(params ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            text.Append(CultureInfo.InvariantCulture, $"{value:R},");
        }
    }

    public void Add(string value) => text.Append(Preimage.Data.CsvTable.Quoted(value)).Append(',');

    public void EndRow() => text[^1] = '\n';

    public override string ToString() => text.ToString();
}
