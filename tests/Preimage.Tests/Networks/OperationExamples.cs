using Preimage.Networks;

namespace Preimage.Tests.Networks;

/// <summary>A small graph for every operation, with every operand varying that can.</summary>
internal static class OperationExamples
{
    /// <summary>One graph: its name, and the coordinates in which it is smooth, but for kinks and jumps that a random point misses.</summary>
    public sealed record Example(string Name, Graph Graph, double Lower = -2, double Upper = 2)
    {
        /// <summary>Whether it has derivatives, or refuses them.</summary>
        public bool IsDifferentiable => !Graph.Nodes.Any(n => n.Operation is Undifferentiable);

        public override string ToString() => Name;
    }

    /// <summary>All examples.</summary>
    public static IEnumerable<Example> All =>
        [
            .. BinaryFunctionExamples,
            .. ReductionExamples,
            .. WindowExamples,
            .. ChoiceExamples,
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
                f switch
                {
                    BinaryFunction.Divide => 1,
                    BinaryFunction.Power or BinaryFunction.Modulo or BinaryFunction.Remainder => 0.5,
                    _ => -2,
                },
                2
            ));

    private static IEnumerable<Example> ReductionExamples =>
        Enum.GetValues<Reduction>()
            .Select(k => new Example($"Reduce {k}", Build(12, g => g.Reduce(new Reduce(k, 2, 3, 2), 0))));

    private static IEnumerable<Example> WindowExamples =>
        [
            new(
                "Convolve groups",
                Build(
                    10,
                    g =>
                        g.Convolve(
                            new Convolve(Line(5, size: 3, stride: 2, before: 1, positions: 3), 1, 2, 2, 4),
                            0,
                            g.Constant(Ramp(12)),
                            g.Constant(Ramp(4))
                        )
                )
            ),
            new(
                "Convolve all varying",
                Build(
                    12,
                    g =>
                        g.Add(
                            new Convolve(Square(3, size: 2, before: 1, positions: 3), 1, 1, 1, 1),
                            [
                                g.Select([0, 1, 2, 3, 4, 5, 6, 7, 8], 0),
                                g.Elementwise(new Sine(), g.Select([8, 9, 10, 11], 0)),
                                g.Select([3], 0),
                            ],
                            9
                        )
                )
            ),
            .. Enum.GetValues<Pooling>()
                .SelectMany(kind =>
                    new[]
                    {
                        new Example(
                            $"Pool {kind} line",
                            Build(
                                10,
                                g => g.Pool(new Pool(kind, 2, Line(5, size: 2, stride: 2, before: 1, positions: 3)), 0)
                            )
                        ),
                        new Example(
                            $"Pool {kind} square",
                            Build(9, g => g.Pool(new Pool(kind, 1, Square(3, size: 2, before: 1, positions: 4)), 0))
                        ),
                    }
                ),
        ];

    private static IEnumerable<Example> ChoiceExamples =>
        [
            new(
                "Choose",
                Build(
                    9,
                    g =>
                        g.Choose(
                            g.Combine(BinaryFunction.Less, g.Select([0, 1, 2], 0), g.Constant([0.1, -0.7, 0.9])),
                            g.Elementwise(new Sine(), g.Select([3, 4, 5], 0)),
                            g.Elementwise(new ConstantPower(2), g.Select([6, 7, 8], 0))
                        )
                )
            ),
            new(
                "Choose a constant",
                Build(
                    4,
                    g => g.Choose(g.Combine(BinaryFunction.Less, 0, g.Constant(new double[4])), 0, g.Constant(Ramp(4)))
                )
            ),
            new(
                "Lookup",
                Build(
                    5,
                    g =>
                        g.Lookup(
                            g.Elementwise(new Sine(), 0),
                            g.Elementwise(
                                new Floor(),
                                g.Combine(BinaryFunction.Add, g.Select([4, 1, 0], 0), g.Constant([2, 2, 2]))
                            )
                        )
                )
            ),
            new("SortPlaces", Build(12, g => g.SortPlaces(new SortPlaces(2, 3, 2, Descending: true), 0))),
            new("Lookup sorted", Build(5, g => g.Lookup(0, g.SortPlaces(new SortPlaces(1, 5, 1, false), 0)))),
            new(
                "Undifferentiable",
                Build(3, g => g.Undifferentiable("'q' rounds to 8 bits; take its input.", g.Elementwise(new Sine(), 0)))
            ),
        ];

    private static Window Line(int extent, int size, int stride, int before, int positions) =>
        new([extent], [size], [stride], [1], [before], [positions]);

    private static Window Square(int extent, int size, int before, int positions) =>
        new([extent, extent], [size, size], [1, 1], [1, 1], [before, before], [positions, positions]);

    private static Graph Build(int inputs, Func<GraphBuilder, int> output)
    {
        var graph = new GraphBuilder(inputs);
        return graph.Build(output(graph), []);
    }

    private static double[] Ramp(int count) => [.. Enumerable.Range(0, count).Select(i => Math.Sin(1 + 3 * i))];
}
