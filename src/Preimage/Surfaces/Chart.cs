using Preimage.Geometry;

namespace Preimage.Surfaces;

/// <summary>A corner of the mesh with its tangent plane: the fiber near it is a graph over a disc of that plane.</summary>
internal sealed class Chart
{
    // Directions so nearly parallel span no plane.
    private const double Flat = 1e-3;

    /// <summary>The corner, on the fiber to rounding: [n].</summary>
    public required double[] Point { get; init; }

    /// <summary>Two orthonormal tangents, in the sense of the chart that it came from: [2 * n].</summary>
    public required double[] Tangents { get; init; }

    /// <summary>The disc's radius: no place of the surface nearer to this corner than to others is farther from it.</summary>
    public double Radius { get; set; }

    /// <summary>The number of the chart that it came from; -1 of the first.</summary>
    public int From { get; init; } = -1;

    /// <summary>The radius of the chart that it came from.</summary>
    public double Around { get; init; }

    /// <summary>The largest curvature seen in the disc.</summary>
    public double Bend { get; set; }

    /// <summary>The disc is as small as the spacing allows, and the fiber still leaves it: a kink.</summary>
    public bool IsKinked { get; set; }

    /// <summary>The surface around the corner is covered, to its disc's radius.</summary>
    public bool IsCovered { get; set; }

    /// <summary>The coordinates of x - Point in the tangent plane, and the squared distance.  x: [n].</summary>
    public (double U, double V, double Square) Project(ReadOnlySpan<double> x)
    {
        int n = Point.Length;
        double u = 0;
        double v = 0;
        double square = 0;
        for (int i = 0; i < n; i++)
        {
            double d = x[i] - Point[i];
            u += d * Tangents[i];
            v += d * Tangents[n + i];
            square += d * d;
        }

        return (u, v, square);
    }

    /// <summary>x = Point + u t1 + v t2.  x: [n].</summary>
    public void Place(double u, double v, Span<double> x)
    {
        int n = Point.Length;
        for (int i = 0; i < n; i++)
        {
            x[i] = Point[i] + u * Tangents[i] + v * Tangents[n + i];
        }
    }

    /// <summary>det(T^T T'), the cosine between the two tangent planes: negative where they are turned over.</summary>
    public double Agreement(Chart other)
    {
        int n = Point.Length;
        ReadOnlySpan<double> a = Tangents.AsSpan(0, n);
        ReadOnlySpan<double> b = Tangents.AsSpan(n);
        ReadOnlySpan<double> c = other.Tangents.AsSpan(0, n);
        ReadOnlySpan<double> d = other.Tangents.AsSpan(n);
        return Vectors.Dot(a, c) * Vectors.Dot(b, d) - Vectors.Dot(a, d) * Vectors.Dot(b, c);
    }

    /// <summary>Takes the plane of two directions as the tangent plane.  directions: [2 * n].</summary>
    /// <returns>Whether they span one.</returns>
    public bool Turn(ReadOnlySpan<double> directions)
    {
        directions.CopyTo(Tangents);
        int n = Point.Length;
        Span<double> first = Tangents.AsSpan(0, n);
        Span<double> second = Tangents.AsSpan(n);
        double length = Vectors.Norm(first);
        Vectors.Scale(first, 1 / length);
        Vectors.AddScaled(second, -Vectors.Dot(first, second), first);
        double width = Vectors.Norm(second);
        Vectors.Scale(second, 1 / width);
        return Math.Min(length, width) > Flat * Math.Max(length, width);
    }
}
