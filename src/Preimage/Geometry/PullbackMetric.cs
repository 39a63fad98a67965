using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Geometry;

/// <summary>What a map sees and what it ignores at one point: the pullback metric g = J^T G J by its spectrum and directions.</summary>
public sealed record PullbackMetric
{
    /// <summary>x: [n].</summary>
    public required ImmutableArray<double> Point { get; init; }

    /// <summary>f(x): [m].</summary>
    public required ImmutableArray<double> Value { get; init; }

    /// <summary>J = Df(x), row-major: [m * n].</summary>
    public required ImmutableArray<double> Jacobian { get; init; }

    /// <summary>Singular values of R J, largest first; the spectrum of g is their squares, and zeros up to n: [min(m, n)].</summary>
    public required ImmutableArray<double> SingularValues { get; init; }

    /// <summary>How many singular values exceed the tolerance: the fiber through x has dimension n - Rank where the rank is the same around x.</summary>
    public required int Rank { get; init; }

    /// <summary>The value up to which a singular value counts as zero.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Unit directions that change the output, the most visible first: Rank arrays of [n].</summary>
    public required ImmutableArray<ImmutableArray<double>> RowDirections { get; init; }

    /// <summary>An orthonormal basis of the directions that the map ignores: n - Rank arrays of [n]; empty where it was not asked for.</summary>
    public required ImmutableArray<ImmutableArray<double>> NullDirections { get; init; }

    /// <summary>The spectrum of g, largest first: [min(m, n)].</summary>
    public ImmutableArray<double> Spectrum => [.. SingularValues.Select(s => s * s)];

    /// <summary>The pullback metric of a map at x. The map may be any part of a network. Cost O(m^2 n), and O(n^2 (n - rank)) for the null directions.</summary>
    /// <param name="map">f: R^n -> R^m.</param>
    /// <param name="x">The point: [n].</param>
    /// <param name="metric">G; the identity where null.</param>
    /// <param name="nullDirections">Whether to build the null directions: for small n.</param>
    /// <exception cref="ArgumentException">x has another length than the map's inputs, or is not finite.</exception>
    /// <exception cref="GeometryException">The map gives NaN or infinity at x.</exception>
    public static PullbackMetric At(
        IMap map,
        ReadOnlySpan<double> x,
        IOutputMetric? metric = null,
        bool nullDirections = true
    )
    {
        Door.CheckPoint(map, x, "The point");
        PullbackFrame frame = new(map.Inputs, map.Outputs, metric);
        frame.At(map, x);
        Door.CheckFinite(frame.Value, frame.Jacobian);
        return new PullbackMetric
        {
            Point = [.. x],
            Value = [.. frame.Value],
            Jacobian = [.. frame.Jacobian],
            SingularValues = [.. frame.SingularValues],
            Rank = frame.Rank,
            Tolerance = frame.Tolerance,
            RowDirections =
            [
                .. Enumerable.Range(0, frame.Rank).Select(i => ImmutableArray.Create(frame.RowDirection(i))),
            ],
            NullDirections = nullDirections ? Split(frame.NullBasis(), map.Inputs) : [],
        };
    }

    private static ImmutableArray<ImmutableArray<double>> Split(double[] rows, int length) =>
        [.. rows.Chunk(length).Select(row => ImmutableArray.Create(row))];
}
