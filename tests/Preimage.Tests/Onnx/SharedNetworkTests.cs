using System.Collections.Immutable;
using CsCheck;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Tests.Laws;

namespace Preimage.Tests.Onnx;

/// <summary>Networks that others trained and exported: values against ONNX Runtime's, derivatives against differences of the value.</summary>
public class SharedNetworkTests(ITestOutputHelper output)
{
    /// <summary>Outputs are computed in 32 bits: each of some hundred roundings on the way may move them by 2^-24 of their scale.</summary>
    private const double FloatRounding = 1e-5;

    /// <summary>Kernels reorder sums, in layers that amplify.</summary>
    private const double KernelRounding = 1e-11;

    /// <summary>Points that a derivative is checked at: one of them keeps clear of the kinks of large networks.</summary>
    private const int Points = 3;

    /// <summary>The one that is not valid: ONNX Runtime refuses it, too.</summary>
    private const string Invalid = "decision_tree.onnx";

    public static IEnumerable<TheoryDataRow<string>> Files =>
        System.IO.Directory.Exists(System.IO.Path.Combine(Shared.Folder, "models"))
            ? System
                .IO.Directory.GetFiles(
                    System.IO.Path.Combine(Shared.Folder, "models"),
                    "*.onnx",
                    SearchOption.AllDirectories
                )
                .Where(f => !f.EndsWith(Invalid, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(f => new TheoryDataRow<string>(System.IO.Path.GetRelativePath(Shared.Folder, f)))
            : [new TheoryDataRow<string>("models/winml/iris_Network.onnx")];

    [Fact]
    public void AllButTheInvalidOne_AreThere()
    {
        Shared.Path("models");
        Assert.Equal(39, Files.Count());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Values_OfStoredInputs_AreStoredOutputs(string file)
    {
        SharedNetwork shared = SharedNetwork.Open(file);
        ImmutableArray<Network> networks = shared.Networks();
        Assert.Empty(networks[0].Assumptions);
        Assert.Equal(shared.Outputs.Length, networks.Length);
        for (int k = 0; k < networks.Length; k++)
        {
            Assert.Equal(shared.Outputs[k].Shape, networks[k].OutputTensor.Shape);
            double[] y = networks[k].Map.Evaluate(shared.Point);
            Say(file, networks[k], Distance(shared.Outputs[k].Elements, y), FloatRounding);
        }
    }

    /// <summary>ONNX Runtime, which reads the file by itself, at inputs that nobody has seen.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Values_OfRandomInputs_AreThoseOfOnnxRuntime(string file)
    {
        SharedNetwork shared = SharedNetwork.Open(file);
        var values = shared.Draw(new Random(17));
        double[][] expected = shared.Run(values);
        ImmutableArray<Network> networks = shared.Networks(values);
        double[] x = shared.Free is { } free ? values[free].Elements : [];
        for (int k = 0; k < networks.Length; k++)
        {
            Say(file, networks[k], Distance(expected[k], networks[k].Map.Evaluate(x)), FloatRounding);
        }
    }

    /// <summary>The plain interpreters are the oracle of the compiled map.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void CompiledMap_EqualsThePlainOne(string file)
    {
        SharedNetwork shared = SharedNetwork.Open(file);
        foreach (Network network in shared.Networks())
        {
            double[] plain = network.PlainMap.Evaluate(shared.Point);
            Say(file, network, Distance(plain, network.Map.Evaluate(shared.Point)), KernelRounding);
        }
    }

    /// <summary>Taylor slope of J v, and w . (J v) = (J^T w) . v, at random points near the stored one.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Products_AreTheSlopesOfTheValues(string file)
    {
        SharedNetwork shared = SharedNetwork.Open(file);
        var random = new Random(3);
        foreach (Network network in shared.Networks().Where(n => n.Inputs > 0))
        {
            bool isRight = false;
            string why = "";
            for (int i = 0; i < Points && !isRight; i++)
            {
                double[] x = [.. shared.Point.Select(e => e + 0.01 * (random.NextDouble() - 0.5))];
                double[] v = [.. x.Select(_ => random.NextDouble() * 2 - 1)];
                double[] w = [.. Enumerable.Range(0, network.Outputs).Select(_ => random.NextDouble() * 2 - 1)];
                try
                {
                    isRight = Derivatives.TryProducts(network.Map, x, v, w, file);
                }
                catch (Xunit.Sdk.XunitException e)
                {
                    why = e.Message;
                }
            }

            Assert.True(isRight, $"{network.OutputTensor.Name}: {why}");
        }
    }

    /// <summary>Row by row the Jacobian is what the products say, where it is small enough to be checked so.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Jacobian_IsMadeOfProducts(string file)
    {
        SharedNetwork shared = SharedNetwork.Open(file);
        Network network = shared.Networks()[0];
        if (network.Inputs == 0 || network.Cost.JacobianFlops > 2e9)
        {
            return;
        }

        Derivatives
            .Points(network.Map, -1, 1)
            .Sample(p => Derivatives.Agree(network.Map, shared.Point, p.V, p.W, file), iter: 1, threads: 1);
    }

    [Fact]
    public void InvalidModel_IsRefused()
    {
        OnnxModel model = OnnxFile.Open(Shared.Path($"models/ezkl/{Invalid}"));
        ModelException e = Assert.Throws<ModelException>(() => model.Network());
        output.WriteLine(e.Message);
        Assert.EndsWith(
            "node 4 'MatMul_4' (MatMul) takes integers as input 1, but real numbers are needed there.",
            e.Message,
            StringComparison.Ordinal
        );
    }

    private void Say(string file, Network network, double error, double allowed)
    {
        output.WriteLine(
            $"{file}: {network.InputTensor.Name}[{network.Inputs}] -> {network.OutputTensor.Name}[{network.Outputs}], error {error:E1}"
        );
        Assert.True(error <= allowed, $"{network.OutputTensor.Name}: relative error {error:E1}");
    }

    private static double Distance(double[] expected, double[] y)
    {
        Assert.Equal(expected.Length, y.Length);
        return expected.Zip(y, (a, b) => Math.Abs(a - b)).Max() / (1e-300 + expected.Max(Math.Abs));
    }

    internal static double[] StoredInput(string file) => SharedNetwork.Open(file).Point;
}
