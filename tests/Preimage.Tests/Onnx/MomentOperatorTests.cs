using Preimage.Networks;
using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>Normalisations of random shapes: ONNX Runtime gives the same.</summary>
public class MomentOperatorTests
{
    [Fact]
    public void BatchNormalization_IsThatOfOnnxRuntime() =>
        Check(
            (random, shape) =>
                WithStatistics(
                    RuntimeOracle.Of(random.Next(9, 23), shape, BatchNormalization("x", random)),
                    shape[1],
                    random
                )
        );

    /// <summary>A normalisation by constant statistics leaves no operation behind: it goes into the weights before it.</summary>
    [Theory]
    [InlineData("Conv", true)]
    [InlineData("Conv", false)]
    [InlineData("Gemm", true)]
    [InlineData("Gemm", false)]
    public void BatchNormalization_IsFoldedIntoWhatComesBefore(string operation, bool biased) =>
        RuntimeOracle.Check(random =>
        {
            long[] grid = operation == "Conv" ? RuntimeOracle.Sizes(random, random.Next(1, 4), 3, 5) : [];
            long[] kernel = [.. grid.Select(_ => (long)random.Next(1, 4))];
            (long channels, long outputs) = (random.Next(1, 4), random.Next(1, 4));
            string[] operands = biased ? ["x", "w", "c"] : ["x", "w"];
            ModelProto model = RuntimeOracle
                .Of(
                    random.Next(13, 23),
                    [random.Next(1, 3), channels, .. grid],
                    Models.Node(operation, "h", operands),
                    BatchNormalization("h", random)
                )
                .WithRandom("w", operation == "Conv" ? [outputs, channels, .. kernel] : [channels, outputs], random)
                .WithRandom("c", [outputs], random);
            Graph graph = WithStatistics(model, outputs, random).Read().Graph;
            Assert.Single(graph.Nodes, n => n.Operation is Convolve or MatrixMultiply);
            Assert.InRange(graph.Nodes.Count(n => n.Operation is Combine), 0, operation == "Conv" ? 0 : 1);
            return model;
        });

    /// <summary>Exporters write a layer normalisation as one of batches, by a mean and a variance made in the network.</summary>
    [Fact]
    public void BatchNormalization_ByVaryingStatistics_IsThatOfOnnxRuntime() =>
        Check(
            (random, shape) =>
            {
                long[] axes = [0, .. Enumerable.Range(2, shape.Length - 2).Select(axis => (long)axis)];
                return RuntimeOracle
                    .Of(
                        random.Next(13, 18),
                        shape,
                        Models.Node("Mul", "q", "x", "x"),
                        Models.Node("ReduceMean", "v", "q").With("axes", axes).With("keepdims", 0),
                        Models.Node("ReduceMean", "m", "x").With("axes", axes).With("keepdims", 0),
                        BatchNormalization("x", random)
                    )
                    .WithRandom("s", [shape[1]], random)
                    .WithRandom("b", [shape[1]], random);
            }
        );

    [Fact]
    public void BatchNormalization_InTraining_IsThatOfOnnxRuntime() =>
        Check(
            (random, shape) =>
            {
                NodeProto node = BatchNormalization("x", random).With("training_mode", 1);
                node.Output.Add(["mean", "variance"]);
                return WithStatistics(RuntimeOracle.Of(random.Next(15, 23), shape, node), shape[1], random);
            }
        );

    [Fact]
    public void InstanceNormalization_IsThatOfOnnxRuntime() =>
        Check(
            (random, shape) =>
                WithStatistics(
                    RuntimeOracle.Of(
                        random.Next(7, 22),
                        shape,
                        Models.Node("InstanceNormalization", "y", "x", "s", "b").With("epsilon", 1e-2f)
                    ),
                    shape[1],
                    random
                )
        );

    [Fact]
    public void GroupNormalization_IsThatOfOnnxRuntime() =>
        Check(
            (random, shape) =>
            {
                int opset = random.Next(18, 23);
                long groups = random.Next(1, 3);
                shape[1] = groups * random.Next(1, 3);
                long parameters = opset < 21 ? groups : shape[1];
                NodeProto node = Models.Node("GroupNormalization", "y", "x", "s", "b").With("num_groups", groups);
                return WithStatistics(RuntimeOracle.Of(opset, shape, node.With("epsilon", 1e-2f)), parameters, random);
            }
        );

    [Theory]
    [InlineData("LayerNormalization", 17)]
    [InlineData("RMSNormalization", 23)]
    public void NormalizationFromAnAxisOn_IsThatOfOnnxRuntime(string operation, int opset) =>
        Check(
            (random, shape) =>
            {
                int axis = random.Next(shape.Length);
                bool biased = operation == "LayerNormalization" && random.Next(2) == 0;
                return RuntimeOracle
                    .Of(
                        opset,
                        shape,
                        Models
                            .Node(operation, "y", biased ? ["x", "s", "b"] : ["x", "s"])
                            .With("axis", random.Next(2) == 0 ? axis : axis - shape.Length)
                            .With("epsilon", 1e-2f)
                    )
                    .WithRandom("s", shape[axis..], random)
                    .WithRandom("b", shape[axis..], random);
            }
        );

    [Fact]
    public void MeanVarianceNormalization_IsThatOfOnnxRuntime() =>
        Check(
            (random, shape) =>
            {
                // Along a line of one element nothing varies, and 0 / 0 is left.
                long[] grid = [.. shape.Take(2), 3, 4];
                return RuntimeOracle.Of(
                    random.Next(9, 23),
                    grid,
                    random.Next(2) == 0
                        ? Models.Node("MeanVarianceNormalization", "y", "x")
                        : Models.Node("MeanVarianceNormalization", "y", "x").With("axes", [2L, 3L])
                );
            }
        );

    [Fact]
    public void LocalResponseNormalization_IsThatOfOnnxRuntime() =>
        Check(
            (random, shape) =>
                RuntimeOracle.Of(
                    random.Next(7, 23),
                    [shape[0], random.Next(1, 7), 2, 3],
                    Models
                        .Node("LRN", "y", "x")
                        .With("size", 1 + 2 * random.Next(3))
                        .With("alpha", 0.3f)
                        .With("bias", 0.7f)
                )
        );

    [Fact]
    public void LpNormalization_IsThatOfOnnxRuntime() =>
        Check(
            (random, shape) =>
                RuntimeOracle.Of(
                    random.Next(7, 22),
                    shape,
                    Models
                        .Node("LpNormalization", "y", "x")
                        .With("p", random.Next(1, 3))
                        .With("axis", random.Next(-1, shape.Length))
                )
        );

    [Theory]
    [InlineData("SkipLayerNormalization")]
    [InlineData("SkipSimplifiedLayerNormalization")]
    public void SkipNormalization_IsThatOfOnnxRuntime(string operation) =>
        RuntimeOracle.Check(random =>
        {
            long[] shape = RuntimeOracle.Sizes(random, 3, 2, 5);
            string[] operands =
                operation == "SkipLayerNormalization" ? ["x", "z", "s", "b", "c"] : ["x", "z", "s", "c"];
            NodeProto node = Models.Node(operation, "y", operands[..^random.Next(2)]).With("epsilon", 1e-2f);
            return OfRuntime(RuntimeOracle.Of(17, shape, node))
                .WithRandom("z", shape, random)
                .WithRandom("s", [shape[2]], random)
                .WithRandom("b", [shape[2]], random)
                .WithRandom("c", [shape[2]], random);
        });

    /// <summary>The last node is one of ONNX Runtime's own.</summary>
    private static ModelProto OfRuntime(ModelProto model)
    {
        model.Graph.Node[^1].Domain = "com.microsoft";
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 });
        return model;
    }

    private static NodeProto BatchNormalization(string from, Random random) =>
        Models.Node("BatchNormalization", "y", from, "s", "b", "m", "v").With("epsilon", random.NextSingle());

    /// <summary>Scale, bias, mean and variance of the channels.</summary>
    private static ModelProto WithStatistics(ModelProto model, long channels, Random random) =>
        model
            .WithRandom("s", [channels], random)
            .WithRandom("b", [channels], random)
            .WithRandom("m", [channels], random)
            .WithFloats("v", [channels], [.. Enumerable.Range(0, (int)channels).Select(_ => random.NextSingle())]);

    /// <summary>Random shapes of rank 3 to 5.</summary>
    private static void Check(Func<Random, long[], ModelProto> make) =>
        RuntimeOracle.Check(random =>
            make(random, [random.Next(1, 3), .. RuntimeOracle.Sizes(random, random.Next(2, 5), 1, 5)])
        );
}
