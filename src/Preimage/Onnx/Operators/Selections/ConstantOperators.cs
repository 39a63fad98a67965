namespace Preimage.Onnx;

/// <summary>Operators that make constants.</summary>
internal static class ConstantOperators
{
    public static Operator[] All =>
        [
            new("Constant", n => [Constant(n)], "numbers"),
            new("ConstantOfShape", n => [ConstantOfShape(n)], "the shape is constant"),
            new("Range", n => [Range(n)], "the bounds are constant"),
        ];

    private static Value Constant(NodeReader n)
    {
        if (n.TensorAttribute("value") is { } tensor)
        {
            int bad = Array.FindIndex(tensor.Elements, double.IsNaN);
            if (bad >= 0)
            {
                throw n.Fail($"holds NaN at index {bad}; weights must be numbers");
            }

            return n.Make(tensor.Shape, tensor.Elements, tensor.Kind) with
            {
                Type = tensor.Type,
            };
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
        return n.Make(shape, elements, value.Kind) with { Type = value.Type };
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

        return n.Make(shape, elements, n.Input(0).Kind) with
        {
            Type = n.Input(0).Type,
        };
    }
}
