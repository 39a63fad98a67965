using Preimage.Maps;

namespace Preimage.Geometry;

/// <summary>
/// The split of R^n at a point x of a map into the row space of its Jacobian, directions that change the output, and its orthogonal complement, the null
/// space. A workspace: one per thread.
/// </summary>
public abstract class RowSpace
{
    /// <summary>The dimension of the row space at the last point: how many directions change the output.</summary>
    public abstract int Rank { get; }

    /// <summary>y = f(x) at the last point: [Outputs].</summary>
    public abstract ReadOnlySpan<double> Value { get; }

    /// <summary>Whether the map and its derivative were finite at the last point.</summary>
    public abstract bool IsFinite { get; }

    /// <summary>Linearizes the map at x.  x: [Inputs].</summary>
    public abstract void At(IMap map, ReadOnlySpan<double> x);

    /// <summary>The part of v that the map ignores to first order.  v, projection: [Inputs].</summary>
    public abstract void ProjectNull(ReadOnlySpan<double> v, Span<double> projection);

    /// <summary>J^+ r, the shortest step with J step = r in least squares: in the row space.  residual r: [Outputs], step: [Inputs].</summary>
    public abstract void MinimumNormStep(ReadOnlySpan<double> residual, Span<double> step);
}
