using System.Collections.Immutable;
using Preimage.Networks;

namespace Preimage.Tests.Networks.Compiled;

/// <summary>Graphs of random geometry whose numbers are small and whole, so that all their sums are exact in any order.</summary>
internal static class RandomGraphs
{
    /// <summary>A convolution, or two that are added up, of any geometry.</summary>
    public static Graph Convolution(Random random)
    {
        Window window = AnyWindow(random);
        int groups = random.Next(1, 4);
        int inputs = groups * random.Next(1, 4);
        int outputs = groups * random.Next(1, 12);
        Convolve shape = new(window, random.Next(1, 3), groups, inputs, outputs);
        GraphBuilder graph = new(shape.Batch * inputs * window.GridCount);
        int One(int x) =>
            graph.Convolve(
                shape,
                x,
                graph.Constant(Wholes(random, outputs * (inputs / groups) * window.ElementCount)),
                random.Next(2) == 0 ? null : graph.Constant(Wholes(random, outputs))
            );
        int y = One(GraphBuilder.Input);
        int twice = graph.Combine(BinaryFunction.Add, GraphBuilder.Input, GraphBuilder.Input);
        return graph.Build(random.Next(2) == 0 ? y : graph.Combine(BinaryFunction.Subtract, y, One(twice)), []);
    }

    /// <summary>A convolution of any geometry whose weights, and perhaps what it moves over, and a bias, depend on x.</summary>
    public static Graph FittedConvolution(Random random)
    {
        Window window = AnyWindow(random);
        int groups = random.Next(1, 4);
        int inputs = groups * random.Next(1, 4);
        int outputs = groups * random.Next(1, 12);
        Convolve shape = new(window, random.Next(1, 3), groups, inputs, outputs);
        int grid = shape.Batch * inputs * window.GridCount;
        int weights = outputs * (inputs / groups) * window.ElementCount;
        GraphBuilder graph = new(grid + weights + outputs);
        int Part(int from, int count) => graph.Select([.. Enumerable.Range(from, count)], GraphBuilder.Input);
        int x = random.Next(2) == 0 ? graph.Constant(Wholes(random, grid)) : Part(0, grid);
        int? bias = random.Next(2) == 0 ? null : Part(grid + weights, outputs);
        int w = Part(grid, weights);
        int y = graph.Convolve(shape, x, w, bias);
        return graph.Build(
            random.Next(2) == 0 ? y : graph.Combine(BinaryFunction.Add, y, graph.Convolve(shape, x, w, null)),
            []
        );
    }

    /// <summary>A pool of any geometry.</summary>
    public static Graph Pool(Random random)
    {
        Pool shape = new((Pooling)random.Next(2), random.Next(1, 4), AnyWindow(random));
        GraphBuilder graph = new(shape.Planes * shape.Window.GridCount);
        return graph.Build(graph.Pool(shape, GraphBuilder.Input), []);
    }

    /// <summary>A matrix product, of which one operand or both depend on x.</summary>
    public static Graph Matrices(Random random)
    {
        MatrixMultiply shape = new(random.Next(1, 4), random.Next(1, 20), random.Next(1, 20), random.Next(1, 50));
        int left = shape.Batch * shape.Rows * shape.Inner;
        int right = shape.Batch * shape.Inner * shape.Columns;
        int kind = random.Next(3);
        GraphBuilder graph = new((kind == 1 ? 0 : left) + (kind == 0 ? 0 : right));
        int a = kind == 1 ? graph.Constant(Wholes(random, left)) : graph.Select([.. Enumerable.Range(0, left)], 0);
        int b =
            kind == 0
                ? graph.Constant(Wholes(random, right))
                : graph.Select([.. Enumerable.Range(kind == 1 ? 0 : left, right)], 0);
        return graph.Build(graph.MatrixMultiply(shape, a, b), []);
    }

    /// <summary>Places of any kind: any, rising, repeated, a permutation.</summary>
    public static Graph Selection(Random random)
    {
        int size = random.Next(1, 40);
        int count = random.Next(1, 60);
        int kind = random.Next(4);
        int[] order = [.. Enumerable.Range(0, size)];
        random.Shuffle(order);
        int[] sources =
            kind == 3
                ? order
                :
                [
                    .. Enumerable
                        .Range(0, count)
                        .Select(i =>
                            kind == 0 ? random.Next(size)
                            : kind == 1 ? i % size
                            : i / 5 % size
                        ),
                ];
        GraphBuilder graph = new(size);
        int doubled = graph.Combine(BinaryFunction.Add, GraphBuilder.Input, GraphBuilder.Input);
        return graph.Build(graph.Select(sources, doubled), []);
    }

    /// <summary>A reduction that is exact on whole numbers, along lines of any length and distance.</summary>
    public static Graph Reduction(Random random)
    {
        Reduction[] exact = [.. Exact];
        Reduce shape = new(exact[random.Next(exact.Length)], random.Next(1, 4), random.Next(1, 30), random.Next(1, 20));
        GraphBuilder graph = new(shape.Outer * shape.Count * shape.Inner);
        return graph.Build(graph.Reduce(shape, GraphBuilder.Input), []);
    }

    private static IEnumerable<Reduction> Exact =>
        [
            Preimage.Networks.Reduction.Sum,
            Preimage.Networks.Reduction.Maximum,
            Preimage.Networks.Reduction.Minimum,
            Preimage.Networks.Reduction.AbsoluteSum,
            Preimage.Networks.Reduction.SquareSum,
        ];

    /// <summary>Whole numbers from -4 to 4.</summary>
    public static double[] Wholes(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(-4, 5))];

    /// <summary>One to three axes, with paddings on both sides, gaps and strides.</summary>
    private static Window AnyWindow(Random random)
    {
        int rank = random.Next(1, 4);
        int most = rank == 1 ? 40 : 7;
        int[] Draw(int from, int to) => [.. Enumerable.Range(0, rank).Select(_ => random.Next(from, to))];
        (int[] extent, int[] size, int[] stride) = (Draw(1, most + 1), Draw(1, 4), Draw(1, 4));
        (int[] dilation, int[] before, int[] after) = (Draw(1, 3), Draw(0, 3), Draw(0, 3));
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
}
