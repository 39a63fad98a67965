using CsCheck;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Tests.Networks;

namespace Preimage.Tests.Onnx;

/// <summary>What we write is read back bit by bit, and understood by ONNX Runtime.</summary>
public class OnnxWriterTests
{
    /// <summary>ONNX Runtime computes in 32 bits; a few layers of a few units, some functions by approximations good to 1e-6.</summary>
    private const double FloatRounding = 2e-5;

    public static IEnumerable<TheoryDataRow<int>> Functions =>
        Enumerable.Range(0, ScalarFunctionExamples.Activations.Count).Select(i => new TheoryDataRow<int>(i));

    [Theory]
    [MemberData(nameof(Functions))]
    public void EveryFunction_IsReadBackBitByBit(int index)
    {
        ScalarFunction function = ScalarFunctionExamples.Activations[index].Function;
        DenseNetwork network = DenseNetworks.With(function, seed: 5);
        Network again = WriteAndRead(network, ElementType.Double);
        Assert.NotNull(again.Dense);
        if (function is not (Identity or Negate))
        {
            Assert.True(
                DenseNetworks.Same(network, again.Dense),
                $"{function} is read back as {again.Dense.Layers[0].Activation}"
            );
        }
    }

    [Fact]
    public void AnyNetwork_ReadBack_HasTheSameBits() =>
        DenseNetworks.Any.Sample(
            network =>
            {
                var before = Network.From(network);
                Network after = WriteAndRead(network, ElementType.Double);
                double[] x = [.. Enumerable.Range(0, network.Inputs).Select(i => Math.Sin(i + 1))];
                Assert.Equal(Value(before.Map, x), Value(after.Map, x));
            },
            iter: 50
        );

    [Fact]
    public void NamesUnitsAndRanges_AreReadBack()
    {
        var signature = new Signature(
            [new Variable("P", "Pa", 1e5, 2e5), new Variable("V", "m^3", 0.025, 0.1), new Variable("free")],
            [new Variable("T", "K"), new Variable("rate", "1/s", -1.0 / 3)]
        );
        using var folder = new TemporaryFolder();
        OnnxFile.Write(folder["gas.onnx"], DenseNetworks.With(new Sigmoid(), 1), signature);
        Network again = ModelFile.Read(folder["gas.onnx"]);
        Assert.Equal(signature.Inputs, again.Signature.Inputs);
        Assert.Equal(signature.Outputs, again.Signature.Outputs);
        Assert.Equal([folder["gas.onnx"]], System.IO.Directory.GetFiles(folder[""]));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void OnnxRuntime_GivesTheSameValues(int index)
    {
        ScalarFunctionExamples.Example example = ScalarFunctionExamples.Activations[index];
        if (example.Lower < 0)
        {
            CompareWithRuntime(DenseNetworks.With(example.Function, seed: 3), [0.2, -0.4, 0.9]);
        }
        else
        {
            var layer = new DenseLayer(1, 1, [0.75], [0.5], example.Function);
            CompareWithRuntime(new DenseNetwork([layer]), [1.25]);
        }
    }

    [Fact]
    public void OnnxRuntime_GivesTheSameValuesOfAnyNetwork() =>
        DenseNetworks.Any.Sample(
            network =>
                CompareWithRuntime(network, [.. Enumerable.Range(0, network.Inputs).Select(i => Math.Cos(3 * i))]),
            iter: 40,
            threads: 1
        );

    [Fact]
    public void OnnxRuntime_TakesManySamplesSideBySide()
    {
        DenseNetwork network = DenseNetworks.With(new Sigmoid(), 4);
        using var folder = new TemporaryFolder();
        OnnxFile.Write(folder["n.onnx"], network, Signature.Anonymous(3, 2), ElementType.Float);
        using var session = new InferenceSession(folder["n.onnx"]);
        float[] points = [.. Enumerable.Range(0, 12).Select(i => MathF.Sin(i))];
        var input = new DenseTensor<float>(points, [4, 3]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("input", input)]);
        float[] values = [.. results[0].AsEnumerable<float>()];
        Assert.Equal(8, values.Length);
        IMap map = ModelFile.Read(folder["n.onnx"]).Map;
        for (int k = 0; k < 4; k++)
        {
            double[] y = Value(map, [.. points.Skip(3 * k).Take(3).Select(v => (double)v)]);
            Assert.All(y.Zip(values.Skip(2 * k)), p => Assert.Equal(p.Second, p.First, FloatRounding));
        }
    }

    [Fact]
    public void Write_OfANetworkThatIsNoChain_IsRefused()
    {
        var graph = new GraphBuilder(2);
        int output = graph.Combine(BinaryFunction.Multiply, 0, graph.Select([1, 0], 0));
        var network = new Network(graph.Build(output, []), Signature.Anonymous(2, 2));
        Assert.Throws<ArgumentException>(() => OnnxFile.Write("unused.onnx", network));
    }

    [Fact]
    public void Write_OfAWeightThatIsNotFinite_IsRefusedAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        var layer = new DenseLayer(1, 1, [double.NaN], [0], new Sigmoid());
        ArgumentException e = Assert.Throws<ArgumentException>(() =>
            OnnxFile.Write(folder["bad.onnx"], new DenseNetwork([layer]), Signature.Anonymous(1, 1))
        );
        Assert.Equal(
            "The number NaN at index 0 of 'layer1.weights' cannot be stored in a model; it must be finite in 64 bits.",
            e.Message
        );
        Assert.Empty(System.IO.Directory.GetFiles(folder[""]));
    }

    private static Network WriteAndRead(DenseNetwork network, ElementType type)
    {
        using var folder = new TemporaryFolder();
        OnnxFile.Write(folder["network.onnx"], network, Signature.Anonymous(network.Inputs, network.Outputs), type);
        return ModelFile.Read(folder["network.onnx"]);
    }

    private static double[] Value(IMap map, double[] x)
    {
        double[] y = new double[map.Outputs];
        map.Evaluate(x, y);
        return y;
    }

    private static void CompareWithRuntime(DenseNetwork network, double[] x)
    {
        using var folder = new TemporaryFolder();
        OnnxFile.Write(
            folder["network.onnx"],
            network,
            Signature.Anonymous(network.Inputs, network.Outputs),
            ElementType.Float
        );
        double[] ours = Value(ModelFile.Read(folder["network.onnx"]).Map, [.. x.Select(v => (double)(float)v)]);
        using var session = new InferenceSession(folder["network.onnx"]);
        var input = new DenseTensor<float>(x.Select(v => (float)v).ToArray(), [1, x.Length]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("input", input)]);
        double[] theirs = [.. results[0].AsEnumerable<float>().Select(v => (double)v)];
        Assert.Equal(theirs.Length, ours.Length);
        double scale = 1 + theirs.Max(Math.Abs);
        Assert.All(ours.Zip(theirs), p => Assert.Equal(p.Second, p.First, FloatRounding * scale));
    }
}
