using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>Row spaces by the QR factors of a dense Jacobian: O(m^2 n) a point. A map whose Jacobian is too wide to hold is refused.</summary>
public sealed record DenseRowSpaces : IRowSpaces
{
    /// <summary>
    /// Singular values below this share of the largest count as zero. Looser than rounding, since the Jacobian of a network with a softmax,
    /// whose rank is one less than its outputs, is singular only to the network's own rounding.
    /// </summary>
    public double RankTolerance { get; init; } = 1e-12;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The Jacobian would take more than <see cref="DenseJacobian.MostBytes"/>.</exception>
    public RowSpace Make(IMap map) => new PullbackFrame(map.Inputs, map.Outputs, null, RankTolerance);
}
