using Preimage.Networks;
using Preimage.Onnx.Wire;
using static Preimage.Tests.Onnx.AttributeOf;

namespace Preimage.Tests.Onnx;

/// <summary>Steps of optimisers on one number against their formulas written out.</summary>
public class TrainingOperatorTests
{
    /// <summary>Attributes are stored in 32 bits.</summary>
    private const double FloatRounding = 1e-7;

    [Fact]
    public void Adam()
    {
        (double alpha, double beta, double epsilon, double norm, double post) = (0.9, 0.99, 0.01, 0.1, 0.05);
        double g = 3 + norm * 2;
        double v = alpha * 0.5 + (1 - alpha) * g;
        double h = beta * 0.25 + (1 - beta) * g * g;
        double rate = 0.1 * Math.Sqrt(1 - Math.Pow(beta, 4)) / (1 - Math.Pow(alpha, 4));
        double[] expected = [(1 - post) * (2 - rate * v / (Math.Sqrt(h) + epsilon))];
        Agrees(
            expected,
            Step(
                "Adam",
                2,
                Real("alpha", alpha),
                Real("beta", beta),
                Real("epsilon", epsilon),
                Real("norm_coefficient", norm),
                Real("norm_coefficient_post", post)
            )
        );
    }

    [Fact]
    public void Adagrad() =>
        Agrees(
            [2 - 0.1 / (1 + 4 * 0.2) * 3 / (Math.Sqrt(0.5 + 9) + 0.01)],
            Step("Adagrad", 1, Real("decay_factor", 0.2), Real("epsilon", 0.01), Real("norm_coefficient", 0))
        );

    [Theory]
    [InlineData("standard")]
    [InlineData("nesterov")]
    public void Momentum(string mode)
    {
        double velocity = 0.9 * 0.5 + 0.8 * 3;
        Agrees(
            [2 - 0.1 * (mode == "standard" ? velocity : 3 + 0.9 * velocity)],
            Step("Momentum", 1, Real("alpha", 0.9), Real("beta", 0.8), Real("norm_coefficient", 0), Text("mode", mode))
        );
    }

    private static void Agrees(double[] expected, double[] actual) =>
        Assert.Equal(expected[0], actual[0], FloatRounding);

    /// <summary>The new tensor: rate 0.1, step 4, x = 2, gradient 3, states 0.5 and 0.25.</summary>
    private static double[] Step(string operation, int states, params AttributeProto[] attributes)
    {
        string[] inputs = ["rate", "count", "x", "gradient", "first", "second"];
        NodeProto node = Models.Node(operation, "y", inputs[..(4 + states)]);
        node.Domain = "ai.onnx.preview.training";
        node.Attribute.Add(attributes);
        ModelProto model = Models.Of([1], node).With("rate", [], 0.1).WithIntegers("count", 4);
        model.With("gradient", [1], 3).With("first", [1], 0.5).With("second", [1], 0.25);
        Network network = model.Read();
        double[] y = new double[1];
        network.Map.Evaluate([2], y);
        return y;
    }
}
