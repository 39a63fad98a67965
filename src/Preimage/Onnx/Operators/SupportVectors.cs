using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Sums of kernels around support vectors v_i: sum c_i k(x, v_i) + rho.</summary>
internal static class SupportVectors
{
    /// <summary>One number for each row.</summary>
    public static Value Regress(NodeReader n)
    {
        Rows x = Rows.Of(n, 0);
        double[] coefficients = n.Numbers("coefficients");
        double[] rho = n.Numbers("rho");
        int count = checked((int)n.Int("n_supports", 0));
        if (rho.Length != 1 || n.Int("one_class", 0) != 0 || coefficients.Length != (count > 0 ? count : x.Width))
        {
            throw n.Fail(
                $"has {coefficients.Length} coefficients and {rho.Length} offsets for {count} support vectors of {x.Width} features, or marks outliers, which is not supported"
            );
        }

        Rows seen = count > 0 ? Kernels(n, x, count) : x;
        return ClassScores.Transformed(n, seen.Affine(n, coefficients, rho, 1)).ToValue();
    }

    /// <summary>k(x, v_i) of each row and each support vector: linear, polynomial, Gaussian or sigmoid.</summary>
    private static Rows Kernels(NodeReader n, Rows x, int count)
    {
        double[] vectors = n.Numbers("support_vectors");
        double[] parameters = n.Numbers("kernel_params");
        if (vectors.Length != (long)count * x.Width)
        {
            throw n.Fail($"has {vectors.Length} numbers in {count} support vectors of {x.Width} features");
        }

        double gamma = parameters.ElementAtOrDefault(0);
        double offset = parameters.ElementAtOrDefault(1);
        double degree = parameters.ElementAtOrDefault(2);
        switch (n.Text("kernel_type", "LINEAR"))
        {
            case "LINEAR":
                return Products(n, x, vectors, (1, 0));
            case "POLY":
                return Products(n, x, vectors, (gamma, offset)).Each(n, new ConstantPower(degree));
            case "SIGMOID":
                return Products(n, x, vectors, (gamma, offset)).Each(n, new HyperbolicTangent());
            case "RBF":
                return Gaussians(n, x, vectors, count, gamma);
            case var other:
                throw n.Fail($"names the kernel '{other}'; known are LINEAR, POLY, RBF and SIGMOID");
        }
    }

    /// <summary>gamma x . v_i + offset.</summary>
    private static Rows Products(NodeReader n, Rows x, double[] vectors, (double Gamma, double Offset) kernel)
    {
        int count = vectors.Length / x.Width;
        int[] transposed = Shapes.View([x.Width, count], [1, x.Width]);
        double[] offsets = new double[count];
        Array.Fill(offsets, kernel.Offset);
        return x.Affine(
            n,
            Array.ConvertAll(transposed, p => kernel.Gamma * vectors[p]),
            kernel.Offset == 0 ? [] : offsets,
            count
        );
    }

    /// <summary>exp(-gamma |x - v_i|^2), by differences: the expanded square would cancel.</summary>
    private static Rows Gaussians(NodeReader n, Rows x, double[] vectors, int count, double gamma)
    {
        int size = x.Width;
        n.Spend(4L * x.Count * count * size);
        int repeated = n.Graph.Select(Shapes.View([x.Count, count, size], [size, 0, 1]), x.Node);
        int difference = n.Graph.Combine(BinaryFunction.Subtract, repeated, x.Repeated(n, vectors));
        int squares = n.Graph.Reduce(new Reduce(Reduction.SquareSum, x.Count * count, size, 1), difference);
        double[] factors = new double[x.Count * count];
        Array.Fill(factors, -gamma);
        int scaled = n.Graph.Combine(BinaryFunction.Multiply, squares, n.Graph.Constant(factors));
        return new Rows(scaled, x.Count, count).Each(n, new Exponential());
    }
}
