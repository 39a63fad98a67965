using Google.Protobuf;
using Preimage.Onnx;
using Preimage.Onnx.Wire;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>Models that name files: what lies beside them is read, nothing else is.</summary>
public class HostileFileTests
{
    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../secret.bin")]
    [InlineData("inner/../../secret.bin")]
    [InlineData("./../secret.bin")]
    [InlineData("link.bin")]
    [InlineData("linked/secret.bin")]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData(".")]
    [InlineData("inner")]
    [InlineData("missing.bin")]
    [InlineData("http://example.org/weights.bin")]
    public void ExternalDataElsewhere_IsRefused(string location)
    {
        using var folder = new TemporaryFolder();
        System.IO.Directory.CreateDirectory(folder["model/inner"]);
        System.IO.File.WriteAllBytes(folder["secret.bin"], new byte[64]);
        System.IO.File.CreateSymbolicLink(folder["model/link.bin"], folder["secret.bin"]);
        System.IO.Directory.CreateSymbolicLink(folder["model/linked"], folder[""]);
        ModelProto model = External(location, [8], length: "32");
        System.IO.File.WriteAllBytes(folder["model/m.onnx"], model.ToByteArray());
        ModelException refusal = Assert.Throws<ModelException>(() => OnnxFile.Read(folder["model/m.onnx"]));
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(
            "external data",
            refusal.Message.Replace("has its data in", "external data", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    /// <summary>A small file that claims to need 2^40 bytes of another.</summary>
    [Theory]
    [InlineData(1L << 40, "0", null)]
    [InlineData(8L, "9223372036854775807", null)]
    [InlineData(8L, "-1", null)]
    [InlineData(8L, "0", "1099511627776")]
    [InlineData(8L, "many", null)]
    [InlineData(1L << 26, "0", null)]
    public void ExternalDataOfAbsurdLength_IsRefused(long elements, string offset, string? length)
    {
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllBytes(folder["w.bin"], new byte[64]);
        ModelProto model = External("w.bin", [elements], length, offset);
        System.IO.File.WriteAllBytes(folder["m.onnx"], model.ToByteArray());
        Hostile.Measured(() => Assert.Throws<ModelException>(() => OnnxFile.Read(folder["m.onnx"])), most: 64 << 20);
    }

    /// <summary>Names are names, whatever they look like: nothing is read or written there.</summary>
    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../x")]
    [InlineData("C:\\windows\\system32")]
    [InlineData("file:///etc/passwd")]
    [InlineData("%s%n{0}")]
    [InlineData("\0\n\r\u202e")]
    public void NamesThatArePaths_AreNames(string name)
    {
        ModelProto model = Models.Of([1, 2], Models.Node("Relu", name, "x"), Models.Node("Tanh", "y", name));
        model.Graph.Node[0].Name = name;
        model.Graph.Name = name;
        model.ProducerName = name;
        Assert.Equal(2, model.Read().Inputs);
        model.Graph.Node[0].OpType = name;
        Assert.Contains("which is not supported", model.Refusal(), StringComparison.Ordinal);
    }

    private static ModelProto External(string location, long[] shape, string? length = null, string offset = "0")
    {
        var tensor = new TensorProto
        {
            Name = "w",
            DataType = (int)DataType.Float,
            DataLocation = TensorProto.Types.DataLocation.External,
        };
        tensor.Dims.Add(shape);
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = offset });
        if (length is not null)
        {
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = length });
        }

        ModelProto model = Models.Of([1, 8], Models.Node("Add", "y", "x", "w"));
        model.Graph.Initializer.Add(tensor);
        return model;
    }
}
