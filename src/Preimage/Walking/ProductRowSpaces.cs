using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>Row spaces by products J v and J^T w alone, for maps whose Jacobian is too wide to hold.</summary>
public sealed record ProductRowSpaces : IRowSpaces
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The map offers no products.</exception>
    public RowSpace Make(IMap map) =>
        map is IProductMap products
            ? new ProductRowSpace(products)
            : throw new ArgumentException(
                "The map offers no products with its Jacobian; walk it with dense row spaces, or choose fewer outputs."
            );
}

/// <summary>Dense row spaces where the Jacobian can be held, else by products.</summary>
public sealed record FittingRowSpaces : IRowSpaces
{
    /// <summary>Where it can be held.</summary>
    public DenseRowSpaces Dense { get; init; } = new();

    /// <summary>Where it cannot.</summary>
    public ProductRowSpaces Products { get; init; } = new();

    /// <inheritdoc/>
    public RowSpace Make(IMap map) =>
        8L * map.Inputs * map.Outputs <= DenseJacobian.MostBytes || map is not IProductMap
            ? Dense.Make(map)
            : Products.Make(map);
}
