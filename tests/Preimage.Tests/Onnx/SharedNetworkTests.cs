using CsCheck;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Tests.Laws;

namespace Preimage.Tests.Onnx;

/// <summary>Networks that others trained and exported: value against ONNX Runtime's stored one, or a refusal that says why.</summary>
public class SharedNetworkTests(ITestOutputHelper output)
{
    /// <summary>Stored outputs are computed in 32 bits: each of some hundred roundings on the way may move them by 2^-24 of their scale.</summary>
    private const double FloatRounding = 1e-5;

    /// <summary>Folding reorders sums of up to 784 terms, in layers that amplify.</summary>
    private const double FoldingRounding = 1e-11;

    public static IEnumerable<TheoryDataRow<string>> Files =>
        System.IO.Directory.Exists(System.IO.Path.Combine(Shared.Folder, "models"))
            ? System
                .IO.Directory.GetFiles(
                    System.IO.Path.Combine(Shared.Folder, "models"),
                    "*.onnx",
                    SearchOption.AllDirectories
                )
                .Order(StringComparer.Ordinal)
                .Select(f => new TheoryDataRow<string>(System.IO.Path.GetRelativePath(Shared.Folder, f)))
            : [new TheoryDataRow<string>("models/winml/iris_Network.onnx")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Value_OfStoredInput_IsStoredOutput(string file)
    {
        Network? network = TryRead(file);
        if (network is null)
        {
            return;
        }

        double[] y = new double[network.Outputs];
        double[] expected = StoredOutput(file);
        network.Map.Evaluate(StoredInput(file), y);
        Assert.Equal(expected.Length, y.Length);
        double scale = expected.Max(Math.Abs);
        double error = y.Zip(expected, (a, b) => Math.Abs(a - b)).Max() / scale;
        output.WriteLine(
            $"{file}: covered, {network.Inputs} -> {network.Outputs}, dense {network.Dense is not null}, error {error:E1}"
        );
        Assert.True(error < FloatRounding, $"relative error {error:E1}");
    }

    /// <summary>ONNX Runtime, which reads the file by itself, at inputs that nobody has seen.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Value_OfRandomInputs_IsThatOfOnnxRuntime(string file)
    {
        if (TryRead(file) is not { } network)
        {
            return;
        }

        using var session = new InferenceSession(Shared.Path(file));
        (string name, NodeMetadata input) = session.InputMetadata.First();
        int[] shape = [.. input.Dimensions.Select(d => Math.Abs(d))];
        var random = new Random(17);
        for (int i = 0; i < 5; i++)
        {
            float[] x = [.. Enumerable.Range(0, network.Inputs).Select(_ => random.NextSingle())];
            using var results = session.Run([NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(x, shape))]);
            double[] expected = [.. results[0].AsEnumerable<float>().Select(v => (double)v)];
            double[] y = new double[network.Outputs];
            foreach (IMap map in (IMap[])[network.PlainMap, network.Map])
            {
                map.Evaluate([.. x.Select(v => (double)v)], y);
                double error = Distance(expected, y);
                Assert.True(error < FloatRounding, $"relative error {error:E1}");
            }
        }
    }

    /// <summary>At the stored input, along three random directions.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Jacobian_AtStoredInput_HasTaylorSlopeTwo(string file)
    {
        if (TryRead(file) is not { } network)
        {
            return;
        }

        double[] x = StoredInput(file);
        Derivatives
            .Points(network.Map, -1, 1)
            .Sample(
                p =>
                {
                    Derivatives.HaveTaylorSlopeTwo(network.Map, x, p.V, file);
                    Derivatives.HaveTaylorSlopeTwo(network.PlainMap, x, p.V, file);
                    Derivatives.Agree(network.PlainMap, x, p.V, p.W, file);
                    Derivatives.Agree(network.Map, x, p.V, p.W, file);
                },
                iter: 3,
                threads: 1
            );
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void CompiledMap_EqualsThePlainOne(string file)
    {
        if (TryRead(file) is not { Dense: not null } network)
        {
            return;
        }

        double[] x = StoredInput(file);
        (double[] y, double[] jacobian) = Linearize(network.PlainMap, x);
        (double[] denseY, double[] denseJacobian) = Linearize(network.Map, x);
        Assert.True(Distance(y, denseY) < FoldingRounding, $"value differs by {Distance(y, denseY):E1}");
        Assert.True(
            Distance(jacobian, denseJacobian) < FoldingRounding,
            $"Jacobian differs by {Distance(jacobian, denseJacobian):E1}"
        );
    }

    private static (double[] Y, double[] Jacobian) Linearize(IMap map, double[] x)
    {
        double[] y = new double[map.Outputs];
        double[] jacobian = new double[map.Outputs * map.Inputs];
        map.Linearize(x, y, jacobian);
        return (y, jacobian);
    }

    private static double Distance(double[] a, double[] b) =>
        a.Zip(b, (p, q) => Math.Abs(p - q)).Max() / (1e-300 + a.Max(Math.Abs));

    internal static double[] StoredInput(string file) => Stored(file, "input_0.pb");

    internal static double[] StoredOutput(string file) => Stored(file, "output_0.pb");

    private static double[] Stored(string file, string tensor) =>
        StoredTensors
            .Read(Shared.Path($"models-io{file["models".Length..^".onnx".Length]}/test_data_set_0/{tensor}"))
            .Elements;

    private Network? TryRead(string file)
    {
        try
        {
            return ModelFile.Read(Shared.Path(file));
        }
        catch (ModelException e)
        {
            output.WriteLine($"{file}: refused, {e.Message.Replace(Shared.Folder, "", StringComparison.Ordinal)}");
            return null;
        }
    }
}
