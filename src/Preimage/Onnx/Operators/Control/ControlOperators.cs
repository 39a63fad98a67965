namespace Preimage.Onnx;

/// <summary>Branches and loops, which are decided and unrolled while reading.</summary>
internal static class ControlOperators
{
    public static Operator[] All =>
        [
            new("If", If, "a condition that varies chooses between branches of one shape"),
            new("Loop", Loop, "the number of iterations is constant"),
            new("Scan", Scan, "opset 9 and newer"),
        ];

    /// <summary>A condition that varies makes both branches, and chooses between what they give.</summary>
    private static Value[] If(NodeReader n)
    {
        Value condition = n.Input(0);
        if (n.TryConstant(condition) is { Elements: [var known] })
        {
            return n.Body(known != 0 ? "then_branch" : "else_branch").Lower();
        }

        if (n.Graph.Size(condition.Node) != 1)
        {
            throw n.Fail(
                $"decides by a condition of shape {Shapes.Text(condition.Shape)}, where one boolean is needed"
            );
        }

        Value[] yes = n.Body("then_branch").Lower();
        Value[] no = n.Body("else_branch").Lower();
        return [.. yes.Zip(no, (a, b) => Chosen(n, condition, a, b))];
    }

    private static Value Chosen(NodeReader n, Value condition, Value a, Value b)
    {
        if (a.IsSequence || b.IsSequence || a.Kind != b.Kind || !a.Shape.AsSpan().SequenceEqual(b.Shape))
        {
            throw n.Fail(
                $"decides by the network's input between the shapes {Shapes.Text(a.Shape)} and {Shapes.Text(b.Shape)}, which is not supported where they or their types differ"
            );
        }

        int everywhere = Broadcasting.To(n, condition.In([]), a.Shape);
        return a with { Node = n.Graph.Choose(everywhere, a.Node, b.Node) };
    }

    /// <summary>Inputs: number of iterations, condition, carried values; outputs: the carried values, and what each iteration adds.</summary>
    private static Value[] Loop(NodeReader n)
    {
        Body body = n.Body("body");
        int carried = Math.Max(0, n.InputCount - 2);
        long trips = n.Has(0) ? Single(n, n.Integers(0)) : long.MaxValue;
        bool conditional = n.Has(1);
        bool goesOn = !conditional || Truth(n, n.Input(1));
        Value[] state = [.. Enumerable.Range(2, carried).Select(n.Any)];
        if (body.Outputs < 1 + carried)
        {
            throw n.Fail($"carries {carried} values, but its body has {body.Outputs} outputs");
        }

        var added = new List<Value>[body.Outputs - 1 - carried];
        for (int k = 0; k < added.Length; k++)
        {
            added[k] = [];
        }

        for (long t = 0; t < trips && goesOn; t++)
        {
            Value iteration = n.Make([], [t], ElementKind.Integer);
            Value condition = n.Make([], [1], ElementKind.Boolean);
            Value[] outputs = body.Lower([iteration, condition, .. state]);
            goesOn = !conditional || Truth(n, outputs[0]);
            state = outputs[1..(carried + 1)];
            for (int k = 0; k < added.Length; k++)
            {
                added[k].Add(outputs[1 + carried + k]);
            }
        }

        return [.. state, .. added.Select((parts, k) => Stacked(n, parts, 0, body.DeclaredShape(1 + carried + k)))];
    }

    /// <summary>Inputs: states, then tensors of which each iteration sees one part; outputs: the states, and what each iteration adds.</summary>
    private static Value[] Scan(NodeReader n)
    {
        if (n.Opset < 9)
        {
            throw n.Fail(
                "has the form of before opset 9, which is not supported; convert it with the onnx version converter"
            );
        }

        Body body = n.Body("body");
        int scanned = (int)Math.Clamp(n.Int("num_scan_inputs", 0), 0, n.InputCount);
        int states = n.InputCount - scanned;
        if (scanned == 0 || body.Outputs < states)
        {
            throw n.Fail(
                $"scans {scanned} of {n.InputCount} tensors with a body of {body.Outputs} outputs, which does not fit"
            );
        }

        Value[] tensors = [.. Enumerable.Range(states, scanned).Select(n.Input)];
        int[] axes = [.. tensors.Select((x, i) => n.Axis(Entry(n, "scan_input_axes", i), x.Rank))];
        int steps = tensors[0].Shape[axes[0]];
        if (tensors.Where((x, i) => x.Shape[axes[i]] != steps).Any())
        {
            throw n.Fail("scans tensors of different lengths");
        }

        Value[] state = [.. Enumerable.Range(0, states).Select(n.Input)];
        var added = new List<Value>[body.Outputs - states];
        for (int k = 0; k < added.Length; k++)
        {
            added[k] = [];
        }

        for (int t = 0; t < steps; t++)
        {
            int step = t;
            IEnumerable<Value> parts = tensors.Select(
                (x, i) =>
                    Stacking.At(n, x, axes[i], Entry(n, "scan_input_directions", i) == 0 ? step : steps - 1 - step)
            );
            Value[] outputs = body.Lower([.. state, .. parts]);
            state = outputs[..states];
            for (int k = 0; k < added.Length; k++)
            {
                added[k].Add(outputs[states + k]);
            }
        }

        return [.. state, .. added.Select((parts, k) => Output(n, parts, k, body.DeclaredShape(states + k)))];
    }

    private static Value Output(NodeReader n, List<Value> parts, int k, IEnumerable<long> declared)
    {
        if (Entry(n, "scan_output_directions", k) != 0)
        {
            parts.Reverse();
        }

        int rank = parts.Count == 0 ? 0 : parts[0].Rank;
        return Stacked(n, parts, n.Axis(Entry(n, "scan_output_axes", k), rank + 1), declared);
    }

    /// <summary>The parts along a new axis; of no parts, an empty tensor of the declared shape.</summary>
    private static Value Stacked(NodeReader n, List<Value> parts, int axis, IEnumerable<long> declared) =>
        parts.Count == 0 ? n.Make(n.Shape([0, .. declared]), [], ElementKind.Real) : Stacking.Along(n, parts, axis);

    private static long Entry(NodeReader n, string name, int i) =>
        n.Ints(name) is { } list && i < list.Length ? list[i] : 0;

    private static long Single(NodeReader n, long[] numbers) =>
        numbers.Length == 1 ? numbers[0] : throw n.Fail($"has {numbers.Length} numbers of iterations");

    private static bool Truth(NodeReader n, Value condition) =>
        n.TryConstant(condition) switch
        {
            { Elements: [var known] } => known != 0,
            null => throw n.Fail(
                "goes on or ends by a condition that depends on the network's input, which is not supported; its number of iterations must be constant"
            ),
            _ => throw n.Fail($"has a condition of shape {Shapes.Text(condition.Shape)}, where one boolean is needed"),
        };
}
