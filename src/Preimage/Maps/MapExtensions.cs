using System.Collections.Immutable;

namespace Preimage.Maps;

/// <summary>What can be done to a map, and the forms that allocate.</summary>
public static class MapExtensions
{
    /// <summary>Some outputs of the map, from 0, in the order given; with products where the map offers them, so that k outputs cost k covectors.</summary>
    /// <exception cref="ArgumentException">No output is selected, or one that the map does not have.</exception>
    public static IMap Select(this IMap map, params ReadOnlySpan<int> outputs) =>
        map is IProductMap products ? products.Select(outputs) : new SelectedOutputs(map, outputs);

    /// <summary>Some outputs of a map with products, from 0, in the order given: k outputs cost k covectors.</summary>
    /// <exception cref="ArgumentException">No output is selected, or one that the map does not have.</exception>
    public static IProductMap Select(this IProductMap map, params ReadOnlySpan<int> outputs) =>
        new SelectedProducts(map, outputs);

    /// <summary>The map with some inputs, from 0, frozen at the point's coordinates; with products where the map offers them.  point: [map.Inputs].</summary>
    /// <exception cref="ArgumentException">The point has another length, a frozen input does not exist or is not finite, or none is left free.</exception>
    public static IMap Freeze(this IMap map, ReadOnlySpan<double> point, params ReadOnlySpan<int> frozen) =>
        map is IProductMap products ? products.Freeze(point, frozen) : new FrozenInputs(map, point, frozen);

    /// <summary>A map with products with some inputs, from 0, frozen at the point's coordinates.  point: [map.Inputs].</summary>
    /// <exception cref="ArgumentException">The point has another length, a frozen input does not exist or is not finite, or none is left free.</exception>
    public static IProductMap Freeze(
        this IProductMap map,
        ReadOnlySpan<double> point,
        params ReadOnlySpan<int> frozen
    ) => new FrozenProducts(map, point, frozen);

    /// <summary>outer(map(x)); with products where both maps offer them.</summary>
    /// <exception cref="ArgumentException">The outer map does not take as many inputs as this one has outputs.</exception>
    public static IMap Then(this IMap map, IMap outer) =>
        map is IProductMap first && outer is IProductMap second ? first.Then(second) : new ComposedMap(map, outer);

    /// <summary>outer(map(x)) of maps with products.</summary>
    /// <exception cref="ArgumentException">The outer map does not take as many inputs as this one has outputs.</exception>
    public static IProductMap Then(this IProductMap map, IProductMap outer) => new ComposedProducts(map, outer);

    /// <summary>
    /// The map on an affine subspace, u -> map(origin + directions u).  origin: [map.Inputs], directions: [map.Inputs * k] row-major, one column
    /// for each of the k new inputs.
    /// </summary>
    public static IMap Restrict(this IMap map, ReadOnlySpan<double> origin, ReadOnlySpan<double> directions) =>
        new AffineMap(directions, origin).Then(map);

    /// <summary>A map with products on an affine subspace, as <see cref="Restrict(IMap, ReadOnlySpan{double}, ReadOnlySpan{double})"/>.</summary>
    public static IProductMap Restrict(
        this IProductMap map,
        ReadOnlySpan<double> origin,
        ReadOnlySpan<double> directions
    ) => new AffineMap(directions, origin).Then(map);

    /// <summary>The difference f_i - f_j of two outputs, as of two scores; with products where the map offers them: one covector gives its gradient.</summary>
    /// <exception cref="ArgumentException">There is no such output, or both are the same.</exception>
    public static IMap Margin(this IMap map, int i, int j) => map.Select(Scores(map, i, j)).Then(Difference);

    /// <summary>The difference f_i - f_j of two outputs of a map with products: one covector gives its gradient.</summary>
    /// <exception cref="ArgumentException">There is no such output, or both are the same.</exception>
    public static IProductMap Margin(this IProductMap map, int i, int j) =>
        map.Select(Scores(map, i, j)).Then(Difference);

    /// <summary>The k largest outputs at x, from 0, the largest first, equal ones by their number.  x: [Inputs].</summary>
    /// <exception cref="ArgumentException">The map has fewer outputs, k is less than 1, or an output is NaN.</exception>
    public static ImmutableArray<int> Largest(this IMap map, ReadOnlySpan<double> x, int k)
    {
        if (k < 1 || k > map.Outputs)
        {
            throw new ArgumentException(
                $"The {k} largest outputs are asked for, but the map has {map.Outputs}; ask for 1 to {map.Outputs}."
            );
        }

        double[] y = map.Evaluate(x);
        return Array.Exists(y, double.IsNaN)
            ? throw new ArgumentException(
                "An output is NaN at the point, so none is the largest; choose another point."
            )
            : [.. Enumerable.Range(0, y.Length).OrderByDescending(j => y[j]).Take(k)];
    }

    /// <summary>The k largest outputs at x, the largest first: Select with <see cref="Largest"/>.  x: [Inputs].</summary>
    /// <exception cref="ArgumentException">The map has fewer outputs, k is less than 1, or an output is NaN.</exception>
    public static IMap SelectLargest(this IMap map, ReadOnlySpan<double> x, int k) =>
        map.Select(map.Largest(x, k).AsSpan());

    /// <summary>f(x).  x: [Inputs]; result: [Outputs].</summary>
    public static double[] Evaluate(this IMap map, ReadOnlySpan<double> x)
    {
        double[] y = new double[map.Outputs];
        map.Evaluate(x, y);
        return y;
    }

    private static AffineMap Difference { get; } = new([1, -1], [0]);

    /// <summary>Refuses the margin of an output with itself.</summary>
    internal static void DemandMargin(int outputs, int i, int j)
    {
        SelectedOutputs.Demand(outputs, [i, j]);
        if (i == j)
        {
            throw new ArgumentException(
                $"Both outputs of the margin are {i}, and so it is 0 everywhere; choose two different ones of the map's {outputs}."
            );
        }
    }

    private static int[] Scores(IMap map, int i, int j)
    {
        DemandMargin(map.Outputs, i, j);
        return [i, j];
    }
}
