using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Operators that make constants, or are computed on constants while reading because they are not differentiable.</summary>
internal static class ConstantOperators
{
    private const string OnConstants = "on constants only (not differentiable)";

    public static Operator[] All =>
        [
            new("Constant", n => [Constant(n)], "numbers"),
            new("ConstantOfShape", n => [ConstantOfShape(n)], "the shape is constant"),
            new("Range", n => [Range(n)], "the bounds are constant"),
            Function("Ceil", Math.Ceiling),
            Function("Floor", Math.Floor),
            Function("Round", e => Math.Round(e, MidpointRounding.ToEven)),
            Function("Sign", e => Math.Sign(e)),
            new(
                "Not",
                n => [Folding.Elementwise(n, n.Input(0), ElementKind.Boolean, e => e == 0 ? 1 : 0)],
                OnConstants
            ),
            new("ArgMax", n => [Extreme(n, larger: true)], OnConstants),
            new("ArgMin", n => [Extreme(n, larger: false)], OnConstants),
            new("Mod", n => [Folding.Combine(n, n.Input(0), n.Input(1), n.Input(0).Kind, Modulo(n))], OnConstants),
            new(
                "IsNaN",
                n => [Folding.Elementwise(n, n.Input(0), ElementKind.Boolean, e => double.IsNaN(e) ? 1 : 0)],
                OnConstants
            ),
            Relation("Equal", (a, b) => a == b),
            Relation("Greater", (a, b) => a > b),
            Relation("GreaterOrEqual", (a, b) => a >= b),
            Relation("Less", (a, b) => a < b),
            Relation("LessOrEqual", (a, b) => a <= b),
            Relation("And", (a, b) => a != 0 && b != 0),
            Relation("Or", (a, b) => a != 0 || b != 0),
            Relation("Xor", (a, b) => a != b),
        ];

    private static Operator Function(string name, Func<double, double> f) =>
        new(name, n => [Folding.Elementwise(n, n.Input(0), n.Input(0).Kind, f)], OnConstants);

    private static Operator Relation(string name, Func<double, double, bool> holds) =>
        new(
            name,
            n =>
            {
                Folding.DemandOneKind(n, n.Input(0), n.Input(1));
                return [Folding.Combine(n, n.Input(0), n.Input(1), ElementKind.Boolean, (a, b) => holds(a, b) ? 1 : 0)];
            },
            OnConstants
        );

    /// <summary>Of the divisor's sign, as integers are divided; of the dividend's sign with fmod.</summary>
    private static Func<double, double, double> Modulo(NodeReader n) =>
        n.Int("fmod", 0) != 0 ? (a, b) => a % b : (a, b) => a - b * Math.Floor(a / b);

    /// <summary>Where the largest or smallest element of each line stands.</summary>
    private static Value Extreme(NodeReader n, bool larger)
    {
        Value x = n.Input(0);
        Tensor tensor = Folding.Foldable(n, x);
        int axis = n.Axis(n.Int("axis", 0), x.Rank);
        bool last = n.Int("select_last_index", 0) != 0;
        int[] shape = [.. x.Shape];
        shape[axis] = 1;
        n.Shape(Array.ConvertAll(shape, d => (long)d));
        int outer = Shapes.Product(x.Shape.AsSpan(0, axis));
        int inner = Shapes.Product(x.Shape.AsSpan(axis + 1));
        double[] places = new double[outer * inner];
        int k = 0;
        foreach (Lane lane in Lane.Of(outer, x.Shape[axis], inner))
        {
            int best = 0;
            for (int i = 1; i < lane.Count; i++)
            {
                double gain = tensor.Elements[lane[i]] - tensor.Elements[lane[best]];
                gain = larger ? gain : -gain;
                best = gain > 0 || (gain == 0 && last) ? i : best;
            }

            places[k++] = best;
        }

        return n.Make(
            n.Int("keepdims", 1) != 0 ? shape : [.. x.Shape[..axis], .. x.Shape[(axis + 1)..]],
            places,
            ElementKind.Integer
        );
    }

    private static Value Constant(NodeReader n)
    {
        if (n.TensorAttribute("value") is { } tensor)
        {
            int bad = Array.FindIndex(tensor.Elements, double.IsNaN);
            if (bad >= 0)
            {
                throw n.Fail($"holds NaN at index {bad}; weights must be numbers");
            }

            return n.Make(tensor.Shape, tensor.Elements, tensor.Kind);
        }

        if (n.Floats("value_floats") is { } reals)
        {
            return n.Make([reals.Length], reals, ElementKind.Real);
        }

        if (n.Ints("value_ints") is { } integers)
        {
            return n.Make([integers.Length], Array.ConvertAll(integers, i => (double)i), ElementKind.Integer);
        }

        double real = n.Float("value_float", double.NaN);
        if (!double.IsNaN(real))
        {
            return n.Make([], [real], ElementKind.Real);
        }

        long integer = n.Int("value_int", long.MinValue);
        return integer != long.MinValue
            ? n.Make([], [integer], ElementKind.Integer)
            : throw n.Fail("holds no number or tensor of numbers");
    }

    private static Value ConstantOfShape(NodeReader n)
    {
        int[] shape = n.Shape(n.Integers(0));
        Tensor value = n.TensorAttribute("value") ?? new Tensor([1], [0], ElementKind.Real);
        if (value.Elements.Length != 1)
        {
            throw n.Fail($"has a value of {value.Elements.Length} elements, where one is needed");
        }

        double[] elements = new double[Shapes.Product(shape)];
        Array.Fill(elements, value.Elements[0]);
        return n.Make(shape, elements, value.Kind);
    }

    private static Value Range(NodeReader n)
    {
        double start = n.Scalar(0);
        double delta = n.Scalar(2);
        double count = Math.Max(0, Math.Ceiling((n.Scalar(1) - start) / delta));
        int[] shape = n.Shape([double.IsNaN(count) || count > Limits.TensorElements ? long.MaxValue : (long)count]);
        double[] elements = new double[shape[0]];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = start + i * delta;
        }

        return n.Make(shape, elements, n.Input(0).Kind);
    }
}
