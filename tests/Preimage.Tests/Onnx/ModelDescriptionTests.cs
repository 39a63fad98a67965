using System.Security.Cryptography;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Tests.Networks;

namespace Preimage.Tests.Onnx;

/// <summary>What a file says about itself.</summary>
public class ModelDescriptionTests
{
    [Fact]
    public void OfAWrittenFile_SaysWhatWasWritten()
    {
        using var folder = new TemporaryFolder();
        OnnxFile.Write(folder["a.onnx"], DenseNetworks.With(new Sigmoid(), 1), Signature.Anonymous(3, 2));
        ModelDescription description = ModelFile.Read(folder["a.onnx"]).Description!;
        Assert.Equal(folder["a.onnx"], description.Path);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder["a.onnx"]))),
            description.Sha256
        );
        Assert.StartsWith("preimage ", description.Producer, StringComparison.Ordinal);
        Assert.Equal(13, description.Opset);
        Assert.Equal([new OperatorCount("Gemm", 2), new OperatorCount("Sigmoid", 1)], description.Operators);
        Assert.Equal(3 * 6 + 6 + 6 * 2 + 2, description.Parameters);
    }

    [Theory]
    [InlineData("models/winml/iris_Network.onnx", 795)]
    [InlineData("models/vnncomp/mnist_fc/mnist-net_256x2.onnx", 269322)]
    public void OfASharedFile_CountsItsParameters(string file, long parameters) =>
        Assert.Equal(parameters, ModelFile.Read(Shared.Path(file)).Description!.Parameters);

    [Fact]
    public void Tensors_OfASharedFile_AreThoseThatDependOnTheInput()
    {
        Network network = ModelFile.Read(Shared.Path("models/vnncomp/eran/ffnnSIGMOID__Point_6x200.onnx"));
        Assert.DoesNotContain(network.Tensors, t => t.Size == 1);
        IProductMap first = network.Between(null, network.Tensors[4].Name).PlainMap;
        IProductMap rest = network.Between(network.Tensors[4].Name, null).PlainMap;
        double[] x = [.. Enumerable.Range(0, network.Inputs).Select(i => i % 7 / 7.0)];
        double[] inner = new double[first.Outputs];
        double[] y = new double[network.Outputs];
        double[] whole = new double[network.Outputs];
        first.Evaluate(x, inner);
        rest.Evaluate(inner, y);
        network.PlainMap.Evaluate(x, whole);
        Assert.Equal(whole, y);
    }
}
