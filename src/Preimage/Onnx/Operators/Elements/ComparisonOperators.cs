using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Comparisons and logic, whose values are 0 and 1 and locally constant, and the selection by them.</summary>
internal static class ComparisonOperators
{
    public static Operator[] All =>
        [
            new("Equal", n => [Compare(n, BinaryFunction.Equal, 0, 1)], Support.Jumps),
            new("Less", n => [Compare(n, BinaryFunction.Less, 0, 1)], Support.Jumps),
            new("LessOrEqual", n => [Compare(n, BinaryFunction.LessOrEqual, 0, 1)], Support.Jumps),
            new("Greater", n => [Compare(n, BinaryFunction.Less, 1, 0)], Support.Jumps),
            new("GreaterOrEqual", n => [Compare(n, BinaryFunction.LessOrEqual, 1, 0)], Support.Jumps),
            new("And", n => [Join(n, BinaryFunction.Minimum)], Support.Jumps),
            new("Or", n => [Join(n, BinaryFunction.Maximum)], Support.Jumps),
            new("Xor", n => [Differ(n)], Support.Jumps),
            new("Not", n => [Not(n, n.Input(0))], Support.Jumps),
            new("IsNaN", n => [IsNaN(n)], Support.Jumps),
            new("IsInf", n => [IsInfinite(n)], Support.Jumps),
            new("Where", n => [Where(n)]),
        ];

    /// <summary>1 - a of a value that is 0 or 1.</summary>
    public static Value Not(NodeReader n, Value a)
    {
        Value one = Broadcasting.Number(n, 1) with { Kind = ElementKind.Boolean };
        return Broadcasting.Combine(n, BinaryFunction.Subtract, one, a) with { Kind = ElementKind.Boolean };
    }

    /// <summary>1 where an element is not 0.</summary>
    public static Value NotZero(NodeReader n, Value a) =>
        a.Kind == ElementKind.Boolean
            ? a
            : Not(n, Broadcasting.Combine(n, BinaryFunction.Equal, a, Broadcasting.Number(n, 0)));

    private static Value Compare(NodeReader n, BinaryFunction f, int left, int right)
    {
        Folding.DemandOneKind(n, n.Input(0), n.Input(1));
        Value result = Broadcasting.Combine(n, f, n.Input(left), n.Input(right));
        return result with { Kind = ElementKind.Boolean };
    }

    private static Value Join(NodeReader n, BinaryFunction f)
    {
        Value result = Broadcasting.Combine(n, f, Truth(n, 0), Truth(n, 1));
        return result with { Kind = ElementKind.Boolean };
    }

    private static Value Differ(NodeReader n) =>
        Not(n, Broadcasting.Combine(n, BinaryFunction.Equal, Truth(n, 0), Truth(n, 1)));

    private static Value Truth(NodeReader n, int i) =>
        n.Input(i).Kind == ElementKind.Boolean
            ? n.Input(i)
            : throw n.Fail($"has an input {i + 1} that must be booleans");

    /// <summary>Only NaN differs from itself.</summary>
    private static Value IsNaN(NodeReader n) =>
        Not(n, Broadcasting.Combine(n, BinaryFunction.Equal, n.Input(0), n.Input(0)));

    /// <summary>Beyond the largest finite number, on the sides that are asked for.</summary>
    private static Value IsInfinite(NodeReader n)
    {
        Value x = n.Real(0);
        Value above = Broadcasting.Combine(n, BinaryFunction.Less, Broadcasting.Number(n, double.MaxValue), x);
        Value below = Broadcasting.Combine(n, BinaryFunction.Less, x, Broadcasting.Number(n, double.MinValue));
        double positive = n.Int("detect_positive", 1) != 0 ? 1 : 0;
        double negative = n.Int("detect_negative", 1) != 0 ? 1 : 0;
        above = Broadcasting.Combine(n, BinaryFunction.Multiply, above, Broadcasting.Number(n, positive));
        below = Broadcasting.Combine(n, BinaryFunction.Multiply, below, Broadcasting.Number(n, negative));
        return Broadcasting.Combine(n, BinaryFunction.Add, above, below) with { Kind = ElementKind.Boolean };
    }

    /// <summary>A constant condition selects from both branches laid side by side; another one chooses at the point.</summary>
    private static Value Where(NodeReader n)
    {
        Value condition = Truth(n, 0);
        Value a = n.Input(1);
        Value b = n.Input(2);
        Folding.DemandOneKind(n, a, b);
        int[] branches = Broadcasting.Common(n, a, b);
        int[] shape = Broadcasting.Common(n, condition, a with { Shape = branches });
        int chosen = Broadcasting.To(n, condition, shape);
        int left = Broadcasting.To(n, a, shape);
        int right = Broadcasting.To(n, b, shape);
        n.Spend(2L * n.Graph.Size(chosen));
        int node = n.Graph.ConstantValue(chosen) is { } choice
            ? n.Graph.Select(
                [.. choice.Select((c, i) => c != 0 ? i : i + choice.Length)],
                n.Graph.Concatenate(1, [left, right])
            )
            : n.Graph.Choose(chosen, left, right);
        return a with { Node = node, Shape = shape };
    }
}
