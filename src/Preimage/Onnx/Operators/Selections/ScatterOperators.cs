using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Operators that write elements into a tensor at constant indices.</summary>
internal static class ScatterOperators
{
    private const string ConstantIndices = "the indices are constant";

    public static Operator[] All =>
        [
            new("Scatter", n => [ScatterElements(n)], ConstantIndices),
            new("ScatterElements", n => [ScatterElements(n)], ConstantIndices),
            new("ScatterND", n => [ScatterSlices(n)], ConstantIndices),
            new("TensorScatter", n => [ScatterSequences(n)], ConstantIndices),
        ];

    /// <summary>y[.., indices[.., i, ..], ..] = updates[.., i, ..]: only the named axis is looked up.</summary>
    private static Value ScatterElements(NodeReader n)
    {
        Value x = n.Input(0);
        int axis = n.Axis(n.Int("axis", 0), x.Rank);
        long[] indices = n.Integers(1);
        int[] shape = n.Input(1).Shape;
        if (
            shape.Length != x.Rank
            || shape.Where((d, i) => i != axis && d > x.Shape[i]).Any()
            || !shape.AsSpan().SequenceEqual(n.Input(2).Shape)
        )
        {
            throw Misfit(n, shape, x.Shape);
        }

        n.Spend(indices.Length);
        int[] strides = Shapes.Strides(x.Shape);
        int along = strides[axis];
        strides[axis] = 0;
        int[] targets = Shapes.View(shape, strides);
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] += GatherOperators.Place(n, indices[i], x.Shape[axis]) * along;
        }

        return Write(n, x, n.Input(2), targets);
    }

    /// <summary>The last axis of the indices holds the first coordinates of the slice that is written.</summary>
    private static Value ScatterSlices(NodeReader n)
    {
        Value x = n.Input(0);
        long[] indices = n.Integers(1);
        int[] at = n.Input(1).Shape;
        int depth = at.Length == 0 ? 0 : at[^1];
        if (depth == 0 || depth > x.Rank)
        {
            throw Misfit(n, at, x.Shape);
        }

        int[] shape = n.Shape(Array.ConvertAll<int, long>([.. at[..^1], .. x.Shape[depth..]], d => d));
        if (!shape.AsSpan().SequenceEqual(n.Input(2).Shape))
        {
            throw Misfit(n, at, x.Shape);
        }

        int[] strides = Shapes.Strides(x.Shape);
        int slice = Shapes.Product(x.Shape.AsSpan(depth));
        int[] targets = new int[Shapes.Product(shape)];
        for (int k = 0; k < targets.Length; k++)
        {
            targets[k] = k % slice;
            for (int i = 0; i < depth; i++)
            {
                targets[k] += GatherOperators.Place(n, indices[k / slice * depth + i], x.Shape[i]) * strides[i];
            }
        }

        return Write(n, x, n.Input(2), targets);
    }

    /// <summary>A cache of sequences: the update of batch b goes from its write index on, around the end when the mode is circular.</summary>
    private static Value ScatterSequences(NodeReader n)
    {
        Value x = n.Input(0);
        Value update = n.Input(1);
        int axis = n.Axis(n.Int("axis", -2), x.Rank);
        bool circular = n.Text("mode", "linear") switch
        {
            "linear" => false,
            "circular" => true,
            var other => throw n.Fail($"has the mode '{other}', which is not known; known are linear and circular"),
        };
        int[] expected = [.. x.Shape];
        expected[axis] = axis < update.Rank ? update.Shape[axis] : -1;
        long[] starts = n.Has(2) ? n.Integers(2) : new long[x.Shape[0]];
        if (axis == 0 || !expected.AsSpan().SequenceEqual(update.Shape) || starts.Length != x.Shape[0])
        {
            throw Misfit(n, update.Shape, x.Shape);
        }

        Line lines = Line.Along(update.Shape, axis);
        int size = x.Shape[axis];
        int perBatch = lines.Elements / Math.Max(1, starts.Length);
        int[] targets = new int[lines.Elements];
        n.Spend(targets.Length);
        for (int k = 0; k < targets.Length; k++)
        {
            long place = starts[k / perBatch] + lines.Place(k);
            int row = GatherOperators.Place(n, circular ? place % size : place, size);
            targets[k] = (k / lines.Inner / lines.Count * size + row) * lines.Inner + k % lines.Inner;
        }

        return Write(n, x, update, targets);
    }

    private static ModelException Misfit(NodeReader n, int[] indices, int[] shape) =>
        n.Fail(
            $"writes by indices of shape {Shapes.Text(indices)} into the shape {Shapes.Text(shape)}, which do not fit"
        );

    /// <summary>The last update of an element is the one that stays; with a reduction all of them and the element are reduced.</summary>
    private static Value Write(NodeReader n, Value x, Value updates, int[] targets)
    {
        Folding.DemandOneKind(n, x, updates);
        Reduction? reduction = n.Text("reduction", "none") switch
        {
            "none" => null,
            "add" => Reduction.Sum,
            "mul" => Reduction.Product,
            "min" => Reduction.Minimum,
            "max" => Reduction.Maximum,
            var other => throw n.Fail(
                $"reduces by '{other}', which is not known; known are none, add, mul, min and max"
            ),
        };
        int size = n.Graph.Size(x.Node);
        n.Spend(2L * size + 3L * targets.Length);
        int[] sources = [.. Enumerable.Range(0, size)];
        int both = n.Graph.Concatenate(1, [x.Node, updates.Node]);
        if (reduction is { } kind)
        {
            both = Reduced(n, kind, targets, sources, both);
        }
        else
        {
            for (int k = 0; k < targets.Length; k++)
            {
                sources[targets[k]] = size + k;
            }
        }

        return x with
        {
            Node = n.Graph.Select(sources, both),
        };
    }

    /// <summary>Elements that meet as many updates are reduced together: [elements, 1 + updates]. Says in sources where they stand.</summary>
    private static int Reduced(NodeReader n, Reduction kind, int[] targets, int[] sources, int both)
    {
        List<int> parts = [both];
        int next = n.Graph.Size(both);
        foreach (
            var met in Enumerable
                .Range(0, targets.Length)
                .GroupBy(k => targets[k])
                .GroupBy(updates => updates.Count())
                .OrderBy(group => group.Key)
        )
        {
            int[] operands =
            [
                .. met.SelectMany(updates => updates.Select(k => k + sources.Length).Prepend(updates.Key)),
            ];
            int count = met.Key + 1;
            parts.Add(
                n.Graph.Reduce(new Reduce(kind, operands.Length / count, count, 1), n.Graph.Select(operands, both))
            );
            foreach (var updates in met)
            {
                sources[updates.Key] = next++;
            }
        }

        return n.Graph.Concatenate(1, [.. parts]);
    }
}
