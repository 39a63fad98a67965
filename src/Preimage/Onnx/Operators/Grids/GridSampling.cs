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
            Tap[] along = Along(new Term(n, places[axis]), x.Shape[axis + 2]);
            int stride = strides[axis + 2];
            taps = [.. taps.SelectMany(t => along.Select(a => t.Times(a, stride)))];
        }

        int planes = Shapes.Product(x.Shape.AsSpan(0, 2));
        int count = Shapes.Product(x.Shape.AsSpan(2));
        var firsts = new Term(
            n,
            new Value(
                n.Graph.Constant([.. Enumerable.Range(0, planes).Select(i => (double)i * count)]),
                [x.Shape[0], x.Shape[1], 1]
            )
        );
        Term? sum = null;
        foreach (Tap tap in taps)
        {
            Value source = (tap.Place!.Value + firsts).Value;
            var read = new Term(n, source with { Node = n.Graph.Lookup(x.Node, source.Node), Kind = x.Kind });
            Term term = tap.Weight is { } weight ? read * weight : read;
            sum = sum is { } before ? before + term : term;
        }

        return sum!.Value.Value;
    }

    /// <summary>The elements of one axis that take part, and their weights.</summary>
    private Tap[] Along(Term place, int extent)
    {
        if (Interpolation == "nearest")
        {
            Term nearest = Kept(place.Of(new RoundToEven()), extent).Of(new RoundToEven());
            return [Inside(new Tap(nearest, null), extent)];
        }

        // A cubic reads each of its elements where it is padded, a line's are brought back onto the grid themselves.
        Term at = Interpolation == "cubic" ? place : Kept(place, extent);
        Term floor = at.Of(new Floor());
        Term rest = at - floor;
        (int first, Term[] weights) = Interpolation == "cubic" ? (-1, CubicWeights(rest)) : (0, [rest * -1 + 1, rest]);
        return [.. weights.Select((w, k) => Inside(new Tap(floor + (first + k), w), extent))];
    }

    /// <summary>A tap off the grid reads what the padding says.</summary>
    private Tap Inside(Tap tap, int extent)
    {
        Term place = Padding == "reflection" ? Reflected(tap.Place!.Value, extent) : tap.Place!.Value;
        Term kept = place.Of(new Clip(0, extent - 1));
        if (Padding != "zeros")
        {
            return tap with { Place = kept };
        }

        Term inside = kept.Matches(place);
        return new Tap(kept, tap.Weight is { } weight ? weight * inside : inside);
    }

    /// <summary>The place on the grid that stands for one beyond it.</summary>
    private Term Kept(Term at, int extent) =>
        Padding switch
        {
            "border" => at.Of(new Clip(0, extent - 1)),
            "reflection" => Reflected(at, extent),
            _ => at,
        };

    /// <summary>Back and forth between the centres, or the outer edges, of the outermost elements.</summary>
    private Term Reflected(Term at, int extent)
    {
        double lower = AlignCorners ? 0 : -0.5;
        double range = extent - 1 - 2 * lower;
        return range == 0 ? at * 0 : ((at - lower).Modulo(2 * range) - range).Of(new Absolute()) * -1 + (lower + range);
    }

    /// <summary>The weights of the elements -1, 0, 1 and 2 seen from the place's integer part.  rest: its fractional part.</summary>
    private static Term[] CubicWeights(Term rest)
    {
        Term back = rest * -1 + 1;
        return [Far(rest + 1), Near(rest), Near(back), Far(back + 1)];
    }

    private static Term Near(Term d) => (d * (Cubic + 2) - (Cubic + 3)) * (d * d) + 1;

    private static Term Far(Term d) => ((d * Cubic - 5 * Cubic) * d + 8 * Cubic) * d - 4 * Cubic;

    /// <summary>An element and its weight, 1 where it is null; a place of null is the first element.</summary>
    private sealed record Tap(Term? Place, Term? Weight)
    {
        /// <summary>This tap of the axes so far with one of the next axis.</summary>
        public Tap Times(Tap next, int stride)
        {
            Term step = next.Place!.Value * stride;
            Term? weight = (Weight, next.Weight) switch
            {
                ({ } own, { } other) => own * other,
                _ => Weight ?? next.Weight,
            };
            return new Tap(Place is { } place ? place + step : step, weight);
        }
    }
}
