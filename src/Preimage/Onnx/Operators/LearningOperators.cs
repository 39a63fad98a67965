using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Preprocessing and linear models as exporters of classical learners write them (domain ai.onnx.ml).</summary>
internal static class LearningOperators
{
    private const string TextLabels = "labels that are texts are given as their places";

    public static Operator[] All =>
        [
            Of("ArrayFeatureExtractor", n => [Extract(n)], "the places are constant"),
            Of("Binarizer", n => [Binarize(n)]),
            Of("FeatureVectorizer", n => [Join(n)]),
            Of("Imputer", n => [Impute(n)]),
            Of("LinearClassifier", Classify, TextLabels),
            Of("LinearRegressor", n => [Regress(n)], "post_transform is NONE, LOGISTIC or SOFTMAX"),
            Of("Normalizer", n => [Normalize(n)]),
            Of("Scaler", n => [Scale(n)]),
            Of("SVMRegressor", n => [SupportVectors.Regress(n)]),
            Of("TreeEnsembleClassifier", TreeEnsembles.Classify, TextLabels),
            Of("TreeEnsembleRegressor", n => [TreeEnsembles.Regress(n)]),
            Of(
                "ZipMap",
                n => throw n.Fail("makes a map of names, which is not supported; look at its input instead"),
                "refused: makes a map of names"
            ),
        ];

    private static Operator Of(string name, Lowering lower, string limits = "") =>
        new(name, lower, limits) { Domain = Domains.Learning };

    /// <summary>(x - offset) scale, both one number or one for each column.</summary>
    private static Value Scale(NodeReader n)
    {
        Value x = n.Input(0);
        Value centred = Column(n, BinaryFunction.Subtract, x with { Kind = ElementKind.Real }, n.Numbers("offset"));
        return Column(n, BinaryFunction.Multiply, centred, n.Numbers("scale"));
    }

    private static Value Column(NodeReader n, BinaryFunction f, Value x, double[] numbers) =>
        numbers.Length == 0 ? x
        : numbers.Length == 1 || (x.Rank > 0 && numbers.Length == x.Shape[^1])
            ? Broadcasting.Combine(n, f, x, n.Make([numbers.Length], numbers, ElementKind.Real)) with
            {
                Shape = x.Shape,
            }
        : throw n.Fail($"has {numbers.Length} numbers for columns of the shape {Shapes.Text(x.Shape)}");

    /// <summary>Rows divided by their norm.</summary>
    private static Value Normalize(NodeReader n)
    {
        Rows x = Rows.Of(n, 0);
        Reduction norm = n.Text("norm", "MAX") switch
        {
            "MAX" => Reduction.Maximum,
            "L1" => Reduction.AbsoluteSum,
            "L2" => Reduction.EuclideanNorm,
            var other => throw n.Fail($"names the norm '{other}'; known are MAX, L1 and L2"),
        };
        n.Spend(2L * x.Count * x.Width);
        int norms = n.Graph.Reduce(new Reduce(norm, x.Count, x.Width, 1), x.Node);
        int repeated = n.Graph.Select(Shapes.View([x.Count, x.Width], [1, 0]), norms);
        return n.Input(0) with
        {
            Node = n.Graph.Combine(BinaryFunction.Divide, x.Node, repeated),
            Kind = ElementKind.Real,
        };
    }

    /// <summary>Columns beside each other.</summary>
    private static Value Join(NodeReader n)
    {
        n.Input(0);
        Rows[] parts = [.. Enumerable.Range(0, n.InputCount).Select(i => Rows.Of(n, i))];
        if (parts.Any(p => p.Count != parts[0].Count))
        {
            throw n.Fail("joins features of different numbers of rows");
        }

        int node = n.Graph.Concatenate(parts[0].Count, [.. parts.Select(p => p.Node)]);
        return new Value(node, n.Shape([parts[0].Count, parts.Sum(p => (long)p.Width)]));
    }

    /// <summary>Another number where a column has the replaced one; NaN is never there, so that nothing is replaced then.</summary>
    private static Value Impute(NodeReader n)
    {
        Value x = n.Input(0);
        bool isReal = x.Kind == ElementKind.Real;
        double replaced = isReal ? n.Float("replaced_value_float", 0, finite: false) : n.Int("replaced_value_int64", 0);
        double[] values = isReal
            ? n.Numbers("imputed_value_floats")
            : Array.ConvertAll(n.Ints("imputed_value_int64s") ?? [], v => (double)v);
        if (double.IsNaN(replaced))
        {
            return x;
        }

        if (values.Length != 1 && (x.Rank == 0 || values.Length != x.Shape[^1]))
        {
            throw n.Fail($"imputes {values.Length} numbers into columns of the shape {Shapes.Text(x.Shape)}");
        }

        int missing = n.Graph.Combine(
            BinaryFunction.Equal,
            x.Node,
            Broadcasting.To(n, Broadcasting.Number(n, replaced), x.Shape)
        );
        int imputed = Broadcasting.To(n, n.Make([values.Length], values, x.Kind), x.Shape);
        return x with { Node = n.Graph.Choose(missing, imputed, x.Node) };
    }

    /// <summary>1 above the threshold, else 0.</summary>
    private static Value Binarize(NodeReader n)
    {
        Value x = n.Real(0);
        int threshold = Broadcasting.To(n, Broadcasting.Number(n, n.Float("threshold", 0)), x.Shape);
        return x with { Node = n.Graph.Combine(BinaryFunction.Less, threshold, x.Node) };
    }

    /// <summary>Columns at constant places.</summary>
    private static Value Extract(NodeReader n)
    {
        Value x = n.Input(0);
        long[] places = n.Integers(1);
        int width = x.Rank == 0 ? 0 : x.Shape[^1];
        if (places.Any(p => p < 0 || p >= width))
        {
            throw n.Fail($"picks columns that the shape {Shapes.Text(x.Shape)} does not have");
        }

        int[] shape = n.Shape([.. x.Rank == 1 ? [1] : x.Shape[..^1].Select(s => (long)s), places.Length]);
        int[] sources = new int[Shapes.Product(shape)];
        for (int k = 0; k < sources.Length; k++)
        {
            sources[k] = k / places.Length * width + (int)places[k % places.Length];
        }

        return x with
        {
            Node = n.Graph.Select(sources, x.Node),
            Shape = shape,
        };
    }

    /// <summary>x C^T + b for each target.</summary>
    private static Value Regress(NodeReader n)
    {
        Rows x = Rows.Of(n, 0);
        Rows sums = Linear(n, x, checked((int)n.Int("targets", 1)));
        return ClassScores.Transformed(n, sums).ToValue();
    }

    /// <summary>Labels and scores. One row of coefficients for two classes is that of the second.</summary>
    private static Value[] Classify(NodeReader n)
    {
        Rows x = Rows.Of(n, 0);
        double[]? labels = ClassScores.Read(n, "classlabels_ints", out int count);
        int rows = n.Numbers("coefficients").Length / x.Width;
        Rows sums = Linear(n, x, rows);
        if (rows == 1 && count == 2)
        {
            Value label = ClassScores.Labels(n, ClassScores.Pair(n, sums, probability: false), labels);
            Rows scores = ClassScores.Pair(n, ClassScores.Transformed(n, sums), probability: true);
            return [label, scores.ToValue()];
        }

        if (rows != count)
        {
            throw n.Fail($"has {rows} rows of coefficients for {count} classes, which does not fit");
        }

        return [ClassScores.Labels(n, sums, labels), ClassScores.Transformed(n, sums).ToValue()];
    }

    private static Rows Linear(NodeReader n, Rows x, int targets)
    {
        double[] coefficients = n.Numbers("coefficients");
        double[] intercepts = n.Numbers("intercepts");
        if (
            targets < 1
            || coefficients.Length != (long)targets * x.Width
            || (intercepts.Length != 0 && intercepts.Length != targets)
        )
        {
            throw n.Fail(
                $"has {coefficients.Length} coefficients and {intercepts.Length} intercepts for {x.Width} features and {targets} targets, which do not fit"
            );
        }

        int[] transposed = Shapes.View([x.Width, targets], [1, x.Width]);
        return x.Affine(n, Array.ConvertAll(transposed, p => coefficients[p]), intercepts, targets);
    }
}
