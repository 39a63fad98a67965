using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Levels;

/// <summary>Parts of curves, and points put to their ends.</summary>
internal static class CurveParts
{
    /// <summary>The points from the first to the last; an end that was cut off has no ending of its own.</summary>
    public static Curve Part(this Curve curve, int first, int last)
    {
        int count = last - first + 1;
        return count == curve.Count
            ? curve
            : curve.Rows(
                [.. Enumerable.Range(first, count)],
                first == 0 ? curve.Start : Ending.Singular,
                last == curve.Count - 1 ? curve.End : Ending.Singular
            );
    }

    /// <summary>A closed curve cut open on the other side of one of its points.</summary>
    public static Curve Opened(this Curve curve, int middle)
    {
        int from = middle + (curve.Count + 1) / 2;
        int[] order = [.. Enumerable.Range(0, curve.Count).Select(i => (from + i) % curve.Count)];
        return curve.Rows(order, Ending.Singular, Ending.Singular);
    }

    /// <summary>The curve with a point more at its end, or at its beginning: straight on from there.  point: [2].</summary>
    public static Curve With(this Curve curve, IMap map, double level, ReadOnlySpan<double> point, bool atEnd)
    {
        double[] value = new double[1];
        double[] slopes = new double[2];
        map.Linearize(point, value, slopes);
        ReadOnlySpan<double> near = curve.Point(atEnd ? curve.Count - 1 : 0);
        double x = point[0] - near[0];
        double y = point[1] - near[1];
        double length = Math.Sqrt(x * x + y * y);
        if (!(length > 0))
        {
            return curve;
        }

        double sign = atEnd ? 1 / length : -1 / length;
        return curve with
        {
            Points = Joined(curve.Points, [.. point], atEnd),
            Tangents = Joined(curve.Tangents, [sign * x, sign * y], atEnd),
            Values = Joined(curve.Values, [value[0]], atEnd),
            Defects = Joined(curve.Defects, [Math.Abs(value[0] - level)], atEnd),
            Curvatures = Joined(curve.Curvatures, [0], atEnd),
            SingularValues = Joined(
                curve.SingularValues,
                [Math.Sqrt(slopes[0] * slopes[0] + slopes[1] * slopes[1])],
                atEnd
            ),
        };
    }

    private static Curve Rows(this Curve curve, int[] rows, Ending start, Ending end) =>
        curve with
        {
            Points = Rows(curve.Points, rows, 2),
            Tangents = Rows(curve.Tangents, rows, 2),
            Values = Rows(curve.Values, rows, 1),
            Defects = Rows(curve.Defects, rows, 1),
            Curvatures = Rows(curve.Curvatures, rows, 1),
            SingularValues = Rows(curve.SingularValues, rows, 1),
            Start = start,
            End = end,
        };

    private static ImmutableArray<double> Rows(ImmutableArray<double> values, int[] rows, int width) =>
        [.. rows.SelectMany(i => values.AsSpan(i * width, width).ToArray())];

    private static ImmutableArray<double> Joined(
        ImmutableArray<double> values,
        ImmutableArray<double> row,
        bool atEnd
    ) => atEnd ? [.. values, .. row] : [.. row, .. values];
}
