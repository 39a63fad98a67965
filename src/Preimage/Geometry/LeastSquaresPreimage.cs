using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Geometry;

/// <summary>A point whose image lies as near to a value as a search could bring it.</summary>
/// <param name="Point">x: [n].</param>
/// <param name="Residual">|f(x) - y|, Euclidean: 0 to rounding where the value is in the map's image.</param>
public sealed record Preimaged(ImmutableArray<double> Point, double Residual);

/// <summary>
/// The least-squares preimage of a value y under a map f: Gauss-Newton steps x += J^+ (y - f(x)) by products alone, halved until |f(x) - y| falls.
/// Of an affine map, such as the embedding of an image's patches, the first step is the pseudo-inverse itself, and the point the one nearest to the
/// start among those that fit best.  [GolubVanLoan2013, section 5.5]
/// </summary>
public sealed record LeastSquaresPreimage
{
    // A step along which the residual is flat changes it by the square of its length: less than rounding, while the point still moves by the root of that.
    private const double Unchanged = 1 + 1e-14;

    /// <summary>The most steps; of an affine map two are taken.</summary>
    public int Steps { get; init; } = 30;

    /// <summary>A step that is so small a share of the point changes nothing but rounding.</summary>
    public double Tolerance { get; init; } = 1e-12;

    /// <summary>How often a step may be halved before the search ends.</summary>
    public int Halvings { get; init; } = 12;

    /// <summary>Searches from a start.  start: [Inputs], value: [Outputs]. Cost of a step: some products, about as many as J has singular values that differ.</summary>
    /// <exception cref="ArgumentException">The start or the value has another length, or is not finite.</exception>
    /// <exception cref="GeometryException">The map or its derivative is not finite at the start.</exception>
    public Preimaged Find(IProductMap map, ReadOnlySpan<double> start, ReadOnlySpan<double> value)
    {
        Door.CheckPoint(map, start, "The start");
        if (value.Length != map.Outputs || !Vectors.AreFinite(value))
        {
            throw new ArgumentException(
                $"The value to reach has {value.Length} numbers, and the map {map.Outputs} outputs; give as many, all finite."
            );
        }

        ProductRowSpace rows = new(map);
        double[] x = start.ToArray();
        double[] rest = new double[map.Outputs];
        double[] step = new double[map.Inputs];
        rows.At(map, x);
        Door.CheckFinite(rows.Value, default);
        double residual = Distance(value, rows.Value, rest);
        for (int k = 0; k < Steps && residual > 0; k++)
        {
            rows.MinimumNormStep(rest, step);
            double next = Move(map, (x, step), value, residual);
            bool isEnd = Vectors.Norm(step) <= Tolerance * Vectors.Norm(x);
            if (!(next <= residual * Unchanged))
            {
                break;
            }

            rows.At(map, x);
            residual = Distance(value, rows.Value, rest);
            if (isEnd)
            {
                break;
            }
        }

        return new Preimaged([.. x], residual);
    }

    /// <summary>Moves x by the longest of step, step / 2, ... that lowers the residual, or by step if that leaves it as it is to rounding; leaves x where none does.</summary>
    /// <returns>The residual there; infinity where it stayed.</returns>
    private double Move(IMap map, (double[] X, double[] Step) way, ReadOnlySpan<double> value, double residual)
    {
        double[] trial = new double[way.X.Length];
        double[] image = new double[map.Outputs];
        double[] rest = new double[map.Outputs];
        double share = 1;
        for (int k = 0; k <= Halvings; k++, share /= 2)
        {
            way.X.CopyTo(trial, 0);
            Vectors.AddScaled(trial, share, way.Step);
            map.Evaluate(trial, image);
            double next = Distance(value, image, rest);
            if (next < residual || (k == 0 && next <= residual * Unchanged))
            {
                trial.CopyTo(way.X, 0);
                return next;
            }
        }

        return double.PositiveInfinity;
    }

    private static double Distance(ReadOnlySpan<double> value, ReadOnlySpan<double> image, Span<double> rest)
    {
        for (int j = 0; j < rest.Length; j++)
        {
            rest[j] = value[j] - image[j];
        }

        return Vectors.Norm(rest);
    }
}
