using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>Joins the two directions of a run into one ordered curve.</summary>
internal static class Weaving
{
    /// <summary>The backward strand reversed, then the forward one; both begin at the same start.</summary>
    public static Curve Join(Strand backward, Strand forward, Ending start, Ending end)
    {
        int dimension = forward.Points.Width;
        ImmutableArray<double> points = Join(backward.Points, forward.Points, 1);
        ImmutableArray<double> tangents = Join(backward.Tangents, forward.Tangents, -1);
        bool closed = start == Ending.Closed && end == Ending.Closed;
        return new Curve
        {
            Dimension = dimension,
            Outputs = forward.Values.Width,
            Points = points,
            Tangents = tangents,
            Values = Join(backward.Values, forward.Values, 1),
            Defects = Join(backward.Defects, forward.Defects, 1),
            SingularValues = Join(backward.Spectra, forward.Spectra, 1),
            Curvatures = Curvatures(points.AsSpan(), tangents.AsSpan(), dimension, closed),
            Start = start,
            End = end,
        };
    }

    /// <summary>Length of the polygon of the values in the output metric: the curve's length in the pullback metric, of second order.</summary>
    public static double PseudoLength(Curve curve, IOutputMetric metric)
    {
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

    private static ImmutableArray<double> Join(Column backward, Column forward, double sign)
    {
        int width = forward.Width;
        int before = Math.Max(0, backward.Count - 1); // the start stands in both
        double[] joined = new double[(before + forward.Count) * width];
        for (int i = 0; i < before; i++)
        {
            Span<double> row = joined.AsSpan(i * width, width);
            backward[before - i].CopyTo(row);
            if (sign < 0)
            {
                Vectors.Scale(row, -1);
            }
        }

        for (int i = 0; i < forward.Count; i++)
        {
            forward[i].CopyTo(joined.AsSpan((before + i) * width, width));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(joined);
    }

    /// <summary>
    /// |dt/ds| by the derivative of the parabola through three neighbouring tangents (of second order), one-sided at the ends of an open curve.
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
        if (count >= 3)
        {
            for (int i = 0; i < count; i++)
            {
                int middle = closed ? i : Math.Clamp(i, 1, count - 2);
                int before = (middle + count - 1) % count;
                int after = (middle + 1) % count;
                double h = ArcBetween(points, tangents, dimension, before, middle);
                double k = ArcBetween(points, tangents, dimension, middle, after);
                double at =
                    i < middle ? -h
                    : i > middle ? k
                    : 0;
                curvatures[i] = Turn(tangents, dimension, (before, middle, after), (h, k, at));
            }
        }
        else if (count == 2)
        {
            double turn = Vectors.Distance(tangents[..dimension], tangents[dimension..]);
            Array.Fill(curvatures, turn / ArcBetween(points, tangents, dimension, 0, 1));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(curvatures);
    }

    /// <summary>|p'(at)| of the parabola p through the tangents at -h, 0 and k.</summary>
    private static double Turn(
        ReadOnlySpan<double> tangents,
        int dimension,
        (int Before, int Middle, int After) place,
        (double Before, double After, double At) arc
    )
    {
        double square = 0;
        for (int d = 0; d < dimension; d++)
        {
            double middle = tangents[place.Middle * dimension + d];
            double left = (middle - tangents[place.Before * dimension + d]) / arc.Before;
            double right = (tangents[place.After * dimension + d] - middle) / arc.After;
            double second = (right - left) / (arc.Before + arc.After);
            double slope = left + second * (arc.Before + 2 * arc.At);
            square += slope * slope;
        }

        return Math.Sqrt(square);
    }

    private static double ArcBetween(
        ReadOnlySpan<double> points,
        ReadOnlySpan<double> tangents,
        int dimension,
        int i,
        int j
    ) =>
        Arc.ArcLength(
            Vectors.Distance(points.Slice(i * dimension, dimension), points.Slice(j * dimension, dimension)),
            Vectors.Distance(tangents.Slice(i * dimension, dimension), tangents.Slice(j * dimension, dimension))
        );
}
