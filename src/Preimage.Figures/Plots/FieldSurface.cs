using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>The surface z = f(x, y) of an output over the plane of two inputs, with its three axes.</summary>
internal sealed record FieldSurface(Field Field, Axis X, Axis Y, Axis Z)
{
    private const int Ticks = 5;

    /// <summary>Which of the run's outputs it shows.</summary>
    public int Output { get; init; }

    /// <summary>A region below it.</summary>
    public ImmutableArray<RegionPart> Region { get; init; } = [];

    /// <summary>Of a fiber in two inputs with its field; null where there is no field.</summary>
    public static FieldSurface? Of(FiberReport report) =>
        report.Fiber.Curve.Dimension == 2 ? Of(report.Field, report.Signature, report.FieldOutput) : null;

    /// <summary>Of what was found on a plane with its field; null where there is none.</summary>
    public static FieldSurface? Of(PlaneReport report) =>
        Of(report.Field, report.Signature, 0) is { } surface ? surface with { Region = report.Region } : null;

    /// <summary>
    /// For each cell of the field's grid, row by row from the bottom, 1 where an odd number of the region's rings surrounds its middle, else 0.
    /// Costs the rings' vertices for each row.
    /// </summary>
    public string Inside()
    {
        int columns = Field.X.Length - 1;
        int rows = Field.Y.Length - 1;
        char[] cells = new char[columns * rows];
        Array.Fill(cells, '0');
        Ring[] rings = [.. Region.SelectMany(p => p.Holes.Prepend(p.Shell))];
        for (int j = 0; j < rows; j++)
        {
            double y = (Field.Y[j] + Field.Y[j + 1]) / 2;
            double[] crossings = [.. rings.SelectMany(r => Crossings(r, y)).Order()];
            for (int i = 0; i < columns; i++)
            {
                double x = (Field.X[i] + Field.X[i + 1]) / 2;
                int before = Array.FindIndex(crossings, c => c > x);
                bool odd = before >= 0 && before % 2 == 1;
                cells[j * columns + i] = odd ? '1' : '0';
            }
        }

        return new string(cells);
    }

    /// <summary>Where a horizontal line meets a ring.</summary>
    private static IEnumerable<double> Crossings(Ring ring, double y)
    {
        for (int i = 0; i < ring.Count; i++)
        {
            int next = (i + 1) % ring.Count;
            (double ax, double ay) = (ring.Points[2 * i], ring.Points[2 * i + 1]);
            (double bx, double by) = (ring.Points[2 * next], ring.Points[2 * next + 1]);
            if (ay <= y != by <= y)
            {
                yield return ax + (y - ay) / (by - ay) * (bx - ax);
            }
        }
    }

    private static FieldSurface? Of(Field? field, Signature signature, int output)
    {
        if (field is not { X.Length: > 1, Y.Length: > 1 })
        {
            return null;
        }

        double[] finite = [.. field.Values.Where(double.IsFinite)];
        return finite.Length == 0
            ? null
            : new FieldSurface(
                field,
                Axis.Linear(signature.Inputs[0], field.X[0], field.X[^1], Ticks),
                Axis.Linear(signature.Inputs[1], field.Y[0], field.Y[^1], Ticks),
                Axis.Linear(signature.Outputs[output], finite.Min(), finite.Max(), Ticks)
            )
            {
                Output = output,
            };
    }
}
