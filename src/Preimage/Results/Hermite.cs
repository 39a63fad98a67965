namespace Preimage.Results;

/// <summary>The cubic Hermite segment p(t) between two points of a curve, with end derivatives L t0 and L t1.</summary>
internal static class Hermite
{
    // Gauss-Legendre with 5 nodes on [0, 1]: exact to degree 9, far beyond the segment's own order.
    private static ReadOnlySpan<double> Nodes =>
        [0.046910077030668004, 0.23076534494715846, 0.5, 0.76923465505284155, 0.95308992296933200];
    private static ReadOnlySpan<double> Weights =>
        [0.11846344252809454, 0.23931433524968324, 0.28444444444444444, 0.23931433524968324, 0.11846344252809454];

    public static double[] ArcLengths(Curve curve)
    {
        int segments = curve.Closed ? curve.Count : curve.Count - 1;
        double[] lengths = new double[segments + 1];
        for (int i = 0; i < segments; i++)
        {
            lengths[i + 1] = lengths[i] + Length(curve, i, (i + 1) % curve.Count);
        }

        return lengths;
    }

    /// <summary>Length of the segment from point i to point j.</summary>
    public static double Length(Curve curve, int i, int j) =>
        Length(curve.Point(i), curve.Point(j), curve.Tangent(i), curve.Tangent(j));

    /// <summary>Length of the segment from p to q with unit tangents s and t.  p, q, s, t: [n].</summary>
    public static double Length(
        ReadOnlySpan<double> p,
        ReadOnlySpan<double> q,
        ReadOnlySpan<double> s,
        ReadOnlySpan<double> t
    )
    {
        double chord = Distance(p, q);
        if (chord == 0)
        {
            return 0;
        }

        // The parameter speed should be the arc length; the first pass takes the chord for it, the second the length so found.
        double first = Length(p, q, s, t, chord);
        return Length(p, q, s, t, first);
    }

    private static double Length(
        ReadOnlySpan<double> p,
        ReadOnlySpan<double> q,
        ReadOnlySpan<double> s,
        ReadOnlySpan<double> t,
        double speed
    )
    {
        double length = 0;
        for (int k = 0; k < Nodes.Length; k++)
        {
            double u = Nodes[k];
            double square = 0;
            for (int d = 0; d < p.Length; d++)
            {
                double derivative =
                    6 * u * (1 - u) * (q[d] - p[d])
                    + (1 - u) * (1 - 3 * u) * speed * s[d]
                    + u * (3 * u - 2) * speed * t[d];
                square += derivative * derivative;
            }

            length += Weights[k] * Math.Sqrt(square);
        }

        return length;
    }

    private static double Distance(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double square = 0;
        for (int d = 0; d < p.Length; d++)
        {
            square += (q[d] - p[d]) * (q[d] - p[d]);
        }

        return Math.Sqrt(square);
    }
}
