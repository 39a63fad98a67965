using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>Convolution and pooling of random geometry: ONNX Runtime gives the same, in any rank, with any padding, stride, dilation and groups.</summary>
public class GridOperatorTests
{
    /// <summary>Three elements, dilated by two. On smaller grids ONNX Runtime lets a window begin on the grid and end outside.</summary>
    private const int RoomForEveryWindow = 5;

    private static readonly string[] PaddingModes = ["SAME_UPPER", "SAME_LOWER", "VALID"];

    [Fact]
    public void Conv_IsThatOfOnnxRuntime() =>
        Check(
            (random, rank) =>
            {
                int groups = random.Next(1, 4);
                long[] grid = RuntimeOracle.Sizes(random, rank, 1, 8);
                long[] weights =
                [
                    groups * random.Next(1, 3),
                    random.Next(1, 3),
                    .. RuntimeOracle.Sizes(random, rank, 1, 4),
                ];
                NodeProto node = Moving(Models.Node("Conv", "y", Operands(random)), random, rank);
                return RuntimeOracle
                    .Of(
                        random.Next(11, 23),
                        [random.Next(1, 3), groups * weights[1], .. grid],
                        node.With("group", groups)
                    )
                    .WithRandom("w", weights, random)
                    .WithRandom("b", [weights[0]], random);
            }
        );

    [Fact]
    public void ConvTranspose_IsThatOfOnnxRuntime() =>
        Check(
            (random, rank) =>
            {
                int groups = random.Next(1, 3);
                long[] weights =
                [
                    groups * random.Next(1, 3),
                    random.Next(1, 3),
                    .. RuntimeOracle.Sizes(random, rank, 1, 4),
                ];
                NodeProto node = Moving(Models.Node("ConvTranspose", "y", Operands(random)), random, rank);
                switch (random.Next(4))
                {
                    case 0:
                        node.With("output_padding", RuntimeOracle.Sizes(random, rank, 0, 2));
                        break;
                    case 1:
                        node.With("output_shape", RuntimeOracle.Sizes(random, rank, 3, 9));
                        break;
                }

                return RuntimeOracle
                    .Of(
                        random.Next(11, 23),
                        [random.Next(1, 3), weights[0], .. RuntimeOracle.Sizes(random, rank, 1, 6)],
                        node.With("group", groups)
                    )
                    .WithRandom("w", weights, random)
                    .WithRandom("b", [groups * weights[1]], random);
            }
        );

    [Fact]
    public void DeformConv_IsThatOfOnnxRuntime() =>
        RuntimeOracle.Check(random =>
        {
            int groups = random.Next(1, 3);
            int moved = random.Next(1, 3);
            long[] grid = RuntimeOracle.Sizes(random, 2, 3, 6);
            long[] weights = [groups * random.Next(1, 3), moved, .. RuntimeOracle.Sizes(random, 2, 1, 3)];
            long[] positions = [.. grid.Zip(weights.Skip(2), (d, k) => d + 2 - k + 1)];
            long elements = moved * weights[2] * weights[3];
            bool masked = random.Next(2) == 0;
            return RuntimeOracle
                .Of(
                    random.Next(19, 23),
                    [2, groups * moved, .. grid],
                    Models
                        .Node("DeformConv", "y", masked ? ["x", "w", "o", "b", "m"] : ["x", "w", "o", "b"])
                        .With("group", groups)
                        .With("offset_group", moved)
                        .With("pads", [1L, 1L, 1L, 1L])
                )
                .WithRandom("w", weights, random)
                .WithRandom("o", [2, 2 * elements, .. positions], random)
                .WithRandom("b", [weights[0]], random)
                .WithRandom("m", [2, elements, .. positions], random);
        });

    [Theory]
    [InlineData("MaxPool")]
    [InlineData("AveragePool")]
    [InlineData("LpPool")]
    public void Pool_IsThatOfOnnxRuntime(string operation) =>
        Check(
            (random, rank) =>
            {
                long[] size = RuntimeOracle.Sizes(random, rank, 1, 4);
                NodeProto node = Moving(Models.Node(operation, "y", "x"), random, rank, pooled: size)
                    .With("kernel_shape", size)
                    .With("ceil_mode", random.Next(2));
                if (operation == "AveragePool")
                {
                    node.With("count_include_pad", random.Next(2));
                }

                return RuntimeOracle.Of(
                    random.Next(19, 23),
                    [random.Next(1, 3), random.Next(1, 3), .. RuntimeOracle.Sizes(random, rank, RoomForEveryWindow, 9)],
                    node
                );
            }
        );

    /// <summary>The places of the largest elements, as numbers.</summary>
    [Fact]
    public void MaxPoolIndices_AreThoseOfOnnxRuntime() =>
        Check(
            (random, rank) =>
            {
                long[] size = RuntimeOracle.Sizes(random, rank, 1, 4);
                NodeProto node = Moving(Models.Node("MaxPool", "largest", "x"), random, rank, pooled: size)
                    .With("kernel_shape", size)
                    .With("storage_order", random.Next(2));
                node.Output.Add("places");
                return RuntimeOracle.Of(
                    random.Next(12, 23),
                    [random.Next(1, 3), random.Next(1, 3), .. RuntimeOracle.Sizes(random, rank, RoomForEveryWindow, 9)],
                    node,
                    Models.Node("Cast", "y", "places").With("to", (long)TensorProto.Types.DataType.Float)
                );
            }
        );

    [Theory]
    [InlineData("GlobalMaxPool")]
    [InlineData("GlobalAveragePool")]
    [InlineData("GlobalLpPool")]
    public void GlobalPool_IsThatOfOnnxRuntime(string operation) =>
        Check(
            (random, rank) =>
                RuntimeOracle.Of(
                    random.Next(11, 23),
                    [random.Next(1, 3), random.Next(1, 3), .. RuntimeOracle.Sizes(random, rank, 1, 5)],
                    Models.Node(operation, "y", "x")
                )
        );

    private static string[] Operands(Random random) => random.Next(2) == 0 ? ["x", "w"] : ["x", "w", "b"];

    /// <summary>
    /// The node with random padding, strides and dilations, each of which may also be absent. Where a pool pads by itself, ONNX Runtime
    /// leaves the dilation out, and takes away elements that larger strides leave over, both against the standard: neither is drawn there.
    /// </summary>
    private static NodeProto Moving(NodeProto node, Random random, int rank, long[]? pooled = null)
    {
        string mode = random.Next(3) == 0 ? PaddingModes[random.Next(PaddingModes.Length)] : "NOTSET";
        bool plain = pooled is not null && mode.StartsWith("SAME", StringComparison.Ordinal);
        node.WithText("auto_pad", mode);
        if (mode == "NOTSET" && random.Next(3) > 0)
        {
            node.With("pads", RuntimeOracle.Sizes(random, 2 * rank, 0, 3));
        }

        if (random.Next(3) > 0)
        {
            long[] strides = RuntimeOracle.Sizes(random, rank, 1, 4);
            node.With("strides", plain ? [.. strides.Zip(pooled!, Math.Min)] : strides);
        }

        return random.Next(3) > 0 && !plain ? node.With("dilations", RuntimeOracle.Sizes(random, rank, 1, 3)) : node;
    }

    private static void Check(Func<Random, int, ModelProto> make) =>
        RuntimeOracle.Check(random => make(random, random.Next(1, 4)));
}
