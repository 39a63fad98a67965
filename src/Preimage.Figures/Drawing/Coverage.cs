namespace Preimage.Figures.Drawing;

/// <summary>
/// Exact area coverage of polygons on a pixel grid: every edge adds its signed area to the cells that it crosses, and a running
/// sum along a row gives how much of each pixel is inside. Sums beyond 1 (overlaps) count as 1.
/// </summary>
internal sealed class Coverage
{
    private readonly int columns;
    private readonly int rows;
    private readonly float[] cells;

    // The touched columns of each touched row: painting looks at nothing else.
    private readonly int[] lefts;
    private readonly int[] rights;
    private int top;
    private int bottom = -1;

    /// <summary>Nothing covered yet.</summary>
    public Coverage(int columns, int rows)
    {
        this.columns = columns;
        this.rows = rows;
        cells = new float[(columns + 2) * rows];
        lefts = new int[rows];
        rights = new int[rows];
        Array.Fill(lefts, columns);
        top = rows;
    }

    /// <summary>Adds a closed polygon.</summary>
    public void Add(ReadOnlySpan<Spot> polygon)
    {
        for (int i = 0; i < polygon.Length; i++)
        {
            Edge(polygon[i], polygon[i + 1 == polygon.Length ? 0 : i + 1]);
        }
    }

    /// <summary>Blends a colour over the covered pixels and forgets the polygons.  pixels: [3 * rows * columns].</summary>
    public void Paint(Span<byte> pixels, Ink ink)
    {
        Span<float> color = [ink.Rgb >> 16 & 0xFF, ink.Rgb >> 8 & 0xFF, ink.Rgb & 0xFF];
        for (int y = top; y <= bottom; y++)
        {
            Span<float> row = cells.AsSpan(y * (columns + 2), columns + 2);
            int right = Math.Min(columns - 1, rights[y]);
            float sum = 0;
            for (int x = lefts[y]; x <= right; x++)
            {
                sum += row[x];
                float share = Math.Min(1, Math.Abs(sum)) * (float)ink.Opacity;
                if (share < 1e-3f)
                {
                    continue;
                }

                Span<byte> pixel = pixels.Slice(3 * (y * columns + x), 3);
                for (int c = 0; c < 3; c++)
                {
                    pixel[c] = (byte)(pixel[c] + (color[c] - pixel[c]) * share + 0.5f);
                }
            }

            if (rights[y] >= lefts[y])
            {
                row[lefts[y]..(rights[y] + 1)].Clear();
            }

            lefts[y] = columns;
            rights[y] = 0;
        }

        top = rows;
        bottom = -1;
    }

    private void Edge(Spot a, Spot b)
    {
        if (a.Y == b.Y)
        {
            return;
        }

        double sign = a.Y < b.Y ? 1 : -1;
        (Spot low, Spot high) = a.Y < b.Y ? (a, b) : (b, a);
        double slope = (high.X - low.X) / (high.Y - low.Y);
        int first = Math.Max(0, (int)Math.Floor(low.Y));
        int last = Math.Min(rows - 1, (int)Math.Ceiling(high.Y) - 1);
        top = Math.Min(top, first);
        bottom = Math.Max(bottom, last);
        for (int y = first; y <= last; y++)
        {
            double from = Math.Max(y, low.Y);
            double to = Math.Min(y + 1, high.Y);
            Row(y, low.X + (from - low.Y) * slope, low.X + (to - low.Y) * slope, sign * (to - from));
        }
    }

    /// <summary>An edge within one row from x0 to x1 that descends by the signed height.</summary>
    private void Row(int y, double x0, double x1, double height)
    {
        Span<float> row = cells.AsSpan(y * (columns + 2), columns + 2);
        double left = Math.Clamp(Math.Min(x0, x1), 0, columns);
        double right = Math.Clamp(Math.Max(x0, x1), 0, columns);
        int first = (int)left;
        int last = (int)right;
        lefts[y] = Math.Min(lefts[y], first);
        rights[y] = Math.Max(rights[y], last + 1);
        if (first == last)
        {
            double inside = 1 - ((left + right) / 2 - first);
            row[first] += (float)(height * inside);
            row[first + 1] += (float)(height * (1 - inside));
            return;
        }

        double perColumn = height / (right - left);
        for (int x = first; x <= last; x++)
        {
            double from = Math.Max(x, left);
            double to = Math.Min(x + 1, right);
            double part = perColumn * (to - from);
            double inside = 1 - ((from + to) / 2 - x);
            row[x] += (float)(part * inside);
            row[x + 1] += (float)(part * (1 - inside));
        }
    }
}
