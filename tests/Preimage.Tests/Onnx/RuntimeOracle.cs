using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Preimage.Networks;
using Preimage.Onnx.Wire;
using Preimage.Tests.Laws;
using AttributeType = Preimage.Onnx.Wire.AttributeProto.Types.AttributeType;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>Small models that ONNX Runtime reads too, an oracle that shares no code with ours.</summary>
internal static class RuntimeOracle
{
    /// <summary>ONNX Runtime computes in 32 bits: each of some hundred roundings may move a value by 2^-24 of the largest.</summary>
    private const double FloatRounding = 1e-5;

    private static readonly SessionOptions Quiet = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };

    /// <summary>A model of one float input "x" and one output "y" that leaves its shape to inference.</summary>
    public static ModelProto Of(int opset, long[] shape, params NodeProto[] nodes)
    {
        ModelProto model = Models.Of(shape, nodes);
        model.OpsetImport[0].Version = opset;
        model.Graph.Output[0].Type.TensorType.Shape = null;
        return model;
    }

    /// <summary>The node with a text.</summary>
    public static NodeProto WithText(this NodeProto node, string name, string value)
    {
        node.Attribute.Add(
            new AttributeProto
            {
                Name = name,
                S = ByteString.CopyFromUtf8(value),
                Type = AttributeType.String,
            }
        );
        return node;
    }

    /// <summary>The model with an initialiser of floats.</summary>
    public static ModelProto WithFloats(this ModelProto model, string name, long[] shape, params float[] elements)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Float };
        tensor.Dims.Add(shape);
        tensor.FloatData.Add(elements);
        model.Graph.Initializer.Add(tensor);
        return model;
    }

    /// <summary>The model with an initialiser of random floats in [-1, 1].</summary>
    public static ModelProto WithRandom(this ModelProto model, string name, long[] shape, Random random) =>
        model.WithFloats(name, shape, Draw(random, shape.Aggregate(1L, (a, b) => a * b)));

    /// <summary>
    /// Our value is that of ONNX Runtime at a random input, and our derivatives are its slopes. False when ONNX Runtime refuses the model,
    /// of which nothing is said then.
    /// </summary>
    public static bool Agrees(this ModelProto model, Random random)
    {
        long[] shape = [.. model.Graph.Input[0].Type.TensorType.Shape.Dim.Select(d => d.DimValue)];
        float[] x = Draw(random, shape.Aggregate(1L, (a, b) => a * b));
        if (Run(model, x, [.. shape.Select(d => (int)d)]) is not { } expected)
        {
            return false;
        }

        string what = $"{model.Graph.Node} on {string.Join(", ", shape)}";
        Network network = model.Read();
        double[] point = [.. x.Select(v => (double)v)];
        double[] y = new double[network.Outputs];
        network.PlainMap.Evaluate(point, y);
        Assert.True(expected.Length == y.Length, $"{what}: {y.Length} outputs, not {expected.Length}");
        double scale = 1e-30 + expected.Max(v => Math.Abs((double)v));
        double error = y.Zip(expected, (a, b) => Math.Abs(a - b)).Max() / scale;
        Assert.True(error <= FloatRounding, $"{what}: relative error {error:E1}");
        double[] v = [.. Draw(random, x.Length).Select(e => (double)e)];
        double[] w = [.. Draw(random, y.Length).Select(e => (double)e)];
        Derivatives.HaveTaylorSlopeTwo(network.Map, point, v, what);
        Derivatives.Agree(network.PlainMap, point, v, w, what);
        return true;
    }

    private static float[]? Run(ModelProto model, float[] x, int[] shape)
    {
        try
        {
            using var session = new InferenceSession(model.ToByteArray(), Quiet);
            using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(x, shape))]);
            return [.. results[0].AsEnumerable<float>()];
        }
        catch (OnnxRuntimeException)
        {
            return null;
        }
    }

    private static float[] Draw(Random random, long count) =>
        [.. Enumerable.Range(0, (int)count).Select(_ => 2 * random.NextSingle() - 1)];
}
