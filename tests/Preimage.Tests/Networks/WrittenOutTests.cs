using System.Collections.Immutable;
using CsCheck;
using Preimage.Networks;

namespace Preimage.Tests.Networks;

/// <summary>Convolutions and pools in terms of other operations, against their own meanings, on small whole numbers, whose sums are exact in any order.</summary>
public class WrittenOutTests
{
    private const int Samples = 300;

    private static Gen<Random> Seeds => Gen.Int[0, int.MaxValue - 1].Select(seed => new Random(seed));

    [Fact]
    public void Convolutions_HaveTheSameBits() =>
        Seeds.Sample(
            random =>
            {
                Window window = AnyWindow(random);
                int groups = random.Next(1, 3);
                Convolve shape = new(
                    window,
                    random.Next(1, 3),
                    groups,
                    groups * random.Next(1, 3),
                    groups * random.Next(1, 3)
                );
                int weights = shape.OutputChannels * (shape.InputChannels / groups) * window.ElementCount;
                int size = shape.Batch * shape.InputChannels * window.GridCount;
                bool varies = random.Next(3) == 0;
                bool hasBias = random.Next(2) == 0;
                GraphBuilder graph = new(varies ? size + weights : size);
                int x = varies ? graph.Select([.. Enumerable.Range(0, size)], 0) : 0;
                int w = varies
                    ? graph.Select([.. Enumerable.Range(size, weights)], 0)
                    : graph.Constant(Wholes(random, weights));
                int? b = hasBias ? graph.Constant(Wholes(random, shape.OutputChannels)) : null;
                AssertSame(graph.Build(graph.Convolve(shape, x, w, b), []), random);
            },
            iter: Samples
        );

    [Fact]
    public void Pools_HaveTheSameBits() =>
        Seeds.Sample(
            random =>
            {
                Pool shape = new((Pooling)random.Next(2), random.Next(1, 4), AnyWindow(random));
                GraphBuilder graph = new(shape.Planes * shape.Window.GridCount);
                Graph built = graph.Build(graph.Pool(shape, 0), []);
                if (shape.Kind == Pooling.Maximum && SeesNothing(shape.Window))
                {
                    Assert.Throws<ArgumentException>(() => WrittenOut.Of(built));
                }
                else
                {
                    AssertSame(built, random);
                }
            },
            iter: Samples
        );

    [Fact]
    public void AGraphWithoutWindows_IsLeftAlone()
    {
        GraphBuilder graph = new(2);
        Graph built = graph.Build(graph.Elementwise(new Sine(), 0), []);
        Assert.Same(built, WrittenOut.Of(built));
    }

    [Fact]
    public void NamedTensors_AreKept()
    {
        GraphBuilder graph = new(4);
        int pooled = graph.Pool(new Pool(Pooling.Sum, 1, new Window([4], [2], [2], [1], [1], [3])), 0);
        Graph built = graph.Build(graph.Elementwise(new Sine(), pooled), [new NamedNode("pooled", pooled, [1, 1, 3])]);
        Graph written = WrittenOut.Of(built);
        NamedNode tensor = Assert.Single(written.Tensors);
        Assert.Equal(("pooled", 3), (tensor.Name, written.Nodes[tensor.Node].Size));
    }

    [Fact]
    public void ATableThatDoesNotFit_IsRefused()
    {
        GraphBuilder graph = new(1 << 20);
        Window window = new([1 << 10, 1 << 10], [16, 16], [1, 1], [1, 1], [0, 0], [1009, 1009]);
        Graph built = graph.Build(graph.Pool(new Pool(Pooling.Sum, 1, window), 0), []);
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => WrittenOut.Of(built));
        Assert.Contains("260628736 numbers", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>One to three axes, with paddings on both sides, gaps and strides.</summary>
    private static Window AnyWindow(Random random)
    {
        int rank = random.Next(1, 4);
        int most = rank == 1 ? 8 : 4;
        int[] Draw(int from, int to) => [.. Enumerable.Range(0, rank).Select(_ => random.Next(from, to))];
        int[] extent = Draw(1, most + 1);
        int[] size = Draw(1, 4);
        int[] stride = Draw(1, 4);
        int[] dilation = Draw(1, 3);
        int[] before = Draw(0, 3);
        int[] after = Draw(0, 3);
        ImmutableArray<int> positions =
        [
            .. Enumerable
                .Range(0, rank)
                .Select(i =>
                    Math.Max(0, extent[i] + before[i] + after[i] - 1 - (size[i] - 1) * dilation[i]) / stride[i] + 1
                ),
        ];
        return new Window([.. extent], [.. size], [.. stride], [.. dilation], [.. before], positions);
    }

    private static bool SeesNothing(Window window) =>
        Enumerable
            .Range(0, window.PositionCount)
            .Any(p => Enumerable.Range(0, window.ElementCount).All(k => window.SourcesOf(k)[p] < 0));

    private static void AssertSame(Graph graph, Random random)
    {
        Graph written = WrittenOut.Of(graph);
        Assert.DoesNotContain(written.Nodes, node => node.Operation is Convolve or Pool);
        double[] x = Wholes(random, graph.Inputs);
        (double[] value, double[] jacobian) = Linearized(graph, x);
        (double[] writtenValue, double[] writtenJacobian) = Linearized(written, x);
        Assert.Equal(value, writtenValue);
        Assert.Equal(jacobian, writtenJacobian);
    }

    private static (double[] Value, double[] Jacobian) Linearized(Graph graph, double[] x)
    {
        double[] y = new double[graph.Outputs];
        double[] jacobian = new double[graph.Outputs * graph.Inputs];
        new NetworkMap(graph).Linearize(x, y, jacobian);
        return (y, jacobian);
    }

    private static double[] Wholes(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(-4, 5))];
}
