using System.Collections.Immutable;
using Preimage.Figures.Drawing;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>A field as colours with level lines and a colour bar, all on one scale.</summary>
internal sealed class HeatMap
{
    private const int LevelCount = 9;

    private readonly Field field;
    private readonly double low;
    private readonly double high;

    /// <summary>The field of a report; null where there is none to draw.</summary>
    public static HeatMap? Of(Field? field, Variable output) =>
        field is { X.Length: > 1, Y.Length: > 1 } ? new HeatMap(field, output) : null;

    private HeatMap(Field field, Variable output)
    {
        this.field = field;
        double[] finite = [.. field.Values.Where(double.IsFinite)];
        low = finite.Length > 0 ? finite.Min() : 0;
        high = finite.Length > 0 ? finite.Max() : 1;
        Axis = Axis.Linear(output, low, high, LevelCount);
    }

    /// <summary>The output's axis; its ticks are the level lines.</summary>
    public Axis Axis { get; }

    /// <summary>Colours and level lines on the panel.</summary>
    public void Draw(Sheet sheet, Panel panel)
    {
        Spot topLeft = panel.At(field.X[0], field.Y[^1]);
        Spot bottomRight = panel.At(field.X[^1], field.Y[0]);
        Frame frame = new(topLeft.X, topLeft.Y, bottomRight.X - topLeft.X, bottomRight.Y - topLeft.Y);
        sheet.Add(Colors(frame));
        foreach (Tick tick in Axis.Ticks)
        {
            foreach (List<(double X, double Y)> line in Contours.Of(field, tick.Value))
            {
                sheet.Line(new Pen(Inks.Contour, 0.9), [.. line.Select(p => panel.At(p.X, p.Y))]);
            }
        }
    }

    /// <summary>Its colour bar.</summary>
    public ColorBar Bar(params IReadOnlyList<Pointer> pointers) => new(Axis, Fill, pointers);

    private static void Fill(Sheet sheet, Frame frame)
    {
        byte[] levels = new byte[HeatColors.Levels];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = (byte)(levels.Length - 1 - i);
        }

        sheet.Add(new HeatMark(frame, 1, levels.Length, [.. levels]));
    }

    /// <summary>The field, linear within its cells, one sample to a picture unit.</summary>
    private HeatMark Colors(Frame frame)
    {
        int columns = Math.Clamp((int)frame.Width, 1, 800);
        int rows = Math.Clamp((int)frame.Height, 1, 800);
        byte[] levels = new byte[columns * rows];
        (int Index, double Share)[] cells = Cells(field.X, columns, descending: false);
        (int Index, double Share)[] lines = Cells(field.Y, rows, descending: true);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                levels[r * columns + c] = HeatColors.Level(Value(cells[c], lines[r]), low, high);
            }
        }

        return new HeatMark(frame, columns, rows, [.. levels]);
    }

    private double Value((int Index, double Share) along, (int Index, double Share) up)
    {
        int at = up.Index * field.X.Length + along.Index;
        int above = at + field.X.Length;
        double bottom = (1 - along.Share) * field.Values[at] + along.Share * field.Values[at + 1];
        double top = (1 - along.Share) * field.Values[above] + along.Share * field.Values[above + 1];
        return (1 - up.Share) * bottom + up.Share * top;
    }

    /// <summary>For each of count samples across the nodes' range, the cell in which it lies and where in it.</summary>
    private static (int Index, double Share)[] Cells(ImmutableArray<double> nodes, int count, bool descending)
    {
        var cells = new (int, double)[count];
        for (int k = 0; k < count; k++)
        {
            double share = (k + 0.5) / count;
            double at = nodes[0] + (descending ? 1 - share : share) * (nodes[^1] - nodes[0]);
            int found = nodes.BinarySearch(at);
            int index = Math.Clamp(found >= 0 ? found : ~found - 1, 0, nodes.Length - 2);
            cells[k] = (index, (at - nodes[index]) / (nodes[index + 1] - nodes[index]));
        }

        return cells;
    }
}
