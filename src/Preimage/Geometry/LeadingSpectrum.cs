using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Geometry;

/// <summary>The largest part of the spectrum of the pullback metric g = J^T G J at a point, for maps whose Jacobian is too wide to hold.</summary>
public sealed record LeadingSpectrum
{
    /// <summary>x: [n].</summary>
    public required ImmutableArray<double> Point { get; init; }

    /// <summary>f(x): [m].</summary>
    public required ImmutableArray<double> Value { get; init; }

    /// <summary>The largest singular values of R J, largest first; their squares are the spectrum of g.</summary>
    public required ImmutableArray<double> SingularValues { get; init; }

    /// <summary>How far each is from a singular value of R J at most.</summary>
    public required ImmutableArray<double> Residuals { get; init; }

    /// <summary>The unit directions that belong to those above rounding, the most visible first: arrays of [n].</summary>
    public required ImmutableArray<ImmutableArray<double>> Directions { get; init; }

    /// <summary>Whether every residual is within the tolerance.</summary>
    public required bool IsSettled { get; init; }

    /// <summary>Products with J and with J^T that it took, each.</summary>
    public required int Products { get; init; }

    /// <summary>The spectrum of g, largest first.</summary>
    public ImmutableArray<double> Spectrum => [.. SingularValues.Select(s => s * s)];
}

/// <summary>
/// Finds the largest part of a pullback metric's spectrum by products J v and J^T w alone. Cost about two to four products a value; room Steps (m + n).
/// [GolubKahan1965]
/// </summary>
public sealed record LeadingSpectra
{
    /// <summary>How many singular values.</summary>
    public int Count { get; init; } = 10;

    /// <summary>Largest number of products with J and with J^T, each.</summary>
    public int Steps { get; init; } = 300;

    /// <summary>Residual, as a share of the largest singular value, at which one counts as found: far above what products round, far below what a figure shows.</summary>
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>Chooses the random start; the same seed gives the same bits.</summary>
    public int Seed { get; init; }

    /// <summary>The leading spectrum at x.  x: [map.Inputs].</summary>
    /// <param name="map">f.</param>
    /// <param name="x">The point.</param>
    /// <param name="metric">G; the identity where null. Its factor is formed once, [m * m].</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="ArgumentException">x does not fit the map, a setting is not positive, or the factor of the metric would not fit.</exception>
    /// <exception cref="GeometryException">The map or its derivative is not finite at x.</exception>
    public LeadingSpectrum At(
        IProductMap map,
        ReadOnlySpan<double> x,
        IOutputMetric? metric = null,
        CancellationToken cancellation = default
    )
    {
        Door.CheckPoint(map, x, "The point");
        if (Count < 1 || Steps < Count || !(Tolerance > 0))
        {
            throw new ArgumentException(
                $"A leading spectrum of {Count} values in {Steps} steps to {Tolerance:R} is asked for; ask for at least one, in as many steps or more, to a positive tolerance."
            );
        }

        double[] value = map.Evaluate(x);
        Door.CheckFinite(value, []);
        MeasuredJacobian jacobian = new(map, x, metric, value);
        Triplets found = new LeadingSearch(Count, Steps, Tolerance, Seed).Find(
            jacobian,
            map.Inputs,
            jacobian.Rows,
            cancellation
        );
        return new LeadingSpectrum
        {
            Point = [.. x],
            Value = [.. value],
            SingularValues = [.. found.SingularValues],
            Residuals = [.. found.Residuals],
            Directions = found.Directions,
            IsSettled = found.IsSettled,
            Products = found.Products,
        };
    }

    /// <summary>R J at a point, by products.</summary>
    private sealed class MeasuredJacobian : ILinearMap
    {
        private readonly IProductMap _map;
        private readonly double[] _x;
        private readonly double[]? _factor; // R: [Rows * m]
        private readonly double[] _output;

        public MeasuredJacobian(IProductMap map, ReadOnlySpan<double> x, IOutputMetric? metric, double[] value)
        {
            int m = map.Outputs;
            _map = map;
            _x = x.ToArray();
            _output = new double[m];
            Rows = m;
            if (metric is not (null or IdentityMetric))
            {
                if (8L * m * m > DenseJacobian.MostBytes)
                {
                    throw new ArgumentException(
                        $"The factor of an output metric on {m} outputs would take {8L * m * m >> 30} GiB, and at most {DenseJacobian.MostBytes >> 30} are held; choose fewer outputs, or leave the metric out."
                    );
                }

                double[] identity = new double[m * m];
                for (int i = 0; i < m; i++)
                {
                    identity[i * m + i] = 1;
                }

                _factor = new double[m * m];
                Rows = metric.Apply(value, identity, _factor);
            }
        }

        public int Rows { get; }

        public void Apply(ReadOnlySpan<double> v, Span<double> u)
        {
            if (_factor is null)
            {
                _map.Tangent(_x, v, u);
                return;
            }

            _map.Tangent(_x, v, _output);
            for (int i = 0; i < Rows; i++)
            {
                u[i] = Vectors.Dot(_factor.AsSpan(i * _output.Length, _output.Length), _output);
            }
        }

        public void ApplyTransposed(ReadOnlySpan<double> u, Span<double> v)
        {
            if (_factor is null)
            {
                _map.Adjoint(_x, u, v);
                return;
            }

            Array.Clear(_output);
            for (int i = 0; i < Rows; i++)
            {
                Vectors.AddScaled(_output, u[i], _factor.AsSpan(i * _output.Length, _output.Length));
            }

            _map.Adjoint(_x, _output, v);
        }
    }
}
