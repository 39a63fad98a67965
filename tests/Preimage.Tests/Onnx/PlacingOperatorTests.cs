using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>Operators that pad, resize, sample and put elements elsewhere: ONNX Runtime gives the same.</summary>
public class PlacingOperatorTests
{
    private static readonly string[] Coordinates =
    [
        "half_pixel",
        "half_pixel_symmetric",
        "pytorch_half_pixel",
        "align_corners",
        "asymmetric",
        "tf_crop_and_resize",
    ];

    private static readonly string[] Roundings = ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"];
    private static readonly string[] GridPaddings = ["zeros", "border", "reflection"];

    [Theory]
    [InlineData("constant", -2)]
    [InlineData("edge", 0)]
    [InlineData("reflect", 0)]
    [InlineData("wrap", 0)]
    public void Pad_IsThatOfOnnxRuntime(string mode, int least) =>
        RuntimeOracle.Check(random =>
        {
            int rank = random.Next(1, 4);
            long[] shape = RuntimeOracle.Sizes(random, rank, 4, 7);
            bool named = mode != "wrap" && random.Next(2) == 0;
            NodeProto node = Models.Node("Pad", "y", named ? ["x", "pads", "value", "axes"] : ["x", "pads", "value"]);
            return RuntimeOracle
                .Of(mode == "wrap" ? 19 : 18, shape, node.WithText("mode", mode))
                .WithFloats("value", [], 0.25f)
                .WithIntegers("pads", RuntimeOracle.Sizes(random, named ? 2 : 2 * rank, least, 4))
                .WithIntegers("axes", random.Next(-rank, rank));
        });

    [Theory]
    [InlineData("nearest")]
    [InlineData("linear")]
    [InlineData("cubic")]
    public void Resize_ByScales_IsThatOfOnnxRuntime(string mode) =>
        RuntimeOracle.Check(random =>
            Resized(random, mode, "scales")
                .WithFloats("scales", [4], 1, 1, Scale(random, mode), Scale(random, mode))
                .WithFloats("roi", [8], 0, 0, 0.2f, -0.1f, 1, 1, 0.9f, 1.2f)
        );

    [Theory]
    [InlineData("nearest")]
    [InlineData("linear")]
    [InlineData("cubic")]
    public void Resize_BySizes_IsThatOfOnnxRuntime(string mode) =>
        RuntimeOracle.Check(random =>
        {
            ModelProto model = Resized(random, mode, "sizes");
            long[] shape = [.. model.Graph.Input[0].Type.TensorType.Shape.Dim.Select(d => d.DimValue)];
            long[] sizes = [.. shape.Skip(2).Select(d => d + Growths[random.Next(Growths.Length)])];
            return model
                .WithIntegers(
                    "sizes",
                    [shape[0], shape[1], .. mode == "nearest" ? shape.Skip(2).Select(d => 2 * d) : sizes]
                )
                .WithFloats("roi", [8], 0, 0, 0.2f, -0.1f, 1, 1, 0.9f, 1.2f);
        });

    [Theory]
    [InlineData("linear")]
    [InlineData("cubic")]
    public void Resize_WithAntialias_IsThatOfOnnxRuntime(string mode) =>
        RuntimeOracle.Check(random =>
            RuntimeOracle
                .Of(
                    random.Next(18, 22),
                    [1, 2, .. RuntimeOracle.Sizes(random, 2, 3, 10)],
                    Models
                        .Node("Resize", "y", "x", "", "", "sizes")
                        .WithText("mode", mode)
                        .With("antialias", 1)
                        .With("exclude_outside", 1)
                        .With("axes", [2L, 3L])
                )
                .WithIntegers("sizes", RuntimeOracle.Sizes(random, 2, 1, 10))
        );

    [Fact]
    public void Upsample_IsThatOfOnnxRuntime() =>
        RuntimeOracle.Check(random =>
            RuntimeOracle
                .Of(
                    9,
                    [1, 2, 3, 4],
                    Models
                        .Node("Upsample", "y", "x", "scales")
                        .WithText("mode", random.Next(2) == 0 ? "nearest" : "linear")
                )
                .WithFloats("scales", [4], 1, 1, random.Next(1, 4), random.Next(1, 4))
        );

    [Theory]
    [InlineData("nearest", false)]
    [InlineData("linear", false)]
    [InlineData("cubic", false)]
    [InlineData("nearest", true)]
    [InlineData("linear", true)]
    [InlineData("cubic", true)]
    public void GridSample_IsThatOfOnnxRuntime(string mode, bool varies) =>
        RuntimeOracle.Check(
            random =>
            {
                int rank = mode == "cubic" ? 2 : random.Next(2, 4);
                int batch = random.Next(1, 3);
                long[] image = [batch, random.Next(1, 3), .. RuntimeOracle.Sizes(random, rank, 2, 5)];
                long[] grid = [batch, .. RuntimeOracle.Sizes(random, rank, 2, 4), rank];
                NodeProto node = Models
                    .Node("GridSample", "y", varies ? ["image", "scaled"] : ["x", "scaled"])
                    .WithText("mode", mode)
                    .WithText("padding_mode", GridPaddings[random.Next(GridPaddings.Length)])
                    .With("align_corners", random.Next(2));
                // Beyond the grid too.
                NodeProto scaling = Models.Node("Mul", "scaled", varies ? "x" : "grid", "wider");
                (string name, long[] shape) = varies ? ("image", image) : ("grid", grid);
                return RuntimeOracle
                    .Of(random.Next(20, 23), varies ? grid : image, scaling, node)
                    .WithFloats(name, shape, RuntimeOracle.Coarse(random, shape.Aggregate(1L, (a, b) => a * b)))
                    .WithFloats("wider", [], 1.5f);
            },
            coarse: true
        );

    [Fact]
    public void AffineGrid_IsThatOfOnnxRuntime() =>
        RuntimeOracle.Check(random =>
        {
            int rank = random.Next(2, 4);
            return RuntimeOracle
                .Of(
                    20,
                    [2, rank, rank + 1],
                    Models.Node("AffineGrid", "y", "x", "size").With("align_corners", random.Next(2))
                )
                .WithIntegers("size", [2, 3, .. RuntimeOracle.Sizes(random, rank, 2, 5)]);
        });

    [Theory]
    [InlineData("avg")]
    [InlineData("max")]
    public void RoiAlign_IsThatOfOnnxRuntime(string mode) =>
        RuntimeOracle.Check(random =>
        {
            int opset = random.Next(2) == 0 ? 10 : 16;
            float[] regions =
            [
                .. Enumerable
                    .Range(0, 3)
                    .SelectMany(_ =>
                    {
                        (float x, float y) = (8 * random.NextSingle() - 1, 8 * random.NextSingle() - 1);
                        return new[] { x, y, x + 6 * random.NextSingle(), y + 6 * random.NextSingle() };
                    }),
            ];
            return RuntimeOracle
                .Of(
                    opset,
                    [2, 2, 6, 5],
                    Models
                        .Node("RoiAlign", "y", "x", "regions", "samples")
                        .WithText("mode", mode)
                        .With("output_height", random.Next(1, 4))
                        .With("output_width", random.Next(1, 4))
                        .With("sampling_ratio", random.Next(3))
                        .With("spatial_scale", 0.7f)
                )
                .WithFloats("regions", [3, 4], regions)
                .WithIntegers("samples", random.Next(2), 0, 1);
        });

    [Fact]
    public void MaxRoiPool_IsThatOfOnnxRuntime() =>
        RuntimeOracle.Check(random =>
            RuntimeOracle
                .Of(
                    random.Next(7, 22),
                    [2, 2, 6, 5],
                    Models
                        .Node("MaxRoiPool", "y", "x", "regions")
                        .With("pooled_shape", RuntimeOracle.Sizes(random, 2, 1, 4))
                        .With("spatial_scale", 0.7f)
                )
                .WithFloats(
                    "regions",
                    [1, 5],
                    random.Next(2),
                    random.Next(3),
                    random.Next(3),
                    random.Next(9),
                    random.Next(9)
                )
        );

    [Theory]
    [InlineData("DepthToSpace")]
    [InlineData("SpaceToDepth")]
    public void SpaceAndDepth_AreThoseOfOnnxRuntime(string operation) =>
        RuntimeOracle.Check(random =>
        {
            long block = random.Next(1, 4);
            NodeProto node = Models.Node(operation, "y", "x").With("blocksize", block);
            if (operation == "DepthToSpace")
            {
                node.WithText("mode", random.Next(2) == 0 ? "DCR" : "CRD");
            }

            return RuntimeOracle.Of(13, [random.Next(1, 3), 2 * block * block, 2 * block, block], node);
        });

    [Fact]
    public void Col2Im_IsThatOfOnnxRuntime() =>
        RuntimeOracle.Check(random =>
        {
            (long[] image, long[] block) = (RuntimeOracle.Sizes(random, 2, 3, 6), RuntimeOracle.Sizes(random, 2, 1, 3));
            long stride = random.Next(1, 3);
            long dilation = random.Next(1, 3);
            long pad = random.Next(2);
            long blocks = image
                .Zip(block, (i, k) => (i + 2 * pad - (k - 1) * dilation - 1) / stride + 1)
                .Aggregate((a, b) => a * b);
            return RuntimeOracle
                .Of(
                    18,
                    [random.Next(1, 3), 2 * block[0] * block[1], blocks],
                    Models
                        .Node("Col2Im", "y", "x", "image", "block")
                        .With("strides", [stride, stride])
                        .With("dilations", [dilation, dilation])
                        .With("pads", [pad, pad, pad, pad])
                )
                .WithIntegers("image", image)
                .WithIntegers("block", block);
        });

    [Fact]
    public void CenterCropPad_IsThatOfOnnxRuntime() =>
        RuntimeOracle.Check(random =>
            RuntimeOracle
                .Of(
                    18,
                    RuntimeOracle.Sizes(random, 3, 1, 8),
                    Models.Node("CenterCropPad", "y", "x", "wanted").With("axes", [2L, -3L])
                )
                .WithIntegers("wanted", RuntimeOracle.Sizes(random, 2, 1, 8))
        );

    [Fact]
    public void MaxUnpool_PutsElementsBackWhereMaxPoolFoundThem() =>
        RuntimeOracle.Check(random =>
            RuntimeOracle
                .Of(
                    random.Next(11, 22),
                    [1, 2, 2, 2],
                    Models
                        .Node("MaxUnpool", "y", "x", "indices")
                        .With("kernel_shape", [2L, 2L])
                        .With("strides", [2L, 2L])
                )
                .WithIndices("indices", [1, 2, 2, 2], [.. Enumerable.Range(0, 8).Select(i => 4L * i + random.Next(4))])
        );

    /// <summary>No axis of three elements or more keeps its size: ONNX Runtime copies it then, whatever scale, coordinates and region say.</summary>
    private static readonly float[] Scales = [0.3f, 0.5f, 0.6f, 0.75f, 1.4f, 1.5f, 2, 2.5f, 3];
    private static readonly float[] ExactScales = [0.5f, 2, 4];
    private static readonly int[] Growths = [-2, -1, 1, 2, 3, 5];

    /// <summary>The nearest element is drawn at scales that divide exactly: else the last bit of a position may decide which one it is.</summary>
    private static float Scale(Random random, string mode) =>
        mode == "nearest" ? ExactScales[random.Next(ExactScales.Length)] : Scales[random.Next(Scales.Length)];

    private static ModelProto Resized(Random random, string mode, string by)
    {
        string[] operands = by == "scales" ? ["x", "roi", "scales"] : ["x", "roi", "", "sizes"];
        NodeProto node = Models
            .Node("Resize", "y", operands)
            .WithText("mode", mode)
            .WithText("coordinate_transformation_mode", Coordinates[random.Next(Coordinates.Length)])
            .WithText("nearest_mode", Roundings[random.Next(Roundings.Length)])
            .With("extrapolation_value", 0.3f);
        if (mode == "cubic")
        {
            node.With("cubic_coeff_a", -0.5f).With("exclude_outside", random.Next(2));
        }

        return RuntimeOracle.Of(
            random.Next(13, 22),
            [1, random.Next(1, 3), .. RuntimeOracle.Sizes(random, 2, 3, 8)],
            node
        );
    }
}
