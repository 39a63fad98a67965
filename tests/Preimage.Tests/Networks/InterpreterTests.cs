using CsCheck;
using Preimage.Networks;
using Preimage.Tests.Laws;

namespace Preimage.Tests.Networks;

/// <summary>Every operation under every interpreter.</summary>
public class InterpreterTests
{
    /// <summary>The first Taylor step: points stay this far inside the domain.</summary>
    private const double Margin = 1.0 / 32;

    public static IEnumerable<TheoryDataRow<string>> Names =>
        OperationExamples.All.Where(e => e.IsDifferentiable).Select(e => new TheoryDataRow<string>(e.Name));

    [Fact]
    public void EveryOperation_HasAnExample()
    {
        HashSet<Type> shown =
        [
            .. OperationExamples.All.SelectMany(e => e.Graph.Nodes).Select(n => n.Operation.GetType()),
        ];
        Assert.All(Concrete(typeof(Operation)), t => Assert.Contains(t, shown));
    }

    [Fact]
    public void EveryScalarFunction_HasAnExample()
    {
        HashSet<Type> shown = [.. ScalarFunctionExamples.All.Select(e => e.Function.GetType())];
        Assert.All(Concrete(typeof(ScalarFunction)), t => Assert.Contains(t, shown));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_OfEveryOperation_AreThoseOfItsValue(string name)
    {
        OperationExamples.Example example = OperationExamples.All.First(e => e.Name == name);
        var map = new NetworkMap(example.Graph);
        Derivatives
            .Points(map, example.Lower + Margin, example.Upper - Margin)
            .Sample(
                p =>
                {
                    Derivatives.HaveTaylorSlopeTwo(map, p.X, p.V, name);
                    Derivatives.Agree(map, p.X, p.V, p.W, name);
                },
                iter: 10
            );
    }

    [Fact]
    public void Values_OfStructuralOperations_AreThoseDoneByHand()
    {
        double[] x = [1, 2, 3, 4, 5, 6];

        // [[1 2 3] [4 5 6]] times its own first two columns seen as [[1 2] [2 3] [3 4]].
        Assert.Equal(
            [14, 20, 32, 47],
            Value(x, g => g.MatrixMultiply(new MatrixMultiply(1, 2, 3, 2), 0, g.Select([0, 1, 1, 2, 2, 3], 0)))
        );
        Assert.Equal([1, 2, 3, 7, 4, 5, 6, 8], Value(x, g => g.Concatenate(2, [0, g.Constant([7, 8])])));
        Assert.Equal([3, 7, 11], Value(x, g => g.Reduce(new Reduce(Reduction.Sum, 3, 2, 1), 0)));
        Assert.Equal([5, 7, 9], Value(x, g => g.Reduce(new Reduce(Reduction.Sum, 1, 2, 3), 0)));
        Assert.Equal([6, 120], Value(x, g => g.Reduce(new Reduce(Reduction.Product, 2, 3, 1), 0)));
        Assert.Equal([6, 1], Value(x, g => g.Select([5, 0], 0)));
        Assert.Equal(
            [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
            Value(x, g => g.Softmax(3, 2, 1, g.Select([0, 0, 1, 1, 2, 2], 0)))
        );
    }

    [Fact]
    public void NaN_IsNeverLost()
    {
        double[] x = [1, double.NaN, 3];
        Assert.All(
            Enum.GetValues<Reduction>(),
            k => Assert.True(double.IsNaN(Value(x, g => g.Reduce(new Reduce(k, 1, 3, 1), 0))[0]), $"{k}")
        );
        Assert.All(Value(x, g => g.Softmax(1, 3, 1, 0)), y => Assert.True(double.IsNaN(y)));
        Assert.All(Value(x, g => g.LogSoftmax(1, 3, 1, 0)), y => Assert.True(double.IsNaN(y)));
        Assert.All(
            Enum.GetValues<BinaryFunction>().Where(f => !IsComparison(f)),
            f => Assert.True(double.IsNaN(BinaryFunctions.Value(f, double.NaN, 1)), $"{f}")
        );
    }

    [Fact]
    public void DerivativesOfSizes_AtNaN_AreNaN()
    {
        Assert.True(double.IsNaN(ScalarFunctions.Derivative(new Absolute(), double.NaN)));
        var graph = new GraphBuilder(2);
        NetworkMap map = new(graph.Build(graph.Reduce(new Reduce(Reduction.AbsoluteSum, 1, 2, 1), 0), []));
        double[] jacobian = new double[2];
        map.Linearize([double.NaN, -1], new double[1], jacobian);
        Assert.Equal([double.NaN, -1], jacobian);
    }

    [Fact]
    public void Derivatives_OfWhatHasNone_AreRefusedWithItsReason()
    {
        OperationExamples.Example example = OperationExamples.All.First(e => !e.IsDifferentiable);
        NetworkMap map = new(example.Graph);
        double[] y = new double[3];
        map.Evaluate([1, 2, 3], y);
        Assert.Equal([Math.Sin(1), Math.Sin(2), Math.Sin(3)], y);
        ModelException refusal = Assert.Throws<ModelException>(() => map.Linearize([1, 2, 3], y, new double[9]));
        Assert.Equal("'q' rounds to 8 bits; take its input.", refusal.Message);
        Assert.Throws<ModelException>(() => map.Tangent([1, 2, 3], [1, 0, 0], y));
        Assert.Throws<ModelException>(() => map.Adjoint([1, 2, 3], [1, 0, 0], y));
    }

    [Fact]
    public void ConstantOperands_AreFoldedAway()
    {
        var graph = new GraphBuilder(2);
        int two = graph.Elementwise(
            new Exponential(),
            graph.Combine(BinaryFunction.Add, graph.Constant([0, 1]), graph.Constant([0, 1]))
        );
        Graph built = graph.Build(graph.Combine(BinaryFunction.Multiply, 0, two), []);
        Assert.Equal(
            [typeof(Input), typeof(Constant), typeof(Combine)],
            built.Nodes.Select(n => n.Operation.GetType())
        );
        Assert.Equal([1, Math.Exp(2)], ((Constant)built.Nodes[1].Operation).Values);
    }

    private static double[] Value(double[] x, Func<GraphBuilder, int> build)
    {
        var graph = new GraphBuilder(x.Length);
        int output = build(graph);
        double[] y = new double[graph.Size(output)];
        new NetworkMap(graph.Build(output, [])).Evaluate(x, y);
        return y;
    }

    /// <summary>Their answer for NaN is no, as everywhere.</summary>
    private static bool IsComparison(BinaryFunction f) =>
        f is BinaryFunction.Equal or BinaryFunction.Less or BinaryFunction.LessOrEqual;

    private static IEnumerable<Type> Concrete(Type root) =>
        root.Assembly.GetTypes().Where(t => t.IsSubclassOf(root) && !t.IsAbstract);
}
