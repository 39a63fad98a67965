namespace Preimage.Geometry;

/// <summary>A positive semidefinite metric G(y) = R(y)^T R(y) on the outputs R^m, known by its factor R.</summary>
public interface IOutputMetric
{
    /// <summary>
    /// R(y) M for a matrix M of m rows: the Jacobian, or a single column. The number of rows of R is m or less, and always the same.
    /// value: [m], matrix: [m * columns] row-major, product: [m * columns] row-major, of which the first rows are written.
    /// </summary>
    /// <returns>The number of rows of R.</returns>
    int Apply(ReadOnlySpan<double> value, ReadOnlySpan<double> matrix, Span<double> product);
}
