using CsCheck;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx.Wire;
using Preimage.Tests.Laws;
using AttributeType = Preimage.Onnx.Wire.AttributeProto.Types.AttributeType;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>Small models that ONNX Runtime reads too, an oracle that shares no code with ours.</summary>
internal static class RuntimeOracle
{
    /// <summary>ONNX Runtime computes in 32 bits: each of some hundred roundings may move a value by 2^-24 of the largest, or of 1.</summary>
    private const double FloatRounding = 1e-5;

    /// <summary>Random models of each operator.</summary>
    private const int Models = 150;

    /// <summary>Elements shown where two results differ.</summary>
    private const int Shown = 12;

    /// <summary>A model of one float input "x" and one output "y" that leaves its shape to inference.</summary>
    public static ModelProto Of(int opset, long[] shape, params NodeProto[] nodes)
    {
        ModelProto model = Onnx.Models.Of(shape, nodes);
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

    /// <summary>The model with an initialiser of floats, rounded from doubles.</summary>
    public static ModelProto WithFloats(
        this ModelProto model,
        string name,
        long[] shape,
        IEnumerable<double> elements
    ) => model.WithFloats(name, shape, [.. elements.Select(e => (float)e)]);

    /// <summary>The model with an initialiser of random floats in [-1, 1].</summary>
    public static ModelProto WithRandom(this ModelProto model, string name, long[] shape, Random random) =>
        model.WithFloats(name, shape, Draw(random, shape.Aggregate(1L, (a, b) => a * b)));

    /// <summary>The model with an initialiser of one integer, of no dimensions.</summary>
    public static ModelProto WithScalar(this ModelProto model, string name, long value) =>
        model.WithIndices(name, [], value);

    /// <summary>The model with an initialiser of integers in a shape.</summary>
    public static ModelProto WithIndices(this ModelProto model, string name, long[] shape, params long[] elements)
    {
        model.WithIntegers(name, elements);
        TensorProto tensor = model.Graph.Initializer[^1];
        tensor.Dims.Clear();
        tensor.Dims.Add(shape);
        return model;
    }

    /// <summary>Numbers from low to high - 1.</summary>
    public static long[] Sizes(Random random, int count, int low, int high) =>
        [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(low, high))];

    /// <summary>Random models, drawn by a seed that CsCheck chooses and prints; coarse: see <see cref="Coarse"/>; at least a third must be such as ONNX Runtime takes.</summary>
    public static void Check(Func<Random, ModelProto> make, bool coarse = false)
    {
        int valid = 0;
        Gen.Int[0, int.MaxValue - 1]
            .Sample(
                seed =>
                {
                    var random = new Random(seed);
                    valid += make(random).Agrees(random, coarse) ? 1 : 0;
                },
                iter: Models,
                threads: 1
            );
        Assert.InRange(valid, Models / 3, Models);
    }

    /// <summary>
    /// Our value is that of ONNX Runtime at a random input, and our derivatives are its slopes. False when ONNX Runtime refuses the model
    /// or makes nothing of it, of which nothing is said then.
    /// </summary>
    public static bool Agrees(this ModelProto model, Random random, bool coarse = false)
    {
        long[] shape = [.. model.Graph.Input[0].Type.TensorType.Shape.Dim.Select(d => d.DimValue)];
        long count = shape.Aggregate(1L, (a, b) => a * b);
        float[] x = coarse ? Coarse(random, count) : Distinct(random, count);
        if (Run(model, x) is not { Length: > 0 } expected)
        {
            return false;
        }

        string what = $"{model.Graph.Node} on {string.Join(", ", shape)}";
        Network network = model.Read();
        double[] point = [.. x.Select(v => (double)v)];
        // What is added up is of order 1, and so is its rounding, even if the sum is small.
        double scale = Math.Max(1, expected.Max(Math.Abs));
        foreach (IMap map in (IMap[])[network.PlainMap, network.Map])
        {
            double[] y = new double[network.Outputs];
            map.Evaluate(point, y);
            Assert.True(expected.Length == y.Length, $"{what}: {y.Length} outputs, not {expected.Length}");
            double error = y.Zip(expected, (a, b) => Math.Abs(a - b)).Max() / scale;
            Assert.True(
                error <= FloatRounding,
                $"{what}: relative error {error:E1}, {string.Join(' ', y.Take(Shown))}, not {string.Join(' ', expected.Take(Shown))}"
            );
        }

        double[] v = [.. Draw(random, x.Length).Select(e => (double)e)];
        double[] w = [.. Draw(random, expected.Length).Select(e => (double)e)];
        Derivatives.HaveTaylorSlopeTwo(network.Map, point, v, what);
        Derivatives.Agree(network.PlainMap, point, v, w, what);
        return true;
    }

    private static double[]? Run(ModelProto model, float[] x)
    {
        try
        {
            return RuntimeSession.Run(model, x)[0].Elements;
        }
        catch (OnnxRuntimeException)
        {
            return null;
        }
    }

    /// <summary>Odd multiples of 2^-11 in [-1, 1]: with few factors they are exact in 32 bits, and never half of an integer.</summary>
    public static float[] Coarse(Random random, long count) =>
        [.. Enumerable.Range(0, (int)count).Select(_ => (2 * random.Next(-1024, 1024) + 1) / 2048f)];

    /// <summary>Numbers in [-1, 1] of which no two are equal, so that each maximum is at one place.</summary>
    private static float[] Distinct(Random random, long count)
    {
        int[] order = [.. Enumerable.Range(0, (int)count)];
        random.Shuffle(order);
        double offset = random.NextDouble();
        return [.. order.Select(k => (float)(2 * (k + 0.25 + offset / 2) / count - 1))];
    }

    private static float[] Draw(Random random, long count) =>
        [.. Enumerable.Range(0, (int)count).Select(_ => 2 * random.NextSingle() - 1)];
}
