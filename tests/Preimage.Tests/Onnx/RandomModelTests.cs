using Google.Protobuf;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Onnx.Wire;
using AttributeType = Preimage.Onnx.Wire.AttributeProto.Types.AttributeType;

namespace Preimage.Tests.Onnx;

/// <summary>Well-formed files with senseless contents: random operators, operands and attributes. They go deeper than damaged bytes.</summary>
public class RandomModelTests(ITestOutputHelper output)
{
    private const int Models = 20_000;

    /// <summary>More than any limit of the importer lets one file take, and far less than a machine has.</summary>
    private const long MostBytes = 3L << 30;

    private static readonly string[] AttributeNames =
    [
        "axis",
        "axes",
        "perm",
        "to",
        "keepdims",
        "alpha",
        "beta",
        "transA",
        "transB",
        "starts",
        "ends",
        "split",
        "num_outputs",
        "allowzero",
        "value",
        "value_int",
        "value_ints",
        "value_float",
        "value_floats",
        "epsilon",
        "start",
        "end",
        "min",
        "max",
        "noop_with_empty_axes",
        "approximate",
        "training_mode",
        "batch_dims",
        "mode",
        "upper",
        "exclusive",
        "reverse",
        "kernel_shape",
        "strides",
        "dilations",
        "pads",
        "output_padding",
        "output_shape",
        "pooled_shape",
        "group",
        "num_groups",
        "ceil_mode",
        "size",
        "blocksize",
        "align_corners",
        "scales",
        "p",
    ];

    private static readonly long[] Integers =
    [
        0,
        1,
        -1,
        2,
        -2,
        3,
        4,
        7,
        100,
        1 << 20,
        int.MaxValue,
        int.MinValue,
        1L << 40,
        long.MaxValue,
        long.MinValue,
        long.MinValue + 1,
    ];

    private static readonly float[] Reals = [0, 1, -1, 0.5f, 1e30f, float.PositiveInfinity, float.NaN];

    [Fact]
    public void RandomModels_AreReadOrRefused()
    {
        var random = new Random(5);
        Operator[] operators = [.. OperatorTable.All];
        var accepted = new HashSet<string>(StringComparer.Ordinal);
        int read = 0;
        long most = 0;
        for (int i = 0; i < Models; i++)
        {
            ModelProto model = Make(random, operators);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Network network = OnnxFile.Read(model.ToByteArray(), "random.onnx");
                read++;
                accepted.UnionWith(model.Graph.Node.Select(n => n.OpType));
                if (network.Inputs < 100 && network.Outputs < 1000)
                {
                    network.Map.Linearize(
                        new double[network.Inputs],
                        new double[network.Outputs],
                        new double[network.Inputs * network.Outputs]
                    );
                    _ = network.Dense;
                }
            }
            catch (ModelException e)
            {
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"model {i} {model.Graph.Node}: {e}");
            }

            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        output.WriteLine(
            $"{read} of {Models} models were read, with {accepted.Count} of {operators.Length} operators; the largest took {most >> 20} MiB."
        );
        Assert.InRange(most, 0, MostBytes);
        Assert.InRange(read, Models / 100, Models - 1);
    }

    private static ModelProto Make(Random random, Operator[] operators)
    {
        long[][] shapes =
        [
            [1, 6],
            [-1, 2, 3],
            [6],
            [2, 3],
            [1, 1, 2, 3],
        ];
        var model = Onnx.Models.Of(shapes[random.Next(shapes.Length)]);
        model.OpsetImport[0].Version = random.Next(7, 22);
        model
            .With("scalar", [], 0.5)
            .With("vector", [3], 1, 2, 3)
            .With("matrix", [2, 3], 1, 2, 3, 4, 5, 6)
            .With("nothing", [0]);
        model
            .WithIntegers("i", Pick(random))
            .WithIntegers("ij", Pick(random), Pick(random))
            .WithIntegers("ijk", Pick(random), Pick(random), Pick(random));
        List<string> names = ["x", "x", "x", "scalar", "vector", "matrix", "nothing", "i", "ij", "ijk", ""];
        int nodes = random.Next(1, 6);
        for (int k = 0; k < nodes; k++)
        {
            Operator one = operators[random.Next(operators.Length)];
            NodeProto node = Onnx.Models.Node(
                one.Name,
                k == nodes - 1 ? "y" : $"n{k}",
                [
                    .. Enumerable
                        .Range(0, random.Next(0, 5))
                        .Select(j =>
                            j == 0 && random.Next(3) > 0
                                ? names[random.Next(2) == 0 ? 0 : ^2]
                                : names[random.Next(names.Count)]
                        ),
                ]
            );
            node.Domain = one.Domain;
            for (int a = random.Next(0, 4); a > 0; a--)
            {
                node.Attribute.Add(MakeAttribute(random));
            }

            model.Graph.Node.Add(node);
            names.Insert(names.Count - 1, $"n{k}");
        }

        return model;
    }

    private static long Pick(Random random) => Integers[random.Next(random.Next(4) == 0 ? Integers.Length : 7)];

    private static AttributeProto MakeAttribute(Random random)
    {
        AttributeType[] types =
        [
            AttributeType.Int,
            AttributeType.Int,
            AttributeType.Ints,
            AttributeType.Float,
            AttributeType.Floats,
            AttributeType.String,
            AttributeType.Tensor,
            AttributeType.Undefined,
        ];
        string name = AttributeNames[random.Next(AttributeNames.Length)];
        var attribute = new AttributeProto
        {
            Name = name,
            I = Pick(random),
            F = Reals[random.Next(Reals.Length)],
            S = ByteString.CopyFromUtf8("tanh"),
            Type = name is "axes" or "perm" or "starts" or "ends" or "split" or "kernel_shape" or "strides" or "pads"
                ? AttributeType.Ints
                : types[random.Next(types.Length)],
        };
        attribute.Ints.Add(Enumerable.Range(0, random.Next(4)).Select(_ => Pick(random)));
        attribute.Floats.Add(Enumerable.Range(0, random.Next(4)).Select(_ => Reals[random.Next(Reals.Length)]));
        attribute.T = new TensorProto { DataType = random.Next(18) };
        attribute.T.Dims.Add(Enumerable.Range(0, random.Next(3)).Select(_ => Pick(random)));
        attribute.T.FloatData.Add(1);
        attribute.T.Int64Data.Add(Pick(random));
        attribute.T.Int32Data.Add(1);
        return attribute;
    }
}
