using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>How a grid is read at places between its elements, and beyond its ends.</summary>
/// <param name="Interpolation">nearest, linear or cubic.</param>
/// <param name="Padding">zeros, border or reflection.</param>
/// <param name="AlignCorners">Whether reflection is at the centres of the outermost elements, not at their outer edges.</param>
internal sealed record GridSampling(string Interpolation, string Padding, bool AlignCorners)
{
    /// <summary>The parameter of the cubic convolution.</summary>
    private const double Cubic = -0.75;

    /// <summary>
    /// y[n, c, p] = x at (places_1[n, p], places_2[n, p], ...), which may depend on the network's input.
    /// Differentiable in x and, but at jumps from element to element, in the places.  x: [batch, channels, ...], places: [batch, 1, points] for each axis.
    /// </summary>
    public Value Sample(NodeReader n, Value x, Value[] places)
    {
        Tap[] taps = [new Tap(null, null)];
        int[] strides = Shapes.Strides(x.Shape);
        for (int axis = 0; axis < places.Length; axis++)
        {
            Tap[] along = Along(n, places[axis], x.Shape[axis + 2]);
            int stride = strides[axis + 2];
            taps = [.. taps.SelectMany(t => along.Select(a => t.Times(n, a, stride)))];
        }

        int planes = Shapes.Product(x.Shape.AsSpan(0, 2));
        int count = Shapes.Product(x.Shape.AsSpan(2));
        var firsts = new Value(
            n.Graph.Constant([.. Enumerable.Range(0, planes).Select(i => (double)i * count)]),
            [x.Shape[0], x.Shape[1], 1]
        );
        Value? sum = null;
        foreach (Tap tap in taps)
        {
            Value source = Broadcasting.Combine(n, BinaryFunction.Add, tap.Place!, firsts);
            Value term = source with { Node = n.Graph.Lookup(x.Node, source.Node), Kind = x.Kind };
            term = tap.Weight is { } w ? Broadcasting.Combine(n, BinaryFunction.Multiply, term, w) : term;
            sum = sum is null ? term : Broadcasting.Combine(n, BinaryFunction.Add, sum, term);
        }

        return sum!;
    }

    /// <summary>The elements of one axis that take part, and their weights.</summary>
    private Tap[] Along(NodeReader n, Value place, int extent)
    {
        var f = new Formula(n);
        Value at = Interpolation switch
        {
            // A cubic reads each of its elements where it is padded, the others are brought back onto the grid themselves.
            "cubic" => place,
            "nearest" => Kept(f, f.Of(new RoundToEven(), place), extent),
            _ => Kept(f, place, extent),
        };
        if (Interpolation == "nearest")
        {
            return [Inside(f, new Tap(f.Of(new RoundToEven(), at), null), extent)];
        }

        Value floor = f.Of(new Floor(), at);
        Value rest = f.Minus(at, floor);
        (int First, Value[] Weights) terms =
            Interpolation == "cubic" ? (-1, CubicWeights(f, rest)) : (0, [f.Plus(f.Times(rest, -1), 1), rest]);
        return [.. terms.Weights.Select((w, k) => Inside(f, new Tap(f.Plus(floor, terms.First + k), w), extent))];
    }

    /// <summary>A tap off the grid reads what the padding says.</summary>
    private Tap Inside(Formula f, Tap tap, int extent)
    {
        Value place = tap.Place!;
        if (Padding == "reflection")
        {
            place = Reflected(f, place, extent);
        }

        Value kept = f.Of(new Clip(0, extent - 1), place);
        if (Padding != "zeros")
        {
            return tap with { Place = kept };
        }

        Value inside = f.Equal(kept, place);
        return new Tap(kept, tap.Weight is { } w ? f.Product(w, inside) : inside);
    }

    /// <summary>The place on the grid that stands for one beyond it.</summary>
    private Value Kept(Formula f, Value at, int extent) =>
        Padding switch
        {
            "border" => f.Of(new Clip(0, extent - 1), at),
            "reflection" => Reflected(f, at, extent),
            _ => at,
        };

    /// <summary>Back and forth between the centres, or the outer edges, of the outermost elements.</summary>
    private Value Reflected(Formula f, Value at, int extent)
    {
        double lower = AlignCorners ? 0 : -0.5;
        double range = extent - 1 - 2 * lower;
        if (range == 0)
        {
            return f.Times(at, 0);
        }

        Value phase = f.Modulo(f.Plus(at, -lower), 2 * range);
        return f.Plus(f.Times(f.Of(new Absolute(), f.Plus(phase, -range)), -1), lower + range);
    }

    /// <summary>The weights of the elements -1, 0, 1 and 2 seen from the place's integer part.  rest: its fractional part.</summary>
    private static Value[] CubicWeights(Formula f, Value rest)
    {
        Value back = f.Plus(f.Times(rest, -1), 1);
        return [Far(f, f.Plus(rest, 1)), Near(f, rest), Near(f, back), Far(f, f.Plus(back, 1))];
    }

    private static Value Near(Formula f, Value d) =>
        f.Plus(f.Product(f.Plus(f.Times(d, Cubic + 2), -(Cubic + 3)), f.Product(d, d)), 1);

    private static Value Far(Formula f, Value d) =>
        f.Plus(f.Product(f.Plus(f.Product(f.Plus(f.Times(d, Cubic), -5 * Cubic), d), 8 * Cubic), d), -4 * Cubic);

    /// <summary>An element and its weight, 1 where it is null; a place of null is the first element.</summary>
    private sealed record Tap(Value? Place, Value? Weight)
    {
        /// <summary>This tap of the axes so far with one of the next axis.</summary>
        public Tap Times(NodeReader n, Tap next, int stride)
        {
            var f = new Formula(n);
            Value step = f.Times(next.Place!, stride);
            Value? weight =
                Weight is null ? next.Weight
                : next.Weight is null ? Weight
                : f.Product(Weight, next.Weight);
            return new Tap(Place is null ? step : Broadcasting.Combine(n, BinaryFunction.Add, Place, step), weight);
        }
    }
}
