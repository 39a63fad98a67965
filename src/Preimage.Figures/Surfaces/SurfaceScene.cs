using System.Collections.Immutable;
using Preimage.Figures.Plots;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Surfaces;

/// <summary>A surface in three dimensions: where its corners are shown, with which axes and colours.</summary>
internal sealed class SurfaceScene
{
    private const int Ticks = 5;
    private const double Margin = 1.08;

    private SurfaceScene(SurfaceReport report, double[] places, Axis[] axes)
    {
        Report = report;
        Places = places;
        Axes = axes;
        Input =
            report.Color ?? Enumerable.Range(0, Corners.Dimension).Except(Shown(report)).Cast<int?>().FirstOrDefault();
        Shades = Input is { } input ? Shares(Corners, input) : null;
    }

    /// <summary>What is shown.</summary>
    public SurfaceReport Report { get; }

    /// <summary>The corners in the three directions shown: [3 * Corners.Count].</summary>
    public double[] Places { get; }

    /// <summary>The directions shown.</summary>
    public Axis[] Axes { get; }

    /// <summary>The input that colours; null for one colour.</summary>
    public int? Input { get; }

    /// <summary>The input's share of its range over the surface at each corner; null for one colour.</summary>
    public double[]? Shades { get; }

    private Cloud Corners => Report.Surface.Corners;

    private ImmutableArray<int> Triangles => Report.Surface.Triangles;

    /// <summary>Sets the scene.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static SurfaceScene Of(SurfaceReport report)
    {
        Check(report);
        Cloud corners = report.Surface.Corners;
        int n = corners.Dimension;
        int[] shown = [.. Shown(report)];
        double[] places = new double[3 * corners.Count];
        if (shown.Length == 3)
        {
            for (int i = 0; i < places.Length; i++)
            {
                places[i] = corners.Points[i / 3 * n + shown[i % 3]];
            }

            Box box = new(
                shown.Select(d => report.Box.Lower[d]).ToArray(),
                shown.Select(d => report.Box.Upper[d]).ToArray()
            );
            Box window = FigureWindow.Of(box, [ImmutableArray.Create(places)]);
            return new SurfaceScene(
                report,
                places,
                [
                    .. Enumerable
                        .Range(0, 3)
                        .Select(k =>
                            Axis.Linear(report.Run.Signature.Inputs[shown[k]], window.Lower[k], window.Upper[k], Ticks)
                        ),
                ]
            );
        }

        double half = Margin * MainDirections.Place(corners, places);
        return new SurfaceScene(
            report,
            places,
            [
                .. Enumerable
                    .Range(1, 3)
                    .Select(k => Axis.Linear(new Variable($"principal axis {k}"), -half, half, Ticks)),
            ]
        );
    }

    /// <summary>The share of an axis at a corner.</summary>
    public double Share(int corner, int axis) => Axes[axis].Place(Places[3 * corner + axis]);

    /// <summary>The start in the directions shown; null where there is none, or none there.</summary>
    public double[]? Start()
    {
        int[] shown = [.. Shown(Report)];
        return Report.Start.IsEmpty || shown.Length < 3 ? null : [.. shown.Select(d => Report.Start[d])];
    }

    /// <summary>Unit normals of the corners, the triangles' own weighted by area, in shares of the axes: [3 * Corners.Count].</summary>
    public double[] Normals()
    {
        double[] normals = new double[Places.Length];
        for (int t = 0; t < Triangles.Length; t += 3)
        {
            (double x, double y, double z) = Normal(Triangles[t], Triangles[t + 1], Triangles[t + 2]);
            for (int k = 0; k < 3; k++)
            {
                int corner = 3 * Triangles[t + k];
                normals[corner] += x;
                normals[corner + 1] += y;
                normals[corner + 2] += z;
            }
        }

        for (int i = 0; i < normals.Length; i += 3)
        {
            Span<double> normal = normals.AsSpan(i, 3);
            double length = Math.Sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
            if (length > 0)
            {
                normal[0] /= length;
                normal[1] /= length;
                normal[2] /= length;
            }
            else
            {
                normal[2] = 1;
            }
        }

        return normals;
    }

    /// <summary>Twice the area vector of a triangle, in shares of the axes.</summary>
    public (double X, double Y, double Z) Normal(int a, int b, int c)
    {
        (double x1, double y1, double z1) = (
            Share(b, 0) - Share(a, 0),
            Share(b, 1) - Share(a, 1),
            Share(b, 2) - Share(a, 2)
        );
        (double x2, double y2, double z2) = (
            Share(c, 0) - Share(a, 0),
            Share(c, 1) - Share(a, 1),
            Share(c, 2) - Share(a, 2)
        );
        return (y1 * z2 - z1 * y2, z1 * x2 - x1 * z2, x1 * y2 - y1 * x2);
    }

    /// <summary>The border edges, by their corners.</summary>
    public List<(int From, int To)> Border()
    {
        HashSet<(int, int)> edges = [];
        for (int t = 0; t < Triangles.Length; t += 3)
        {
            edges.Add((Triangles[t], Triangles[t + 1]));
            edges.Add((Triangles[t + 1], Triangles[t + 2]));
            edges.Add((Triangles[t + 2], Triangles[t]));
        }

        return [.. edges.Where(e => !edges.Contains((e.Item2, e.Item1))).Order()];
    }

    /// <summary>0xRRGGBB of a corner.</summary>
    public uint Rgb(int corner) => Shades is null ? Plain : SurfaceColors.At(Shades[corner]);

    /// <summary>The one colour of a surface that shows all its inputs.</summary>
    public const uint Plain = 0x4F8FB3;

    private static ImmutableArray<int> Shown(SurfaceReport report) =>
        !report.Axes.IsEmpty ? report.Axes
        : report.Surface.Corners.Dimension == 3 ? [0, 1, 2]
        : [];

    private static double[] Shares(Cloud corners, int input)
    {
        double[] values = [.. Enumerable.Range(0, corners.Count).Select(i => corners.Point(i)[input])];
        double low = values.DefaultIfEmpty(0).Min();
        double high = values.DefaultIfEmpty(0).Max();
        return [.. values.Select(v => high > low ? (v - low) / (high - low) : 0.5)];
    }

    private static void Check(SurfaceReport report)
    {
        int n = report.Surface.Corners.Dimension;
        if (report.Run.Signature.Inputs.Length != n || report.Box.Dimension != n)
        {
            throw new ArgumentException(
                $"The surface has {n} inputs, but the signature names {report.Run.Signature.Inputs.Length} and the box has {report.Box.Dimension}."
            );
        }

        if (report.Surface.Triangles.IsEmpty)
        {
            throw new ArgumentException("A figure of a surface needs at least one triangle.");
        }

        if (!report.Axes.IsEmpty && (report.Axes.Length != 3 || report.Axes.Distinct().Count() != 3))
        {
            throw new ArgumentException("A figure of a surface has three axes; give three different inputs.");
        }

        if (report.Axes.Concat(report.Color is { } color ? [color] : []).Any(d => d < 0 || d >= n))
        {
            throw new ArgumentException($"An axis or colour names an input that is not there; the map has {n}.");
        }
    }
}
