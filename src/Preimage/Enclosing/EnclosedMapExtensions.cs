using Preimage.Maps;

namespace Preimage.Enclosing;

/// <summary>What can be done to an enclosed map.</summary>
public static class EnclosedMapExtensions
{
    /// <summary>Some outputs of the map, from 0, in the order given, as <see cref="SelectedOutputs"/> has them.</summary>
    /// <exception cref="ArgumentException">No output is selected, or one that the map does not have.</exception>
    public static ICurvedEnclosedMap Select(this ICurvedEnclosedMap map, params ReadOnlySpan<int> outputs) =>
        new SelectedEnclosure(map, outputs);

    /// <summary>
    /// The map with some inputs, from 0, frozen at the point's coordinates; the others keep their order, as <see cref="FrozenInputs"/> has them. A frozen
    /// network derives only in the inputs that are left.  point: [map.Inputs].
    /// </summary>
    /// <exception cref="ArgumentException">The point has another length, a frozen input does not exist or is not finite, or none is left free.</exception>
    public static ICurvedEnclosedMap Freeze(
        this ICurvedEnclosedMap map,
        ReadOnlySpan<double> point,
        params ReadOnlySpan<int> frozen
    ) =>
        map switch
        {
            NetworkEnclosure network => network.Frozen(point, frozen),
            MeanValueForm form => new MeanValueForm(form.Map.Freeze(point, frozen)),
            _ => new FrozenEnclosure(map, point, frozen),
        };
}
