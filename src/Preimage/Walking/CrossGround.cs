using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>Where a crossing is looked for: around x0, in a box. One for each thread.</summary>
internal sealed class CrossGround(double[] origin, Box box, CancellationToken cancellation)
{
    /// <summary>x0: [n].</summary>
    public double[] Origin { get; } = origin;

    /// <summary>The box.</summary>
    public Box Box { get; } = box;

    /// <summary>Projections of x0.</summary>
    public CrossProjection Projection { get; } = new(origin, box);

    /// <summary>Whether the search may go on.</summary>
    public bool Goes => !cancellation.IsCancellationRequested;

    /// <summary>|x - x0|.</summary>
    public double Distance(ReadOnlySpan<double> x) => Vectors.Distance(x, Origin);

    /// <summary>from + share (to - from), in the box.  from, to, x: [n].</summary>
    public void Between(ReadOnlySpan<double> from, ReadOnlySpan<double> to, double share, Span<double> x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double value = share == 1 ? to[i] : from[i] + share * (to[i] - from[i]);
            x[i] = Math.Min(Math.Max(value, Box.Lower[i]), Box.Upper[i]);
        }
    }

    /// <summary>x0 + d, in the box.  d, x: [n].</summary>
    public void Place(ReadOnlySpan<double> d, Span<double> x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = Math.Min(Math.Max(Origin[i] + d[i], Box.Lower[i]), Box.Upper[i]);
        }
    }

    /// <summary>The margin linearised at x; null where it or its gradient is not finite, or the gradient vanishes.  x: [n].</summary>
    public CrossCut? Cut(CrossMargin margin, ReadOnlySpan<double> x, out double value)
    {
        double[] normal = new double[x.Length];
        value = margin.Linearize(x, normal);
        double norm = Vectors.Norm(normal);
        if (double.IsNaN(value) || !(norm > 0) || !double.IsFinite(norm))
        {
            return null;
        }

        Vectors.Scale(normal, 1 / norm);
        double bound = -value / norm;
        for (int i = 0; i < x.Length; i++)
        {
            bound += normal[i] * (x[i] - Origin[i]);
        }

        return double.IsFinite(bound) ? new CrossCut(normal, bound, norm) : null;
    }

    /// <summary>
    /// The first point beyond the border that bisection meets on the way from a point before it to one beyond, with the last before it.
    /// </summary>
    /// <param name="margin">The margin.</param>
    /// <param name="before">Not beyond; becomes the last point before: [n].</param>
    /// <param name="beyond">Beyond; becomes the first point beyond: [n].</param>
    /// <param name="width">Where the two are near enough.</param>
    public void Bisect(CrossMargin margin, double[] before, double[] beyond, double width)
    {
        double[] middle = new double[before.Length];
        while (Goes && Vectors.Distance(before, beyond) > width)
        {
            Between(before, beyond, 0.5, middle);
            if (middle.AsSpan().SequenceEqual(before) || middle.AsSpan().SequenceEqual(beyond))
            {
                return;
            }

            middle.CopyTo(margin.At(middle).IsBeyond ? beyond : before, 0);
        }
    }
}
