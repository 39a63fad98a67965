using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Linear models and kernel machines of classical machine learning (domain ai.onnx.ml).</summary>
internal static class LinearModelOperators
{
    public static Operator[] All =>
        [
            LearningOperators.Of("LinearClassifier", Classify, ClassScores.Labels),
            LearningOperators.Of("LinearRegressor", n => [Regress(n)], ClassScores.Labels),
            LearningOperators.Of("SVMRegressor", n => [Machine(n)]),
        ];

    private static Value Regress(NodeReader n)
    {
        int targets = (int)Math.Clamp(n.Int("targets", 1), 1, Limits.Variables);
        return ClassScores.Transformed(n, Scores(n, LearningOperators.Rows(n, 0), targets));
    }

    private static Value[] Classify(NodeReader n)
    {
        Value x = LearningOperators.Rows(n, 0);
        int labels = ClassScores.Count(n);
        int targets = n.Floats("intercepts")?.Length ?? labels;
        Value scores = Scores(n, x, Math.Max(1, targets));
        return targets == 1 && labels == 2
            ? [ClassScores.Above(n, scores, 0), ClassScores.Both(n, scores, shares: true)]
            : [ClassScores.Largest(n, scores), ClassScores.Transformed(n, scores)];
    }

    /// <summary>x W^T + b.  coefficients: [targets, features].</summary>
    private static Value Scores(NodeReader n, Value x, int targets)
    {
        double[] coefficients = n.Floats("coefficients") ?? throw n.Fail("has no coefficients");
        double[] intercepts = n.Floats("intercepts") is { Length: > 0 } given ? given : new double[targets];
        if (coefficients.Length != (long)targets * x.Shape[1] || intercepts.Length != targets)
        {
            throw n.Fail(
                $"has {coefficients.Length} coefficients and {intercepts.Length} intercepts for {targets} targets of {x.Shape[1]} features, which do not fit"
            );
        }

        var weights = new Value(n.Graph.Constant(coefficients), [targets, x.Shape[1]]);
        Value product = LinearOperators.MatMul(n, x, Broadcasting.Permute(n, weights, [1, 0]));
        return Broadcasting.Combine(n, BinaryFunction.Add, product, new Value(n.Graph.Constant(intercepts), [targets]));
    }

    /// <summary>sum c_i K(x, v_i) + rho over the support vectors v_i; one column.</summary>
    private static Value Machine(NodeReader n)
    {
        Value x = LearningOperators.Rows(n, 0);
        double[] coefficients = n.Floats("coefficients") ?? throw n.Fail("has no coefficients");
        int supports = (int)Math.Clamp(n.Int("n_supports", 0), 0, Limits.Variables);
        double[] vectors = n.Floats("support_vectors") ?? [];
        double rho = n.Floats("rho") is [var shift, ..] ? shift : 0;
        if (
            supports > 0
                ? vectors.Length != (long)supports * x.Shape[1] || coefficients.Length != supports
                : coefficients.Length != x.Shape[1]
        )
        {
            throw n.Fail(
                $"has {coefficients.Length} coefficients and {vectors.Length} numbers of support vectors for {supports} of {x.Shape[1]} features, which do not fit"
            );
        }

        Value kernel = supports == 0 ? x : Kernel(n, x, new Value(n.Graph.Constant(vectors), [supports, x.Shape[1]]));
        Value sum = LinearOperators.MatMul(
            n,
            kernel,
            new Value(n.Graph.Constant(coefficients), [coefficients.Length, 1])
        );
        Value result = Broadcasting.Combine(n, BinaryFunction.Add, sum, Broadcasting.Number(n, rho));
        return n.Int("one_class", 0) == 0
            ? result
            : Broadcasting.Combine(
                n,
                BinaryFunction.Subtract,
                Broadcasting.Combine(
                    n,
                    BinaryFunction.Multiply,
                    Broadcasting.Number(n, 2),
                    Broadcasting.Combine(n, BinaryFunction.Less, Broadcasting.Number(n, 0), result)
                ),
                Broadcasting.Number(n, 1)
            );
    }

    /// <summary>K(x, v) of every sample and every support vector.  result: [samples, vectors].</summary>
    private static Value Kernel(NodeReader n, Value x, Value vectors)
    {
        double[] parameters = n.Floats("kernel_params") is { Length: >= 3 } given ? given : [1, 0, 1];
        (double gamma, double shift, double degree) = (parameters[0], parameters[1], parameters[2]);
        string kind = n.Text("kernel_type", "LINEAR");
        if (kind == "RBF")
        {
            Value difference = Broadcasting.Combine(
                n,
                BinaryFunction.Subtract,
                x.In([x.Shape[0], 1, x.Shape[1]]),
                vectors
            );
            int pairs = x.Shape[0] * vectors.Shape[0];
            int distance = n.Graph.Reduce(new Reduce(Reduction.SquareSum, pairs, x.Shape[1], 1), difference.Node);
            Value scaled = Broadcasting.Combine(
                n,
                BinaryFunction.Multiply,
                new Value(distance, [x.Shape[0], vectors.Shape[0]]),
                Broadcasting.Number(n, -gamma)
            );
            return scaled with { Node = n.Graph.Elementwise(new Exponential(), scaled.Node) };
        }

        Value product = LinearOperators.MatMul(n, x, Broadcasting.Permute(n, vectors, [1, 0]));
        if (kind == "LINEAR")
        {
            return product;
        }

        Value inner = Broadcasting.Combine(n, BinaryFunction.Multiply, product, Broadcasting.Number(n, gamma));
        inner = Broadcasting.Combine(n, BinaryFunction.Add, inner, Broadcasting.Number(n, shift));
        ScalarFunction f = kind switch
        {
            "POLY" => new ConstantPower(degree),
            "SIGMOID" => new HyperbolicTangent(),
            _ => throw n.Fail($"has the kernel {kind}, which is not known; known are LINEAR, POLY, RBF and SIGMOID"),
        };
        return inner with { Node = n.Graph.Elementwise(f, inner.Node) };
    }
}
