using CsCheck;
using Google.Protobuf;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Onnx.Wire;
using AttributeType = Preimage.Onnx.Wire.AttributeProto.Types.AttributeType;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>Valid models of one composite node each, damaged in a few places: they are read, or refused with a sentence.</summary>
public class DamagedLayerTests(ITestOutputHelper output)
{
    private static readonly Func<Random, ModelProto>[] Makers =
    [
        random => RecurrentTests.Make(random, "RNN", 1).Model.LookingAt("Y"),
        random => RecurrentTests.Make(random, "GRU", 3).Model.LookingAt("Y"),
        random => RecurrentTests.Make(random, "LSTM", 4).Model.LookingAt("Y_c"),
        AttentionTests.Any,
        random => EinsumTests.Model(random, "bij,bjk->bik", ["2,2,3", "2,3,2"]).Model,
        random => EinsumTests.Model(random, "...ii,ij", ["2,3,3", "3,2"]).Model,
        LearningModels.Any,
        _ => ControlFlowTests.AnyLoop(),
        _ => ControlFlowTests.AnyScan(),
        _ => ControlFlowTests.AnySequence(),
        _ => LocalFunctionTests.AnyFunction(),
    ];

    private static readonly long[] Integers =
    [
        0,
        1,
        -1,
        2,
        3,
        5,
        100,
        1 << 20,
        int.MaxValue,
        long.MaxValue,
        long.MinValue,
    ];

    private static readonly float[] Reals = [0, 1, -1, 1e30f, float.PositiveInfinity, float.NaN];

    private static readonly string[] Texts =
    [
        "",
        "MAX",
        "ij->",
        "a,b->c",
        "reverse",
        "bidirectional",
        "Relu",
        "LEAF",
        "RBF",
    ];

    [Fact]
    public void DamagedModels_AreReadOrRefused()
    {
        int read = 0;
        int refused = 0;
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                ModelProto model = Makers[random.Next(Makers.Length)](random);
                for (int k = random.Next(1, 4); k > 0; k--)
                {
                    Damage(random, model);
                }

                try
                {
                    Network network = OnnxFile.Read(model.ToByteArray(), "damaged.onnx");
                    Interlocked.Increment(ref read);
                    if (network.Inputs < 100 && network.Outputs is > 0 and < 1000)
                    {
                        double[] y = new double[network.Outputs];
                        network.PlainMap.Linearize(
                            new double[network.Inputs],
                            y,
                            new double[network.Inputs * y.Length]
                        );
                    }
                }
                catch (ModelException e)
                {
                    Interlocked.Increment(ref refused);
                    Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
                }
                catch (Exception e) when (e is not Xunit.Sdk.XunitException)
                {
                    Assert.Fail($"{model}: {e}");
                }
            },
            iter: 1500
        );
        output.WriteLine($"{read} were read, {refused} refused.");
        Assert.True(read > 0 && refused > 0);
    }

    private static void Damage(Random random, ModelProto model)
    {
        NodeProto node = Node(random, model);
        switch (random.Next(7))
        {
            case 0 when node.Input.Count > 0:
                node.Input[random.Next(node.Input.Count)] = OtherName(random, model);
                break;
            case 1 when node.Input.Count > 0:
                node.Input.RemoveAt(node.Input.Count - 1);
                break;
            case 2 when node.Attribute.Count > 0:
                Damage(random, node.Attribute[random.Next(node.Attribute.Count)]);
                break;
            case 3 when node.Attribute.Count > 0:
                node.Attribute.RemoveAt(random.Next(node.Attribute.Count));
                break;
            case 4 when model.Graph.Initializer.Count > 0:
                Damage(random, model.Graph.Initializer[random.Next(model.Graph.Initializer.Count)]);
                break;
            case 5:
                Reshape(random, model);
                break;
            default:
                model.OpsetImport[0].Version = random.Next(7, 25);
                break;
        }
    }

    /// <summary>Any node, also of the bodies.</summary>
    private static NodeProto Node(Random random, ModelProto model)
    {
        List<NodeProto> all =
        [
            .. model.Graph.Node,
            .. model.Graph.Node.SelectMany(n => n.Attribute).Where(a => a.G is not null).SelectMany(a => a.G.Node),
            .. model.Functions.SelectMany(f => f.Node),
        ];
        return all[random.Next(all.Count)];
    }

    private static string OtherName(Random random, ModelProto model)
    {
        string[] names = ["", "x", "missing", .. model.Graph.Initializer.Select(i => i.Name)];
        return names[random.Next(names.Length)];
    }

    private static void Damage(Random random, AttributeProto attribute)
    {
        switch (attribute.Type)
        {
            case AttributeType.Int:
                attribute.I = Integers[random.Next(Integers.Length)];
                break;
            case AttributeType.Float:
                attribute.F = Reals[random.Next(Reals.Length)];
                break;
            case AttributeType.String:
                attribute.S = ByteString.CopyFromUtf8(Texts[random.Next(Texts.Length)]);
                break;
            case AttributeType.Ints when attribute.Ints.Count > 0 && random.Next(2) == 0:
                attribute.Ints[random.Next(attribute.Ints.Count)] = Integers[random.Next(Integers.Length)];
                break;
            case AttributeType.Ints:
                attribute.Ints.Add(Integers[random.Next(Integers.Length)]);
                break;
            case AttributeType.Floats when attribute.Floats.Count > 0:
                attribute.Floats.RemoveAt(0);
                break;
            case AttributeType.Strings when attribute.Strings.Count > 0:
                attribute.Strings[0] = ByteString.CopyFromUtf8(Texts[random.Next(Texts.Length)]);
                break;
            case AttributeType.Graph when attribute.G.Input.Count > 0:
                attribute.G.Input.RemoveAt(0);
                break;
        }
    }

    /// <summary>Another shape, with as much data as it needs.</summary>
    private static void Damage(Random random, TensorProto tensor)
    {
        long[] shape = [.. tensor.Dims];
        switch (random.Next(4))
        {
            case 0 when shape.Length > 0:
                shape[random.Next(shape.Length)] = random.Next(4);
                break;
            case 1:
                shape = [.. shape, 1];
                break;
            case 2 when shape.Length > 0:
                shape = [shape.Aggregate(1L, (a, b) => a * b)];
                break;
            default:
                Array.Reverse(shape);
                break;
        }

        int count = (int)shape.Aggregate(1L, (a, b) => a * b);
        tensor.Dims.Clear();
        tensor.Dims.Add(shape);
        Fit(tensor.FloatData, count);
        Fit(tensor.DoubleData, count);
        Fit(tensor.Int64Data, count);
        Fit(tensor.Int32Data, count);
        if (tensor.DataType == (int)DataType.Int64 && tensor.Int64Data.Count > 0)
        {
            tensor.Int64Data[0] = Integers[random.Next(Integers.Length)];
        }
    }

    private static void Fit<T>(Google.Protobuf.Collections.RepeatedField<T> field, int count)
    {
        T first = field.Count > 0 ? field[0] : default!;
        bool used = field.Count > 0;
        while (field.Count > count)
        {
            field.RemoveAt(field.Count - 1);
        }

        while (used && field.Count < count)
        {
            field.Add(first);
        }
    }

    private static void Reshape(Random random, ModelProto model)
    {
        var dimensions = model.Graph.Input[0].Type.TensorType.Shape.Dim;
        if (random.Next(2) == 0 && dimensions.Count > 0)
        {
            dimensions[random.Next(dimensions.Count)].DimValue = random.Next(1, 5);
        }
        else if (random.Next(2) == 0 && dimensions.Count > 1)
        {
            dimensions.RemoveAt(0);
        }
        else
        {
            dimensions.Add(new TensorShapeProto.Types.Dimension { DimValue = random.Next(1, 3) });
        }
    }
}
