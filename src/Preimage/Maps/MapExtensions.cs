namespace Preimage.Maps;

/// <summary>What can be done to a map, and the forms that allocate.</summary>
public static class MapExtensions
{
    /// <summary>Some outputs of the map, from 0, in the order given; see <see cref="SelectedOutputs"/>.</summary>
    public static IMap Select(this IMap map, params ReadOnlySpan<int> outputs) => new SelectedOutputs(map, outputs);

    /// <summary>The map with some inputs, from 0, frozen at the point's coordinates; see <see cref="FrozenInputs"/>.  point: [map.Inputs].</summary>
    public static FrozenInputs Freeze(this IMap map, ReadOnlySpan<double> point, params ReadOnlySpan<int> frozen) =>
        new(map, point, frozen);

    /// <summary>outer(map(x)); see <see cref="ComposedMap"/>.</summary>
    public static IMap Then(this IMap map, IMap outer) => new ComposedMap(map, outer);

    /// <summary>
    /// The map on an affine subspace, u -> map(origin + directions u).  origin: [map.Inputs], directions: [map.Inputs * k] row-major, one column
    /// for each of the k new inputs.
    /// </summary>
    public static IMap Restrict(this IMap map, ReadOnlySpan<double> origin, ReadOnlySpan<double> directions) =>
        new ComposedMap(new AffineMap(directions, origin), map);

    /// <summary>f(x).  x: [Inputs]; result: [Outputs].</summary>
    public static double[] Evaluate(this IMap map, ReadOnlySpan<double> x)
    {
        double[] y = new double[map.Outputs];
        map.Evaluate(x, y);
        return y;
    }
}
