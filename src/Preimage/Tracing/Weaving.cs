using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>Joins the two directions of a run into one ordered curve.</summary>
internal static class Weaving
{
    // An arc this much shorter than the mean that turns by more than this many radians goes around a corner.
    private const double CornerShare = 1e-4;
    private const double CornerTurn = 0.3;

    /// <summary>The backward strand reversed, then the forward one; both begin at the same start.</summary>
    public static Curve Join(Strand backward, Strand forward, Ending start, Ending end)
    {
        (int n, int m) = (forward.Inputs, forward.Outputs);
        ImmutableArray<double> points = Join(backward, forward, 0, n, 1);
        ImmutableArray<double> tangents = Join(backward, forward, forward.TangentAt, n, -1);
        bool closed = start == Ending.Closed && end == Ending.Closed;
        return new Curve
        {
            Dimension = n,
            Outputs = m,
            Points = points,
            Tangents = tangents,
            Values = Join(backward, forward, forward.ValueAt, m, 1),
            Defects = Join(backward, forward, forward.DefectAt, 1, 1),
            SingularValues = Join(backward, forward, forward.SpectrumAt, m, 1),
            Curvatures = Curvatures(points.AsSpan(), tangents.AsSpan(), n, closed),
            Start = start,
            End = end,
        };
    }

    /// <summary>Length of the polygon of the values in the output metric: the curve's length in the pullback metric, of second order.</summary>
    public static double PseudoLength(Curve curve, IOutputMetric metric)
    {
        if (curve.Outputs == 1 && metric is IdentityMetric)
        {
            return Variation(curve);
        }

        double length = 0;
        double[] difference = new double[curve.Outputs];
        double[] measured = new double[curve.Outputs];
        int arcs = curve.Closed ? curve.Count : curve.Count - 1;
        for (int i = 0; i < arcs; i++)
        {
            ReadOnlySpan<double> value = curve.Value(i);
            ReadOnlySpan<double> next = curve.Value((i + 1) % curve.Count);
            for (int j = 0; j < difference.Length; j++)
            {
                difference[j] = next[j] - value[j];
            }

            int rows = metric.Apply(value, difference, measured);
            length += Vectors.Norm(measured.AsSpan(0, rows));
        }

        return length;
    }

    /// <summary>The same for one output measured as it stands: the sum of |y_(i+1) - y_i|.</summary>
    private static double Variation(Curve curve)
    {
        ReadOnlySpan<double> values = curve.Values.AsSpan();
        double sum = curve.Closed ? Math.Abs(values[0] - values[^1]) : 0;
        for (int i = 0; i + 1 < values.Length; i++)
        {
            sum += Math.Abs(values[i + 1] - values[i]);
        }

        return sum;
    }

    /// <summary>One part of all rows, its sign changed on the way back.</summary>
    private static ImmutableArray<double> Join(Strand backward, Strand forward, int part, int width, double sign)
    {
        int before = backward.Count - 1; // the start stands in both
        double[] joined = new double[(before + forward.Count) * width];
        int place = 0;
        for (int i = before; i > 0; i--)
        {
            ReadOnlySpan<double> row = backward.Row(i).Slice(part, width);
            for (int d = 0; d < row.Length; d++)
            {
                joined[place++] = sign * row[d];
            }
        }

        for (int i = 0; i < forward.Count; i++)
        {
            ReadOnlySpan<double> row = forward.Row(i).Slice(part, width);
            for (int d = 0; d < row.Length; d++)
            {
                joined[place++] = row[d];
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(joined);
    }

    /// <summary>
    /// Curvature at each point: the slope of the parabola through the tangents of the point and its neighbours. An arc around a corner has no
    /// curvature: the points beside it take that of their other side.
    /// </summary>
    private static ImmutableArray<double> Curvatures(
        ReadOnlySpan<double> points,
        ReadOnlySpan<double> tangents,
        int dimension,
        bool closed
    )
    {
        int count = points.Length / dimension;
        double[] curvatures = new double[count];
        double[] arcs = Arcs(points, tangents, dimension);
        double tiny = CornerShare * arcs.Sum() / count;
        for (int i = 0; i < count && count >= 3; i++)
        {
            int middle = closed ? i : Math.Clamp(i, 1, count - 2);
            int before = middle == 0 ? count - 1 : middle - 1;
            int after = middle == count - 1 ? 0 : middle + 1;
            ReadOnlySpan<double> here = tangents.Slice(middle * dimension, dimension);
            Side left = new(tangents.Slice(before * dimension, dimension), arcs[before], tiny, here);
            Side right = new(tangents.Slice(after * dimension, dimension), arcs[middle], tiny, here);
            double at =
                i < middle ? -left.Arc
                : i > middle ? right.Arc
                : 0;
            curvatures[i] = Curvature(left, right, here, at);
        }

        if (count == 2)
        {
            Array.Fill(curvatures, Vectors.Distance(tangents[..dimension], tangents[dimension..]) / arcs[0]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(curvatures);
    }

    /// <summary>The neighbour on one side of a point: its tangent, how far it is, and whether a corner lies between.</summary>
    private readonly ref struct Side(ReadOnlySpan<double> tangent, double arc, double tiny, ReadOnlySpan<double> here)
    {
        public ReadOnlySpan<double> Tangent { get; } = tangent;

        public double Arc { get; } = arc;

        public bool IsCorner { get; } = arc < tiny && Vectors.Distance(tangent, here) > CornerTurn;
    }

    /// <summary>The slope at -h, 0 or k of the parabola through the tangents at -h, 0 and k; of one side alone next to a corner.</summary>
    private static double Curvature(Side left, Side right, ReadOnlySpan<double> here, double at)
    {
        double square = 0;
        for (int d = 0; d < here.Length; d++)
        {
            double rise = (here[d] - left.Tangent[d]) / left.Arc;
            double next = (right.Tangent[d] - here[d]) / right.Arc;
            double slope = (left.IsCorner, right.IsCorner) switch
            {
                (false, false) => rise + (next - rise) / (left.Arc + right.Arc) * (left.Arc + 2 * at),
                (true, false) => next,
                (false, true) => rise,
                (true, true) => 0,
            };
            square += slope * slope;
        }

        return Math.Sqrt(square);
    }

    /// <summary>Arc length from each point to the next, from the last to the first at the end: [count].</summary>
    private static double[] Arcs(ReadOnlySpan<double> points, ReadOnlySpan<double> tangents, int dimension)
    {
        int count = points.Length / dimension;
        double[] arcs = new double[count];
        for (int i = 0; i < count; i++)
        {
            int j = i + 1 == count ? 0 : i + 1;
            ReadOnlySpan<double> p = points.Slice(i * dimension, dimension);
            ReadOnlySpan<double> q = points.Slice(j * dimension, dimension);
            ReadOnlySpan<double> s = tangents.Slice(i * dimension, dimension);
            ReadOnlySpan<double> t = tangents.Slice(j * dimension, dimension);
            arcs[i] = Arc.ArcLength(Vectors.Distance(p, q), Vectors.Distance(s, t));
        }

        return arcs;
    }
}
