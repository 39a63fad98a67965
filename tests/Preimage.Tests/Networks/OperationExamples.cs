using Preimage.Networks;

namespace Preimage.Tests.Networks;

/// <summary>A small graph for every operation, with every operand varying that can.</summary>
internal static class OperationExamples
{
    /// <summary>One graph: its name, and the coordinates in which it is smooth.</summary>
    public sealed record Example(string Name, Graph Graph, double Lower = -2, double Upper = 2)
    {
        public override string ToString() => Name;
    }

    /// <summary>All examples.</summary>
    public static IEnumerable<Example> All =>
        [
            .. BinaryFunctionExamples,
            .. ReductionExamples,
            .. ScalarFunctionExamples.All.Select(f => new Example(
                $"Elementwise {f.Function}",
                Build(5, g => g.Elementwise(f.Function, GraphBuilder.Input)),
                f.Lower,
                f.Upper
            )),
            new("Input", Build(4, _ => GraphBuilder.Input)),
            new("Constant", Build(2, g => g.Constant([1, 2, 3]))),
            new(
                "MatrixMultiply left",
                Build(12, g => g.MatrixMultiply(new MatrixMultiply(2, 2, 3, 2), 0, g.Constant(Ramp(12))))
            ),
            new(
                "MatrixMultiply right",
                Build(12, g => g.MatrixMultiply(new MatrixMultiply(2, 3, 3, 2), g.Constant(Ramp(18)), 0))
            ),
            new(
                "MatrixMultiply both",
                Build(12, g => g.MatrixMultiply(new MatrixMultiply(3, 2, 2, 2), 0, g.Elementwise(new Sine(), 0)))
            ),
            new("Concatenate", Build(6, g => g.Concatenate(2, [0, g.Constant(Ramp(4)), g.Elementwise(new Sine(), 0)]))),
            new("Select", Build(5, g => g.Select([4, 0, 0, 3], 0))),
            new("Softmax", Build(12, g => g.Softmax(2, 3, 2, 0))),
            new("LogSoftmax", Build(12, g => g.LogSoftmax(2, 3, 2, 0))),
            new("Wide forward", Build(70, g => g.Concatenate(1, [0, g.Elementwise(new Sine(), 0)]))),
            new("Wide reverse", Build(150, g => g.Reduce(new Reduce(Reduction.SquareSum, 75, 2, 1), 0))),
        ];

    private static IEnumerable<Example> BinaryFunctionExamples =>
        Enum.GetValues<BinaryFunction>()
            .Select(f => new Example(
                $"Combine {f}",
                Build(
                    6,
                    g =>
                    {
                        int a = g.Select([0, 1, 2], 0);
                        int b = g.Select([3, 4, 5], 0);
                        return g.Combine(f, g.Combine(f, a, b), g.Constant([0.5, 1.5, 2.5]));
                    }
                ),
                f == BinaryFunction.Power ? 0.5
                    : f == BinaryFunction.Divide ? 1
                    : -2,
                2
            ));

    private static IEnumerable<Example> ReductionExamples =>
        Enum.GetValues<Reduction>()
            .Select(k => new Example($"Reduce {k}", Build(12, g => g.Reduce(new Reduce(k, 2, 3, 2), 0))));

    private static Graph Build(int inputs, Func<GraphBuilder, int> output)
    {
        var graph = new GraphBuilder(inputs);
        return graph.Build(output(graph), []);
    }

    private static double[] Ramp(int count) => [.. Enumerable.Range(0, count).Select(i => Math.Sin(1 + 3 * i))];
}
