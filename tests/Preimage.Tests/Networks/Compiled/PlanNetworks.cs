using Preimage.Networks;

namespace Preimage.Tests.Networks.Compiled;

/// <summary>Small networks of the kinds that plans are for, with fixed weights.</summary>
internal static class PlanNetworks
{
    /// <summary>Convolutions, pools of both kinds, dense layers and a logarithm of softmax.</summary>
    public static Graph Convolutional { get; } = MakeConvolutional();

    /// <summary>Attention: both operands of a product depend on x; residual sums, a normalisation.</summary>
    public static Graph Attention { get; } = MakeAttention();

    /// <summary>More outputs than inputs.</summary>
    public static Graph Expanding { get; } = MakeExpanding();

    /// <summary>A convolution that is worth several threads, and a product that is, too.</summary>
    public static Graph Large { get; } = MakeLarge();

    private static Graph MakeConvolutional()
    {
        Random random = new(1);
        GraphBuilder graph = new(2 * 10 * 10);
        int x = Convolve(graph, 0, new Convolve(Square(10, 3, before: 1, positions: 10), 1, 1, 2, 5), random);
        x = graph.Elementwise(new HyperbolicTangent(), x);
        x = graph.Pool(new Pool(Pooling.Maximum, 5, Square(10, 2, before: 0, positions: 5, stride: 2)), x);
        x = Convolve(graph, x, new Convolve(Square(5, 3, before: 0, positions: 3), 1, 5, 5, 10), random);
        x = graph.Elementwise(new Softplus(), x);
        x = graph.Pool(new Pool(Pooling.Sum, 10, Square(3, 3, before: 1, positions: 2, stride: 2)), x);
        x = graph.MatrixMultiply(new MatrixMultiply(1, 1, 40, 6), x, graph.Constant(Numbers(random, 240)));
        return graph.Build(graph.LogSoftmax(1, 6, 1, x), []);
    }

    private static Graph MakeAttention()
    {
        const int tokens = 6;
        const int width = 8;
        Random random = new(2);
        GraphBuilder graph = new(tokens * width);
        int Dense(int from) =>
            graph.MatrixMultiply(
                new MatrixMultiply(1, tokens, width, width),
                from,
                graph.Constant(Numbers(random, width * width))
            );
        (int q, int k, int v) = (Dense(0), Dense(0), Dense(0));
        int[] turned = [.. Enumerable.Range(0, tokens * width).Select(i => i % tokens * width + i / tokens)];
        int scores = graph.MatrixMultiply(new MatrixMultiply(1, tokens, width, tokens), q, graph.Select(turned, k));
        int mixed = graph.MatrixMultiply(
            new MatrixMultiply(1, tokens, tokens, width),
            graph.Softmax(tokens, tokens, 1, scores),
            v
        );
        int sum = graph.Combine(BinaryFunction.Add, 0, mixed);
        int mean = graph.Reduce(new Reduce(Reduction.Mean, tokens, width, 1), sum);
        int[] spread = [.. Enumerable.Range(0, tokens * width).Select(i => i / width)];
        int centred = graph.Combine(BinaryFunction.Subtract, sum, graph.Select(spread, mean));
        int norm = graph.Reduce(new Reduce(Reduction.EuclideanNorm, tokens, width, 1), centred);
        int scaled = graph.Combine(BinaryFunction.Divide, centred, graph.Select(spread, norm));
        return graph.Build(graph.Reduce(new Reduce(Reduction.Mean, 1, tokens, width), Dense(scaled)), []);
    }

    private static Graph MakeExpanding()
    {
        Random random = new(3);
        GraphBuilder graph = new(5);
        int x = graph.MatrixMultiply(new MatrixMultiply(1, 1, 5, 40), 0, graph.Constant(Numbers(random, 200)));
        x = graph.Concatenate(1, [graph.Elementwise(new GaussianErrorLinear(), x), x, 0]);
        return graph.Build(graph.Combine(BinaryFunction.Multiply, x, graph.Elementwise(new Sigmoid(), x)), []);
    }

    private static Graph MakeLarge()
    {
        Random random = new(4);
        GraphBuilder graph = new(16 * 24 * 24);
        int x = Convolve(graph, 0, new Convolve(Square(24, 3, before: 1, positions: 24), 1, 1, 16, 48), random);
        x = graph.Elementwise(new Rectifier(), x);
        x = Convolve(graph, x, new Convolve(Square(24, 3, before: 0, positions: 22), 1, 1, 48, 32), random);
        int[] some = [.. Enumerable.Range(0, 40 * 200).Select(i => 7 * i % graph.Size(x))];
        x = graph.MatrixMultiply(
            new MatrixMultiply(1, 40, 200, 300),
            graph.Select(some, x),
            graph.Constant(Numbers(random, 200 * 300))
        );
        return graph.Build(graph.Reduce(new Reduce(Reduction.Mean, 1, 3000, 4), x), []);
    }

    private static int Convolve(GraphBuilder graph, int x, Convolve shape, Random random)
    {
        int weights = shape.OutputChannels * (shape.InputChannels / shape.Groups) * shape.Window.ElementCount;
        return graph.Convolve(
            shape,
            x,
            graph.Constant(Numbers(random, weights)),
            graph.Constant(Numbers(random, shape.OutputChannels))
        );
    }

    private static Window Square(int extent, int size, int before, int positions, int stride = 1) =>
        new([extent, extent], [size, size], [stride, stride], [1, 1], [before, before], [positions, positions]);

    private static double[] Numbers(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
}
