using System.Collections.Immutable;

namespace Preimage.Onnx;

/// <summary>Sequences of tensors, which exist while reading only, and optional values that are there.</summary>
internal static class SequenceOperators
{
    private const string ConstantPlaces = "the positions are constant";

    public static Operator[] All =>
        [
            new("SequenceEmpty", n => [Sequence(n, [])]),
            new("SequenceConstruct", n => [Sequence(n, [.. Enumerable.Range(0, n.InputCount).Select(n.Input)])]),
            new("SequenceInsert", n => [Insert(n)], ConstantPlaces),
            new("SequenceErase", n => [Erase(n)], ConstantPlaces),
            new("SequenceAt", n => [At(n)], ConstantPlaces),
            new("SequenceLength", n => [n.Make([], [n.Sequence(0).Length], ElementKind.Integer)]),
            new("SequenceMap", Map),
            new("SplitToSequence", n => [Split(n)], "the sizes are constant"),
            new("ConcatFromSequence", n => [Concat(n)]),
            new(
                "Optional",
                n => [n.Has(0) ? n.Any(0) : throw n.Fail("makes an empty optional, which is not supported")]
            ),
            new("OptionalGetElement", n => [n.Any(0)]),
            new("OptionalHasElement", n => [n.Make([], [n.Has(0) ? 1 : 0], ElementKind.Boolean)]),
        ];

    private static Value Sequence(NodeReader n, ImmutableArray<Value> items)
    {
        n.Spend(items.Length);
        return new Value(n.Graph.Constant([]), [0]) { Items = items };
    }

    private static Value Insert(NodeReader n)
    {
        ImmutableArray<Value> items = n.Sequence(0);
        return Sequence(n, items.Insert(n.Has(2) ? Place(n, 2, items.Length, items.Length) : items.Length, n.Input(1)));
    }

    private static Value Erase(NodeReader n)
    {
        ImmutableArray<Value> items = n.Sequence(0);
        return Sequence(
            n,
            items.RemoveAt(n.Has(1) ? Place(n, 1, items.Length, items.Length - 1) : Last(n, items.Length))
        );
    }

    private static Value At(NodeReader n)
    {
        ImmutableArray<Value> items = n.Sequence(0);
        return items[Place(n, 1, items.Length, items.Length - 1)];
    }

    private static int Last(NodeReader n, int length) =>
        length > 0 ? length - 1 : throw n.Fail("takes the last tensor of an empty sequence");

    /// <summary>A position, counted from the end when negative.</summary>
    private static int Place(NodeReader n, int input, int length, int highest)
    {
        long[] numbers = n.Integers(input);
        long place = numbers.Length == 1 ? numbers[0] : throw n.Fail($"has {numbers.Length} positions");
        place = place < 0 ? place + length : place;
        return place >= 0 && place <= highest
            ? (int)place
            : throw n.Fail($"names the position {numbers[0]} of a sequence of {length}");
    }

    /// <summary>The body on each item; what is no sequence is the same for all.</summary>
    private static Value[] Map(NodeReader n)
    {
        Body body = n.Body("body");
        ImmutableArray<Value> first = n.Sequence(0);
        var results = new List<Value>[body.Outputs];
        for (int k = 0; k < results.Length; k++)
        {
            results[k] = [];
        }

        for (int i = 0; i < first.Length; i++)
        {
            int item = i;
            Value[] outputs = body.Lower([.. Enumerable.Range(0, n.InputCount).Select(k => Item(n, n.Any(k), item))]);
            for (int k = 0; k < results.Length; k++)
            {
                results[k].Add(outputs[k]);
            }
        }

        return [.. results.Select(r => Sequence(n, [.. r]))];
    }

    private static Value Item(NodeReader n, Value value, int i) =>
        !value.IsSequence ? value
        : i < value.Items.Length ? value.Items[i]
        : throw n.Fail($"maps a sequence of {value.Items.Length} tensors beside a longer one");

    /// <summary>Parts of the given sizes (one number: of that size each, the last perhaps smaller), or single elements.</summary>
    private static Value Split(NodeReader n)
    {
        Value x = n.Input(0);
        int axis = n.Axis(n.Int("axis", 0), x.Rank);
        int size = x.Shape[axis];
        if (!n.Has(1))
        {
            bool kept = n.Int("keepdims", 1) != 0;
            n.SpendNodes(size);
            return Sequence(
                n,
                [
                    .. Enumerable
                        .Range(0, size)
                        .Select(i => kept ? Stacking.Range(n, x, axis, i, 1) : Stacking.At(n, x, axis, i)),
                ]
            );
        }

        long[] sizes = n.Integers(1);
        if (n.Input(1).Rank == 0)
        {
            long part = sizes[0] > 0 ? sizes[0] : throw n.Fail($"splits into parts of {sizes[0]}");
            sizes =
            [
                .. Enumerable.Range(0, (int)((size + part - 1) / part)).Select(i => Math.Min(part, size - i * part)),
            ];
        }

        if (sizes.Any(s => s < 0 || s > size) || sizes.Sum() != size)
        {
            throw n.Fail($"splits {size} elements into parts of {Shapes.Text(sizes)}, which do not add up");
        }

        n.SpendNodes(sizes.Length);
        var parts = ImmutableArray.CreateBuilder<Value>(sizes.Length);
        int start = 0;
        foreach (long part in sizes)
        {
            parts.Add(Stacking.Range(n, x, axis, start, (int)part));
            start += (int)part;
        }

        return Sequence(n, parts.MoveToImmutable());
    }

    private static Value Concat(NodeReader n)
    {
        ImmutableArray<Value> items = n.Sequence(0);
        if (items.Length == 0)
        {
            throw n.Fail("joins an empty sequence");
        }

        bool isNew = n.Int("new_axis", 0) != 0;
        int axis = n.Axis(n.Int("axis", 0), items[0].Rank + (isNew ? 1 : 0));
        return isNew ? Stacking.Along(n, items, axis) : Stacking.Joined(n, items, axis);
    }
}
