using Google.Protobuf;
using Preimage.Onnx;
using Preimage.Onnx.Wire;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>Every numeric type of the format, typed, raw and beside the model.</summary>
public class TensorReaderTests
{
    [Theory]
    [InlineData(DataType.Float, "0000c03f000020c0", 1.5, -2.5)]
    [InlineData(DataType.Double, "000000000000f83f00000000000004c0", 1.5, -2.5)]
    [InlineData(DataType.Float16, "003e00c1", 1.5, -2.5)]
    [InlineData(DataType.Bfloat16, "c03f20c0", 1.5, -2.5)]
    [InlineData(DataType.Int8, "01fe", 1, -2)]
    [InlineData(DataType.Uint8, "01fe", 1, 254)]
    [InlineData(DataType.Bool, "0105", 1, 1)]
    [InlineData(DataType.Int16, "0100feff", 1, -2)]
    [InlineData(DataType.Uint16, "0100feff", 1, 65534)]
    [InlineData(DataType.Int32, "01000000feffffff", 1, -2)]
    [InlineData(DataType.Uint32, "01000000feffffff", 1, 4294967294)]
    [InlineData(DataType.Int64, "0100000000000000feffffffffffffff", 1, -2)]
    [InlineData(DataType.Uint64, "01000000000000000000000000000080", 1, 9223372036854775808)]
    [InlineData(DataType.Int4, "e1", 1, -2)]
    [InlineData(DataType.Uint4, "e1", 1, 14)]
    [InlineData(DataType.Float8E4M3Fn, "3cc2", 1.5, -2.5)]
    [InlineData(DataType.Float8E4M3Fn, "7e01", 448, 0.001953125)]
    [InlineData(DataType.Float8E4M3Fnuz, "44ca", 1.5, -2.5)]
    [InlineData(DataType.Float8E5M2, "3ec1", 1.5, -2.5)]
    [InlineData(DataType.Float8E5M2, "7bfc", 57344, double.NegativeInfinity)]
    [InlineData(DataType.Float8E5M2Fnuz, "42c5", 1.5, -2.5)]
    public void RawData_IsReadAsDoubles(object type, string hex, double first, double second)
    {
        TensorProto proto = Proto((DataType)type, 2);
        proto.RawData = ByteString.CopyFrom(Convert.FromHexString(hex));
        Assert.Equal([first, second], Read(proto));
    }

    [Fact]
    public void TypedData_IsReadAsDoubles()
    {
        TensorProto halves = Proto(DataType.Float16, 2);
        halves.Int32Data.Add([0x3e00, 0xc100]);
        Assert.Equal([1.5, -2.5], Read(halves));
        TensorProto brains = Proto(DataType.Bfloat16, 2);
        brains.Int32Data.Add([0x3fc0, 0xc020]);
        Assert.Equal([1.5, -2.5], Read(brains));
        TensorProto nibbles = Proto(DataType.Int4, 3);
        nibbles.Int32Data.Add([0xe1, 0x07]);
        Assert.Equal([1, -2, 7], Read(nibbles));
        TensorProto floats = Proto(DataType.Float, 1);
        floats.FloatData.Add(0.1f);
        Assert.Equal([(double)0.1f], Read(floats));
        TensorProto bytes = Proto(DataType.Int8, 1);
        bytes.Int32Data.Add(-7);
        Assert.Equal([-7], Read(bytes));
        TensorProto words = Proto(DataType.Uint32, 1);
        words.Uint64Data.Add(7);
        Assert.Equal([7], Read(words));
    }

    [Fact]
    public void OtherTypes_AreRefusedByName()
    {
        Assert.Equal(
            "model.onnx: w has elements of type string, which is not supported; numbers and booleans are.",
            Assert.Throws<ModelException>(() => Read(Proto(DataType.String, 1))).Message
        );
        Assert.Equal(
            "model.onnx: w has elements of type number 99, which is not supported; numbers and booleans are.",
            Assert.Throws<ModelException>(() => Read(Proto((DataType)99, 1))).Message
        );
    }

    [Fact]
    public void RawDataOfAnotherLength_IsRefused()
    {
        TensorProto proto = Proto(DataType.Float, 2);
        proto.RawData = ByteString.CopyFrom(1, 2, 3);
        Assert.Equal(
            "model.onnx: w holds 3 bytes of data, but its shape and type need 8.",
            Assert.Throws<ModelException>(() => Read(proto)).Message
        );
    }

    [Fact]
    public void ExternalData_IsReadFromBesideTheModel()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["w.bin"], [9, 9, .. BitConverter.GetBytes(1.5), .. BitConverter.GetBytes(-2.5)]);
        TensorProto proto = External("w.bin", offset: "2");
        Assert.Equal([1.5, -2.5], new TensorReader(folder["model.onnx"]).Read(proto, "w").Elements);
    }

    [Theory]
    [InlineData("../w.bin", "w names the external data '../w.bin', which lies outside the model's folder.")]
    [InlineData("/etc/hostname", "w names the external data '/etc/hostname', which is not a file beside the model.")]
    [InlineData(
        "sub/../../w.bin",
        "w names the external data 'sub/../../w.bin', which lies outside the model's folder."
    )]
    [InlineData("link.bin", "w names the external data 'link.bin', which lies outside the model's folder.")]
    [InlineData("short.bin", "w needs bytes 0 to 16 of 'short.bin', which has only 3.")]
    public void ExternalData_ElsewhereOrTooShort_IsRefused(string location, string sentence)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["short.bin"], [1, 2, 3]);
        File.CreateSymbolicLink(folder["link.bin"], "/etc/hostname");
        ModelException e = Assert.Throws<ModelException>(() =>
            new TensorReader(folder["model.onnx"]).Read(External(location, offset: "0"), "w")
        );
        Assert.Equal($"{folder["model.onnx"]}: {sentence}", e.Message);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("9223372036854775807")]
    public void ExternalData_AtAnAbsurdPlace_IsRefused(string offset)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["w.bin"], new byte[16]);
        Assert.Throws<ModelException>(() =>
            new TensorReader(folder["model.onnx"]).Read(External("w.bin", offset), "w")
        );
    }

    private static TensorProto Proto(DataType type, long size)
    {
        var proto = new TensorProto { Name = "w", DataType = (int)type };
        proto.Dims.Add(size);
        return proto;
    }

    private static TensorProto External(string location, string offset)
    {
        TensorProto proto = Proto(DataType.Double, 2);
        proto.DataLocation = TensorProto.Types.DataLocation.External;
        proto.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        proto.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = offset });
        return proto;
    }

    private static double[] Read(TensorProto proto) => new TensorReader("model.onnx").Read(proto, "w").Elements;
}
