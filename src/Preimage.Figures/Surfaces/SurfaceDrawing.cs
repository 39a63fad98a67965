using System.Globalization;
using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;
using Preimage.Results;

namespace Preimage.Figures.Surfaces;

/// <summary>A surface in its box, seen from a corner in parallel projection, the far triangles first.</summary>
internal static class SurfaceDrawing
{
    // A picture of more triangles says no more: corners in one cell of a grid this fine become one.
    private const int MostTriangles = 12_000;
    private const int Cells = 90;

    private static readonly (double X, double Y, double Z) Light = (0.42, -0.62, 0.66);

    public static Picture Draw(SurfaceScene scene)
    {
        Heading heading = new(scene.Report.Title, [Caption(scene)], []);
        double top = heading.Height(SpacePlot.Width);
        Sheet sheet = new(SpacePlot.Width, top + SpacePlot.Height);
        heading.Draw(sheet);
        SpacePlot.View view = new(new Frame(0, top, SpacePlot.Width, SpacePlot.Height - 10));
        SpacePlot.DrawFaces(sheet, scene.Axes, view);
        SpacePlot.DrawLabels(sheet, scene.Axes, view);
        Spot[] spots =
        [
            .. Enumerable
                .Range(0, scene.Report.Surface.Corners.Count)
                .Select(i => view.At(scene.Share(i, 0), scene.Share(i, 1), scene.Share(i, 2))),
        ];
        foreach ((int a, int b, int c) in Painted(scene))
        {
            Ink ink = new("mesh", Shade(scene, (a, b, c)));
            sheet.Polygon(new Pen(ink, 0.6), ink, spots[a], spots[b], spots[c]);
        }

        foreach ((int from, int to) in scene.Border())
        {
            sheet.Line(new Pen(Inks.Soft, 1), spots[from], spots[to]);
        }

        return sheet.Finish();
    }

    /// <summary>Area, topology and defect in one line.</summary>
    public static string Caption(SurfaceScene scene)
    {
        Surface surface = scene.Report.Surface;
        string whole = surface.Ending switch
        {
            Ending.Closed => "closed",
            Ending.LeftBox => "cut at the box",
            _ => $"not whole: {CurveDrawing.Words(surface.Ending)}",
        };
        string color = scene.Input is { } input ? $" · colour: {scene.Report.Run.Signature.Inputs[input].Label}" : "";
        string count = (surface.Triangles.Length / 3).ToString(CultureInfo.InvariantCulture);
        string euler = surface.Euler.ToString(CultureInfo.InvariantCulture);
        return $"{whole} · area {Numerals.Short(surface.Area, 7)} · Euler number {euler} · largest defect {Numerals.Short(surface.Defect, 2)} · {count} triangles{color}";
    }

    /// <summary>The triangles, the far ones first.</summary>
    private static IEnumerable<(int A, int B, int C)> Painted(SurfaceScene scene)
    {
        (double x, double y, double z) = SpacePlot.View.Away;
        double Depth(int i) => x * scene.Share(i, 0) + y * scene.Share(i, 1) + z * scene.Share(i, 2);
        double[] depths = [.. Enumerable.Range(0, scene.Report.Surface.Corners.Count).Select(Depth)];
        return Thinned(scene).OrderByDescending(t => depths[t.A] + depths[t.B] + depths[t.C]);
    }

    private static IEnumerable<(int A, int B, int C)> Thinned(SurfaceScene scene)
    {
        var triangles = scene.Report.Surface.Triangles;
        Dictionary<(int, int, int), int> cells = [];
        int Kept(int corner)
        {
            if (triangles.Length <= 3 * MostTriangles)
            {
                return corner;
            }

            (int, int, int) cell = (
                (int)(Cells * scene.Share(corner, 0)),
                (int)(Cells * scene.Share(corner, 1)),
                (int)(Cells * scene.Share(corner, 2))
            );
            return cells.TryGetValue(cell, out int kept) ? kept : cells[cell] = corner;
        }

        for (int t = 0; t < triangles.Length; t += 3)
        {
            (int a, int b, int c) = (Kept(triangles[t]), Kept(triangles[t + 1]), Kept(triangles[t + 2]));
            if (a != b && b != c && c != a)
            {
                yield return (a, b, c);
            }
        }
    }

    private static uint Shade(SurfaceScene scene, (int A, int B, int C) t)
    {
        (double x, double y, double z) = scene.Normal(t.A, t.B, t.C);
        double length = Math.Sqrt(x * x + y * y + z * z);
        double light = length > 0 ? Math.Abs(x * Light.X + y * Light.Y + z * Light.Z) / length : 0;
        return SurfaceColors.Lit(scene.Rgb(t.A), 0.55 + 0.5 * light);
    }
}
