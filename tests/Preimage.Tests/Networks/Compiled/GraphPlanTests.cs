using CsCheck;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Networks.Compiled;

namespace Preimage.Tests.Networks.Compiled;

/// <summary>Plans against the plain interpreters: the same numbers, for every operation, geometry, width of registers and number of lanes.</summary>
public class GraphPlanTests
{
    /// <summary>Sums of some hundred terms in another order, fused, and functions that are accurate to a few ulp.</summary>
    private const double Rounding = 1e-13;

    private const int Samples = 100;

    private static readonly int[] Registers = [8, 4, 2, 1];

    public static IEnumerable<TheoryDataRow<string>> Names =>
        OperationExamples.All.Select(e => new TheoryDataRow<string>(e.Name));

    private static Gen<Random> Seeds => Gen.Int[0, int.MaxValue - 1].Select(seed => new Random(seed));

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryOperation_IsThatOfThePlainRules(string name)
    {
        OperationExamples.Example example = OperationExamples.All.First(e => e.Name == name);
        if (example.Graph.Nodes.Any(n => n.Operation is Undifferentiable))
        {
            return; // refused: see below
        }

        Random random = new(5);
        foreach (int registers in Registers)
        {
            double[] x = [.. Draw(random, example.Graph.Inputs).Select(u => Between(example, u))];
            AssertAgree(example.Graph, new GraphPlan(example.Graph, registers, 1), x, random);
        }
    }

    [Fact]
    public void Convolutions_OfWholeNumbers_AreExact() => AssertExact(RandomGraphs.Convolution);

    [Fact]
    public void ConvolutionsByVaryingWeights_OfWholeNumbers_AreExact() => AssertExact(RandomGraphs.FittedConvolution);

    [Fact]
    public void Pools_OfWholeNumbers_AreExact() => AssertExact(RandomGraphs.Pool);

    [Fact]
    public void MatrixProducts_OfWholeNumbers_AreExact() => AssertExact(RandomGraphs.Matrices);

    [Fact]
    public void Selections_OfWholeNumbers_AreExact() => AssertExact(RandomGraphs.Selection);

    [Fact]
    public void Reductions_OfWholeNumbers_AreExact() => AssertExact(RandomGraphs.Reduction);

    [Fact]
    public void Networks_AreThoseOfThePlainRules()
    {
        Random random = new(6);
        foreach (Graph graph in (Graph[])[PlanNetworks.Convolutional, PlanNetworks.Attention, PlanNetworks.Expanding])
        {
            foreach (int registers in Registers)
            {
                AssertAgree(graph, new GraphPlan(graph, registers, 1), Draw(random, graph.Inputs), random);
            }
        }
    }

    /// <summary>Sums that are cut into many blocks of terms.</summary>
    [Fact]
    public void LongSums_OfWholeNumbers_AreExact() =>
        AssertExact(
            random =>
            {
                MatrixMultiply shape = new(1, random.Next(1, 3), random.Next(500, 30_000), random.Next(1, 4));
                GraphBuilder graph = new(shape.Rows * shape.Inner);
                int b = graph.Constant(RandomGraphs.Wholes(random, shape.Inner * shape.Columns));
                return graph.Build(graph.MatrixMultiply(shape, GraphBuilder.Input, b), []);
            },
            samples: 5
        );

    [Fact]
    public void AnyNumberOfThreads_GivesTheSameBits()
    {
        Graph graph = PlanNetworks.Large;
        GraphPlan alone = new(graph, 4, 1);
        GraphPlan together = new(graph, 4, 5);
        Random random = new(7);
        double[] x = Draw(random, graph.Inputs);
        double[] w = Draw(random, 3 * graph.Outputs);
        double[] v = Draw(random, 2 * graph.Inputs);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(Linearized(alone, x).Jacobian, Linearized(together, x).Jacobian);
            Assert.Equal(Adjoint(alone, x, w), Adjoint(together, x, w));
            Assert.Equal(Tangent(alone, x, v), Tangent(together, x, v));
        }
    }

    [Fact]
    public void Threads_AllocateNothing()
    {
        Graph graph = PlanNetworks.Large;
        GraphPlan plan = new(graph, 8, 3);
        double[] x = new double[graph.Inputs];
        double[] y = new double[graph.Outputs];
        double[] w = new double[graph.Outputs];
        long[] allocated = new long[12];
        for (int i = 0; i < allocated.Length; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            plan.Evaluate(x, y);
            plan.Adjoint(x, w, x);
            allocated[i] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // Once in a while the pool of threads makes a new one, or a collection counts what is left of this thread's share.
        Assert.Contains(0, allocated[2..]);
    }

    /// <summary>Fewer than a register holds, just as many, one more; as many as go side by side, one more, several shares.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(GraphPlan.MaximumLanes)]
    [InlineData(GraphPlan.MaximumLanes + 1)]
    [InlineData(3 * GraphPlan.MaximumLanes - 1)]
    public void AnyNumberOfDirections_IsThatOfThePlainRules(int count)
    {
        Random random = new(8);
        foreach (Graph graph in (Graph[])[PlanNetworks.Convolutional, PlanNetworks.Attention])
        {
            GraphPlan plan = new(graph);
            NetworkMap plain = new(graph);
            double[] x = Draw(random, graph.Inputs);
            double[] v = Draw(random, count * graph.Inputs);
            double[] w = Draw(random, count * graph.Outputs);
            AssertNear(Tangent(plain, x, v), Tangent(plan, x, v));
            AssertNear(Adjoint(plain, x, w), Adjoint(plan, x, w));
        }
    }

    [Fact]
    public void WhatHasNoDerivative_IsEvaluatedAndRefused()
    {
        GraphBuilder builder = new(2);
        int y = builder.Undifferentiable("'q' rounds; take its input.", builder.Elementwise(new Sine(), 0));
        GraphPlan plan = new(builder.Build(builder.Elementwise(new Exponential(), y), []));
        double[] value = plan.Evaluate([1, 2]);
        Assert.Equal(Math.Exp(Math.Sin(1)), value[0], Rounding);
        string[] refusals =
        [
            Assert.Throws<ModelException>(() => plan.Linearize([1, 2], new double[2], new double[4])).Message,
            Assert.Throws<ModelException>(() => plan.Tangent([1, 2], [1, 0], new double[2])).Message,
            Assert.Throws<ModelException>(() => plan.Adjoint([1, 2], [1, 0], new double[2])).Message,
        ];
        Assert.All(refusals, r => Assert.Equal("'q' rounds; take its input.", r));
    }

    [Fact]
    public void Memory_IsReused()
    {
        const int size = 1000;
        GraphBuilder builder = new(size);
        int x = 0;
        for (int i = 0; i < 50; i++)
        {
            x = builder.Elementwise(new Sine(), x);
        }

        GraphPlan plan = new(builder.Build(builder.Reduce(new Reduce(Reduction.Sum, 1, size, 1), x), []));
        Assert.InRange(plan.ValueBytes, 2 * size * sizeof(double), 3 * size * sizeof(double));

        // Fifty slopes are kept; two cotangents live at a time.
        Assert.InRange(plan.JacobianBytes, 50 * size * sizeof(double), 56 * size * sizeof(double));
    }

    private static void AssertExact(Func<Random, Graph> make, int samples = Samples) =>
        Seeds.Sample(
            random =>
            {
                Graph graph = make(random);
                NetworkMap plain = new(graph);
                double[] x = RandomGraphs.Wholes(random, graph.Inputs);
                double[] v = RandomGraphs.Wholes(random, random.Next(1, 12) * graph.Inputs);
                double[] w = RandomGraphs.Wholes(random, random.Next(1, 12) * graph.Outputs);
                foreach (int registers in Registers)
                {
                    GraphPlan plan = new(graph, registers, 1);
                    Assert.Equal(plain.Evaluate(x), plan.Evaluate(x));
                    (double[] y, double[] jacobian) = Linearized(plan, x);
                    Assert.Equal(plain.Evaluate(x), y);
                    Assert.Equal(Linearized(plain, x).Jacobian, jacobian);
                    Assert.Equal(Tangent(plain, x, v), Tangent(plan, x, v));
                    Assert.Equal(Adjoint(plain, x, w), Adjoint(plan, x, w));
                }
            },
            iter: samples
        );

    private static void AssertAgree(Graph graph, GraphPlan plan, double[] x, Random random)
    {
        NetworkMap plain = new(graph);
        (double[] y, double[] jacobian) = Linearized(plan, x);
        (double[] plainY, double[] plainJacobian) = Linearized(plain, x);
        Assert.Equal(y, plan.Evaluate(x));
        AssertNear(plainY, y);
        AssertNear(plainJacobian, jacobian);
        foreach (int count in (int[])[1, 3, 10])
        {
            double[] v = Draw(random, count * graph.Inputs);
            double[] w = Draw(random, count * graph.Outputs);
            AssertNear(Tangent(plain, x, v), Tangent(plan, x, v));
            AssertNear(Adjoint(plain, x, w), Adjoint(plan, x, w));
        }
    }

    private static void AssertNear(double[] expected, double[] actual)
    {
        double scale = expected.Select(Math.Abs).Append(double.Epsilon).Max();
        Assert.All(
            expected.Zip(actual),
            pair =>
                Assert.True(Math.Abs(pair.First - pair.Second) <= Rounding * scale || pair.First.Equals(pair.Second))
        );
    }

    private static (double[] Value, double[] Jacobian) Linearized(IMap map, double[] x)
    {
        double[] y = new double[map.Outputs];
        double[] jacobian = new double[map.Outputs * map.Inputs];
        map.Linearize(x, y, jacobian);
        return (y, jacobian);
    }

    private static double[] Tangent(IProductMap map, double[] x, double[] v)
    {
        double[] derivative = new double[v.Length / map.Inputs * map.Outputs];
        map.Tangent(x, v, derivative);
        return derivative;
    }

    private static double[] Adjoint(IProductMap map, double[] x, double[] w)
    {
        double[] gradient = new double[w.Length / map.Outputs * map.Inputs];
        map.Adjoint(x, w, gradient);
        return gradient;
    }

    private static double Between(OperationExamples.Example example, double u) =>
        (example.Lower + example.Upper) / 2 + (example.Upper - example.Lower) / 2 * u;

    private static double[] Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];

    [Fact]
    public void SumOfSizes_AtNaN_HasADerivativeOfNaN()
    {
        var graph = new GraphBuilder(2);
        GraphPlan plan = new(graph.Build(graph.Reduce(new Reduce(Reduction.AbsoluteSum, 1, 2, 1), 0), []), 8, 1);
        double[] jacobian = new double[2];
        plan.Linearize([double.NaN, -1], new double[1], jacobian);
        Assert.Equal([double.NaN, -1], jacobian);
    }

    [Fact]
    public void ChosenBranch_HasItsDerivative_WhereTheOtherHasNone()
    {
        // sqrt(x) where x > 0, else 0: at x < 0 the slope of the root is NaN, and no covector comes to it.
        var builder = new GraphBuilder(3);
        int zeros = builder.Constant([0, 0, 0]);
        int root = builder.Elementwise(new SquareRoot(), 0);
        Graph graph = builder.Build(builder.Choose(builder.Combine(BinaryFunction.Less, zeros, 0), root, zeros), []);
        IProductMap[] maps = [new NetworkMap(graph), .. Registers.Select(r => new GraphPlan(graph, r, 1))];
        foreach (IProductMap map in maps)
        {
            double[] gradients = new double[6];
            map.Adjoint([4, -1, 1], [1, 1, 1, 0, 2, 2], gradients);
            Assert.Equal([0.25, 0, 0.5, 0, 0, 1], gradients);
            double[] jacobian = new double[9];
            map.Linearize([4, -1, 1], new double[3], jacobian);
            Assert.Equal([0.25, 0, 0, 0, 0, 0, 0, 0, 0.5], jacobian);
        }
    }
}
