using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Preparation of features, as libraries of classical machine learning export it (domain ai.onnx.ml).  x: [samples, features], or one sample.</summary>
internal static class LearningOperators
{
    public static Operator[] All =>
        [
            Of("ArrayFeatureExtractor", n => [Extract(n)], "the indices are constant"),
            Of("Binarizer", n => [Binarize(n)], Support.Jumps),
            Of("FeatureVectorizer", n => [Join(n)]),
            Of("Imputer", n => [Impute(n)], "numbers"),
            Of("LabelEncoder", n => [Encode(n)], "between numbers"),
            Of("Normalizer", n => [Normalize(n)]),
            Of("OneHotEncoder", n => [OneHot(n)], "of integers"),
            Of("Scaler", n => [Scale(n)]),
            Of("ZipMap", n => [n.Input(0)], "gives the numbers, without their names"),
        ];

    /// <summary>An operator of the domain.</summary>
    public static Operator Of(string name, Lowering lower, string limits = "") =>
        new(name, lower, limits) { Domain = Domains.Learning };

    /// <summary>The samples as rows of real numbers.</summary>
    public static Value Rows(NodeReader n, int input)
    {
        Value x = n.Input(input) with { Kind = ElementKind.Real };
        return x.Rank switch
        {
            1 => x.In([1, x.Shape[0]]),
            2 => x,
            _ => throw n.Fail($"takes a tensor of shape {Shapes.Text(x.Shape)}, where rows of features are needed"),
        };
    }

    /// <summary>A constant as a row, one number for each of so many columns or one for all.</summary>
    private static Value Row(NodeReader n, double[]? numbers, int columns, double otherwise)
    {
        double[] row = numbers is null or { Length: 0 } ? [otherwise] : numbers;
        return row.Length == 1 || row.Length == columns
            ? new Value(n.Graph.Constant(row), [row.Length])
            : throw n.Fail($"has {row.Length} numbers for {columns} features, which do not fit");
    }

    private static Value Extract(NodeReader n)
    {
        Value x = n.Input(0);
        long[] indices = n.Integers(1);
        x =
            x.Rank == 0 ? throw n.Fail("takes a single number, where a row is needed")
            : x.Rank == 1 ? x.In([1, x.Shape[0]])
            : x;
        int[] shape = n.Shape([.. x.Shape[..^1].Select(d => (long)d), indices.Length]);
        int[] columns = [.. indices.Select(i => GatherOperators.Place(n, i, x.Shape[^1]))];
        int[] sources = new int[Shapes.Product(shape)];
        for (int k = 0; k < sources.Length; k++)
        {
            sources[k] = k / columns.Length * x.Shape[^1] + columns[k % columns.Length];
        }

        return x with
        {
            Node = n.Graph.Select(sources, x.Node),
            Shape = shape,
        };
    }

    private static Value Binarize(NodeReader n)
    {
        Value x = n.Input(0) with { Kind = ElementKind.Real };
        return Broadcasting.Combine(n, BinaryFunction.Less, Broadcasting.Number(n, n.Float("threshold", 0)), x);
    }

    private static Value Join(NodeReader n)
    {
        Value[] parts = [.. Enumerable.Range(0, n.InputCount).Select(i => Rows(n, i))];
        if (parts.Length == 0 || parts.Any(p => p.Shape[0] != parts[0].Shape[0]))
        {
            throw n.Fail("joins features of different numbers of samples");
        }

        int[] shape = n.Shape([parts[0].Shape[0], parts.Sum(p => (long)p.Shape[1])]);
        return new Value(n.Graph.Concatenate(shape[0], [.. parts.Select(p => p.Node)]), shape);
    }

    /// <summary>Numbers instead of one that marks what is missing (NaN, where none is named).</summary>
    private static Value Impute(NodeReader n)
    {
        Value x = Rows(n, 0);
        double[]? integers = n.Ints("imputed_value_int64s") is { } whole
            ? Array.ConvertAll(whole, i => (double)i)
            : null;
        Value row = Row(n, n.Floats("imputed_value_floats") ?? integers, x.Shape[1], 0);
        double? mark = integers is null ? Mark(n) : n.Int("replaced_value_int64", 0);
        Value marked = mark is { } number
            ? Broadcasting.Combine(n, BinaryFunction.Equal, x, Broadcasting.Number(n, number))
            : ComparisonOperators.Not(n, Broadcasting.Combine(n, BinaryFunction.Equal, x, x));
        return x with { Node = n.Graph.Choose(marked.Node, Broadcasting.To(n, row, x.Shape), x.Node) };
    }

    /// <summary>The number that stands for a missing one; null for NaN.</summary>
    private static double? Mark(NodeReader n) =>
        n.FloatOrNaN("replaced_value_float") is var mark && double.IsNaN(mark) ? null : mark;

    /// <summary>The value of the key that an element equals, or the default one.</summary>
    private static Value Encode(NodeReader n)
    {
        Value x = n.Input(0);
        double[] keys = Numbers(n, "keys");
        double[] values = Numbers(n, "values");
        bool real = n.Floats("values_floats") is not null;
        double otherwise = real ? n.Float("default_float", 0) : n.Int("default_int64", -1);
        if (keys.Length != values.Length)
        {
            throw n.Fail($"has {keys.Length} keys and {values.Length} values, which should be as many");
        }

        Value result = new(n.Graph.Constant([otherwise]), []);
        result = result with { Node = Broadcasting.To(n, result, x.Shape), Shape = x.Shape };
        n.Spend(4L * keys.Length * n.Graph.Size(x.Node));
        for (int i = keys.Length - 1; i >= 0; i--)
        {
            Value met = Broadcasting.Combine(n, BinaryFunction.Equal, x, Broadcasting.Number(n, keys[i]));
            int value = Broadcasting.To(n, Broadcasting.Number(n, values[i]), x.Shape);
            result = result with { Node = n.Graph.Choose(met.Node, value, result.Node) };
        }

        return result with
        {
            Kind = real ? ElementKind.Real : ElementKind.Integer,
        };
    }

    private static double[] Numbers(NodeReader n, string name) =>
        n.Floats($"{name}_floats")
        ?? (n.Ints($"{name}_int64s") is { } integers ? Array.ConvertAll(integers, i => (double)i) : null)
        ?? throw n.Fail($"has {name} that are no lists of numbers, which is not supported");

    private static Value Normalize(NodeReader n)
    {
        Value x = Rows(n, 0);
        Reduction norm = n.Text("norm", "MAX") switch
        {
            "MAX" => Reduction.Maximum,
            "L1" => Reduction.AbsoluteSum,
            "L2" => Reduction.EuclideanNorm,
            var other => throw n.Fail($"normalises by '{other}', which is not known; known are MAX, L1 and L2"),
        };
        if (x.Shape[1] == 0)
        {
            throw n.Fail("normalises no features");
        }

        var size = new Value(n.Graph.Reduce(new Reduce(norm, x.Shape[0], x.Shape[1], 1), x.Node), [x.Shape[0], 1]);
        // A row of norm 0 stays as it is.
        Value nothing = Broadcasting.Combine(n, BinaryFunction.Equal, size, Broadcasting.Number(n, 0));
        Value divisor = Broadcasting.Combine(n, BinaryFunction.Add, size, nothing);
        return Broadcasting.Combine(n, BinaryFunction.Divide, x, divisor);
    }

    /// <summary>1 at the category that an element equals; an element that equals none is all zeros.</summary>
    private static Value OneHot(NodeReader n)
    {
        Value x = n.Input(0);
        long[] categories = n.Ints("cats_int64s") ?? throw n.Fail("has categories of text, which is not supported");
        var row = new Value(n.Graph.Constant(Array.ConvertAll(categories, c => (double)c)), [categories.Length]);
        return n.Int("zeros", 1) != 0
            ? Broadcasting.Combine(n, BinaryFunction.Equal, x.In([.. x.Shape, 1]), row)
            : throw n.Fail("refuses unknown categories, which is not supported; allow them by zeros = 1");
    }

    private static Value Scale(NodeReader n)
    {
        Value x = n.Input(0) with { Kind = ElementKind.Real };
        int columns = x.Rank == 0 ? 1 : x.Shape[^1];
        Value offset = Row(n, n.Floats("offset"), columns, 0);
        Value scale = Row(n, n.Floats("scale"), columns, 1);
        Value centred = Broadcasting.Combine(n, BinaryFunction.Subtract, x, offset);
        return Broadcasting.Combine(n, BinaryFunction.Multiply, centred, scale);
    }
}
