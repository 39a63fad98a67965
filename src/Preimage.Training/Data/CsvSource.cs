using System.Collections.Immutable;
using System.Globalization;
using Preimage.Data;
using Preimage.Maps;

namespace Preimage.Training.Data;

/// <summary>Data from a table of separated values whose first row names the columns, with or without units: "P [Pa]" or "P". Decimals have a point.</summary>
/// <param name="Targets">Names of the columns to learn, without their units.</param>
public sealed record CsvSource(ImmutableArray<string> Targets)
{
    /// <summary>Names of the input columns in the order wanted; all that are not targets when empty.</summary>
    public ImmutableArray<string> Inputs { get; init; } = [];

    /// <summary>The separator; null finds it in the first row among comma, semicolon, tab and bar.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether the one target column holds class labels: it becomes one 0/1 target a class, in the order of their numbers or else letters.</summary>
    public bool Classes { get; init; }

    /// <summary>Reads the table, which the caller opened and will close.</summary>
    /// <exception cref="ArgumentException">A header is missing or repeated, a column is not there, a cell is not a finite number, a row is shorter or longer, or the data are too few or constant.</exception>
    public Dataset Read(TextReader text)
    {
        using CsvTable table = CsvTable.Open(text, "the table", isNamed: true, Separator);
        Variable[] columns = Columns(table);
        int[] targets = [.. Targets.Select(name => Find(columns, name))];
        int[] inputs = Inputs.IsEmpty
            ? [.. Enumerable.Range(0, columns.Length).Except(targets)]
            : [.. Inputs.Select(name => Find(columns, name))];
        RequireChoice(columns, inputs, targets);

        var points = new List<double>();
        var values = new List<double>();
        var labels = new List<string>();
        while (table.Read())
        {
            points.AddRange(inputs.Select(column => Cell(table, columns[column], column)));
            if (Classes)
            {
                labels.Add(Label(table, columns[targets[0]], targets[0]));
            }
            else
            {
                values.AddRange(targets.Select(column => Cell(table, columns[column], column)));
            }
        }

        ImmutableArray<Variable> outputs = [.. targets.Select(column => columns[column])];
        if (Classes)
        {
            (outputs, values) = ClassTargets.From(outputs[0], labels);
        }

        var signature = new Signature([.. inputs.Select(column => columns[column])], outputs);
        return new Dataset(signature, [.. points], [.. values]);
    }

    private static Variable[] Columns(CsvTable table)
    {
        var columns = new Variable[table.Width];
        for (int i = 0; i < columns.Length; i++)
        {
            string header = table.Columns[i];
            if (header.Trim().Length == 0)
            {
                throw new ArgumentException(
                    $"The column {i + 1} has no name in the first row; name every column, as in P [Pa]."
                );
            }

            if (double.TryParse(header, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                throw new ArgumentException(
                    $"The first row names the columns, but its column {i + 1} is the number {header}; put a row of names above the data."
                );
            }

            columns[i] = Formula.ParseLabel(header);
            if (columns.Take(i).Any(c => string.Equals(c.Name, columns[i].Name, StringComparison.Ordinal)))
            {
                throw new ArgumentException(
                    $"The column name '{columns[i].Name}' is given twice in the first row; every column needs its own."
                );
            }
        }

        return columns;
    }

    private static int Find(Variable[] columns, string name)
    {
        int column = Array.FindIndex(columns, c => string.Equals(c.Name, name, StringComparison.Ordinal));
        return column >= 0
            ? column
            : throw new ArgumentException(
                $"The table has no column '{name}'; it has {string.Join(", ", columns.Select(c => c.Name))}."
            );
    }

    private void RequireChoice(Variable[] columns, int[] inputs, int[] targets)
    {
        if (targets.Length == 0 || inputs.Length == 0)
        {
            throw new ArgumentException(
                "Choose at least one target column and leave at least one input column; the table has "
                    + $"{string.Join(", ", columns.Select(c => c.Name))}."
            );
        }

        if (inputs.Concat(targets).GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException(
                $"The column '{columns[twice.Key].Name}' is chosen twice; take it once, as input or as target."
            );
        }

        if (Classes && targets.Length != 1)
        {
            throw new ArgumentException(
                $"Class labels stand in one column, but {targets.Length} targets are chosen; choose one."
            );
        }
    }

    private static double Cell(CsvTable table, Variable column, int index)
    {
        string cell = table.Text(index);
        return
            double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            ? value
            : throw new ArgumentException(
                $"The cell '{cell}' in row {table.Row} below the header, column '{column.Name}', is not a finite number with a decimal point; mend it or remove the row."
            );
    }

    private static string Label(CsvTable table, Variable column, int index)
    {
        string label = table.Text(index);
        return label.Length > 0
            ? label
            : throw new ArgumentException(
                $"The cell in row {table.Row} below the header, column '{column.Name}', has no class label; fill it or remove the row."
            );
    }
}
