using CsCheck;
using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>Convolution and pooling of random geometry: ONNX Runtime gives the same, in any rank, with any padding, stride, dilation and groups.</summary>
public class GridOperatorTests
{
    /// <summary>Random geometries of each operator; some have no room for the window, and are refused by ONNX Runtime too.</summary>
    private const int Geometries = 150;

    /// <summary>Three elements, dilated by two. On smaller grids ONNX Runtime lets a window begin on the grid and end outside.</summary>
    private const int RoomForEveryWindow = 5;

    private static readonly string[] PaddingModes = ["SAME_UPPER", "SAME_LOWER", "VALID"];

    [Fact]
    public void Conv_IsThatOfOnnxRuntime() =>
        Check(
            (random, rank) =>
            {
                int groups = random.Next(1, 4);
                long[] grid = Sizes(random, rank, 1, 8);
                long[] weights = [groups * random.Next(1, 3), random.Next(1, 3), .. Sizes(random, rank, 1, 4)];
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
                long[] weights = [groups * random.Next(1, 3), random.Next(1, 3), .. Sizes(random, rank, 1, 4)];
                NodeProto node = Moving(Models.Node("ConvTranspose", "y", Operands(random)), random, rank);
                switch (random.Next(4))
                {
                    case 0:
                        node.With("output_padding", Sizes(random, rank, 0, 2));
                        break;
                    case 1:
                        node.With("output_shape", Sizes(random, rank, 3, 9));
                        break;
                }

                return RuntimeOracle
                    .Of(
                        random.Next(11, 23),
                        [random.Next(1, 3), weights[0], .. Sizes(random, rank, 1, 6)],
                        node.With("group", groups)
                    )
                    .WithRandom("w", weights, random)
                    .WithRandom("b", [groups * weights[1]], random);
            }
        );

    [Theory]
    [InlineData("MaxPool")]
    [InlineData("AveragePool")]
    [InlineData("LpPool")]
    public void Pool_IsThatOfOnnxRuntime(string operation) =>
        Check(
            (random, rank) =>
            {
                long[] size = Sizes(random, rank, 1, 4);
                NodeProto node = Moving(Models.Node(operation, "y", "x"), random, rank, pooled: size)
                    .With("kernel_shape", size)
                    .With("ceil_mode", random.Next(2));
                if (operation == "AveragePool")
                {
                    node.With("count_include_pad", random.Next(2));
                }

                return RuntimeOracle.Of(
                    random.Next(19, 23),
                    [random.Next(1, 3), random.Next(1, 3), .. Sizes(random, rank, RoomForEveryWindow, 9)],
                    node
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
                    [random.Next(1, 3), random.Next(1, 3), .. Sizes(random, rank, 1, 5)],
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
            node.With("pads", Sizes(random, 2 * rank, 0, 3));
        }

        if (random.Next(3) > 0)
        {
            long[] strides = Sizes(random, rank, 1, 4);
            node.With("strides", plain ? [.. strides.Zip(pooled!, Math.Min)] : strides);
        }

        return random.Next(3) > 0 && !plain ? node.With("dilations", Sizes(random, rank, 1, 3)) : node;
    }

    /// <summary>Numbers from low to high - 1.</summary>
    private static long[] Sizes(Random random, int count, int low, int high) =>
        [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(low, high))];

    /// <summary>Random models of rank 1 to 3, drawn by a seed that CsCheck chooses and prints; at least a third must be valid.</summary>
    private static void Check(Func<Random, int, ModelProto> make)
    {
        int valid = 0;
        Gen.Int[0, int.MaxValue - 1]
            .Sample(
                seed =>
                {
                    var random = new Random(seed);
                    valid += make(random, random.Next(1, 4)).Agrees(random) ? 1 : 0;
                },
                iter: Geometries,
                threads: 1
            );
        Assert.InRange(valid, Geometries / 3, Geometries);
    }
}
