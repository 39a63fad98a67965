using Preimage.Networks;

namespace Preimage.Tests.Networks;

/// <summary>Functions of one variable, as exporters write them in several operations.</summary>
public class FusionTests
{
    /// <summary>The operations, done one by one, lose some roundings more than the function.</summary>
    private const double Rounding = 1e-15;

    [Fact]
    public void Swish_IsRecognised() =>
        IsFused(
            new Swish(),
            g => g.Combine(BinaryFunction.Multiply, 0, g.Elementwise(new Sigmoid(), 0)),
            x => x / (1 + Math.Exp(-x))
        );

    [Fact]
    public void ScaledSwish_IsRecognised() =>
        IsFused(
            new Swish(1.702),
            g =>
                g.Combine(
                    BinaryFunction.Multiply,
                    g.Elementwise(new Sigmoid(), g.Combine(BinaryFunction.Multiply, g.Constant([1.702]), 0)),
                    0
                ),
            x => x / (1 + Math.Exp(-1.702 * x))
        );

    [Fact]
    public void Mish_IsRecognised() =>
        IsFused(
            new Mish(),
            g =>
                g.Combine(
                    BinaryFunction.Multiply,
                    g.Elementwise(new HyperbolicTangent(), g.Elementwise(new Softplus(), 0)),
                    0
                ),
            x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))
        );

    [Fact]
    public void Rectifier_AsMaximum_IsRecognised() =>
        IsFused(new Rectifier(), g => g.Combine(BinaryFunction.Maximum, g.Constant([0]), 0), x => Math.Max(0, x));

    [Theory]
    [InlineData(true, BinaryFunction.Less)]
    [InlineData(true, BinaryFunction.LessOrEqual)]
    [InlineData(false, BinaryFunction.Less)]
    [InlineData(false, BinaryFunction.LessOrEqual)]
    internal void LeakyRectifier_AsChoice_IsRecognised(bool zeroFirst, BinaryFunction compare) =>
        IsFused(
            new LeakyRectifier(0.125),
            g =>
            {
                int zero = g.Constant([0]);
                int scaled = g.Combine(BinaryFunction.Multiply, g.Constant([0.125]), 0);
                return zeroFirst
                    ? g.Choose(g.Combine(compare, zero, 0), 0, scaled)
                    : g.Choose(g.Combine(compare, 0, zero), scaled, 0);
            },
            x => x > 0 ? x : 0.125 * x
        );

    [Fact]
    public void Rectifier_AsChoice_IsRecognised() =>
        IsFused(
            new Rectifier(),
            g => g.Choose(g.Combine(BinaryFunction.Less, g.Constant([0]), 0), 0, g.Constant([0])),
            x => Math.Max(0, x)
        );

    [Fact]
    public void ChoicesThatAreNoRectifiers_StayChoices()
    {
        var graph = new GraphBuilder(1);
        int zero = graph.Constant([0]);
        int one = graph.Constant([1]);
        int scaled = graph.Combine(BinaryFunction.Multiply, graph.Constant([0.5]), 0);
        int isPositive = graph.Combine(BinaryFunction.Less, zero, 0);
        int isAboveOne = graph.Combine(BinaryFunction.Less, one, 0);
        foreach (
            int node in (int[])
                [
                    graph.Choose(isPositive, scaled, 0),
                    graph.Choose(isPositive, 0, one),
                    graph.Choose(isAboveOne, 0, scaled),
                ]
        )
        {
            Assert.IsType<Choose>(graph.OperationOf(node));
        }
    }

    [Fact]
    public void Clip_AsMinimum_IsRecognised() =>
        IsFused(
            new Clip(double.NegativeInfinity, 0.5),
            g => g.Combine(BinaryFunction.Minimum, 0, g.Constant([0.5])),
            x => Math.Min(0.5, x)
        );

    /// <summary>x / sqrt(2) and x * (1 / sqrt(2)), with the digits of a float or a double, and the factors x, 1 + erf, 1/2 in any order.</summary>
    [Theory]
    [InlineData(0, true, true)]
    [InlineData(1, true, false)]
    [InlineData(2, false, true)]
    [InlineData(0, false, false)]
    public void ErrorLinear_IsRecognised(int order, bool divided, bool isFloat) =>
        IsFused(
            new GaussianErrorLinear(),
            g => ErrorLinear(g, order, divided, isFloat ? (float)Root(divided) : Root(divided)),
            x => 0.5 * x * (1 + SpecialFunctions.Erf(x / Math.Sqrt(2)))
        );

    [Fact]
    public void ErrorLinear_OfAnotherScale_StaysAsItIs()
    {
        var graph = new GraphBuilder(1);
        Assert.IsType<Combine>(graph.OperationOf(ErrorLinear(graph, 0, divided: true, 1.5)));
    }

    [Fact]
    public void ProductOfDifferentVariables_StaysAsItIs()
    {
        var graph = new GraphBuilder(2);
        int other = graph.Select([1, 0], 0);
        int product = graph.Combine(BinaryFunction.Multiply, other, graph.Elementwise(new Sigmoid(), 0));
        Assert.IsType<Combine>(graph.OperationOf(product));
    }

    private static double Root(bool divided) => divided ? Math.Sqrt(2) : Math.Sqrt(0.5);

    private static int ErrorLinear(GraphBuilder g, int order, bool divided, double root)
    {
        BinaryFunction scaling = divided ? BinaryFunction.Divide : BinaryFunction.Multiply;
        int error = g.Elementwise(new ErrorFunction(), g.Combine(scaling, 0, g.Constant([root])));
        int gate = g.Combine(BinaryFunction.Add, error, g.Constant([1]));
        int half = g.Constant([0.5]);
        return order switch
        {
            0 => g.Combine(BinaryFunction.Multiply, g.Combine(BinaryFunction.Multiply, 0, gate), half),
            1 => g.Combine(BinaryFunction.Multiply, g.Combine(BinaryFunction.Multiply, 0, half), gate),
            _ => g.Combine(BinaryFunction.Multiply, 0, g.Combine(BinaryFunction.Multiply, gate, half)),
        };
    }

    private static void IsFused(ScalarFunction function, Func<GraphBuilder, int> build, Func<double, double> meaning)
    {
        var graph = new GraphBuilder(1);
        int output = build(graph);
        Assert.Equal(new Elementwise(function), graph.OperationOf(output));
        Assert.Equal([0], graph.OperandsOf(output));
        var map = new NetworkMap(graph.Build(output, []));
        foreach (double x in (double[])[-2.5, -0.3, 0, 0.7, 3])
        {
            double[] y = new double[1];
            map.Evaluate([x], y);
            Assert.Equal(meaning(x), y[0], Rounding * (1 + Math.Abs(x)));
        }
    }
}
