using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>Makes the workspaces that split R^n at a point of a map.</summary>
public interface IRowSpaces
{
    /// <summary>A workspace for the map, for one thread.</summary>
    RowSpace Make(IMap map);
}
