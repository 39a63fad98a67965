using System.Collections.Immutable;
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

    // A border lies on its triangles, not under their neighbours.
    private const double Nearer = 0.02;

    // The other side of the surface is tinted.
    private const uint Inside = 0xCCA880;
    private const double Tint = 0.55;

    private static readonly (double X, double Y, double Z) Light = (-0.07, -0.70, 0.71);

    public static Picture Draw(SurfaceScene scene)
    {
        Heading heading = new(scene.Report.Title, Captions(scene), []);
        double top = heading.Height(SpacePlot.Width);
        Sheet sheet = new(SpacePlot.Width, top + SpacePlot.Height);
        heading.Draw(sheet);
        SpaceScene space = new(scene.Axes, new Frame(0, top, SpacePlot.Width, SpacePlot.Height - 10));
        space.DrawFaces(sheet);
        space.DrawLabels(sheet);
        Spot[] spots =
        [
            .. Enumerable
                .Range(0, scene.Report.Surface.Corners.Count)
                .Select(i => space.At(scene.Share(i, 0), scene.Share(i, 1), scene.Share(i, 2))),
        ];
        foreach ((int a, int b, int? c) in Painted(scene))
        {
            if (c is { } third)
            {
                Ink ink = new("mesh", Shade(scene, (a, b, third)));
                sheet.Polygon(new Pen(ink, 0.6), ink, spots[a], spots[b], spots[third]);
            }
            else
            {
                sheet.Line(new Pen(Inks.Text, 1), spots[a], spots[b]);
            }
        }

        return sheet.Finish();
    }

    /// <summary>Area, topology and defect in one line.</summary>
    public static string Caption(SurfaceScene scene) => string.Join(" · ", Captions(scene));

    /// <summary>The same in a line or two: what the colour is stands apart.</summary>
    private static ImmutableArray<string> Captions(SurfaceScene scene)
    {
        Surface surface = scene.Report.Surface;
        string whole = surface.Ending switch
        {
            Ending.Closed => "closed",
            Ending.LeftBox => "cut at the box",
            _ => $"not whole: {CurveDrawing.Words(surface.Ending)}",
        };
        string count = (surface.Triangles.Length / 3).ToString(CultureInfo.InvariantCulture);
        string euler = Numerals.Fixed(surface.Euler, 0);
        string facts =
            $"{whole} · area {Numerals.Short(surface.Area, 7)} · Euler number {euler} · largest defect {Numerals.Short(surface.Defect, 2)} · {count} triangles";
        return scene.Input is { } input
            ? [facts, $"colour: {scene.Report.Run.Signature.Inputs[input].Label}"]
            : [facts];
    }

    /// <summary>The triangles and the border's edges, which have no third corner, the far ones first.</summary>
    private static IEnumerable<(int A, int B, int? C)> Painted(SurfaceScene scene)
    {
        (double x, double y, double z) = SpaceScene.Away;
        double Depth(int i) => x * scene.Share(i, 0) + y * scene.Share(i, 1) + z * scene.Share(i, 2);
        double[] depths = [.. Enumerable.Range(0, scene.Report.Surface.Corners.Count).Select(Depth)];
        var triangles = Thinned(scene)
            .Select(t => (t.A, t.B, C: (int?)t.C, Depth: (depths[t.A] + depths[t.B] + depths[t.C]) / 3));
        var edges = scene
            .Border()
            .Select(e => (A: e.From, B: e.To, C: (int?)null, Depth: (depths[e.From] + depths[e.To]) / 2 - Nearer));
        return triangles.Concat(edges).OrderByDescending(t => t.Depth).Select(t => (t.A, t.B, t.C));
    }

    private static IEnumerable<(int A, int B, int C)> Thinned(SurfaceScene scene)
    {
        var triangles = scene.Report.Surface.Triangles;
        Dictionary<(int, int, int), int> cells = [];
        // The border stays as it is drawn: moved corners would leave notches along it.
        HashSet<int> border = [.. scene.Border().SelectMany(e => new[] { e.From, e.To })];
        int Kept(int corner)
        {
            if (triangles.Length <= 3 * MostTriangles || border.Contains(corner))
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
        if (length == 0)
        {
            return scene.Rgb(t.A);
        }

        (double ax, double ay, double az) = SpaceScene.Away;
        bool behind = x * ax + y * ay + z * az > 0;
        double light = (behind ? -1 : 1) * (x * Light.X + y * Light.Y + z * Light.Z) / length;
        uint rgb = scene.Rgb(t.A);
        return SurfaceColors.Lit(behind ? SurfaceColors.Mixed(rgb, Inside, Tint) : rgb, 0.58 + 0.5 * light);
    }
}
