using System.Globalization;
using Google.Protobuf;
using Preimage.Onnx;
using Preimage.Onnx.Wire;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>How models that mean no good are asked.</summary>
internal static class Hostile
{
    /// <summary>What reading may take beside the file: less than the limit on a model's tensors, 512 MiB of them, and their nodes.</summary>
    private const long MostBytes = 2L << 30;

    /// <summary>Gives the model an initialiser, a vector.</summary>
    public static void Add(ModelProto model, string name, DataType type, int[] elements)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type };
        tensor.Dims.Add(elements.Length);
        tensor.Int32Data.Add(elements);
        model.Graph.Initializer.Add(tensor);
    }

    /// <summary>The model is refused with a sentence that holds these words; it may be read where they are none.</summary>
    public static void AssertRefused(ModelProto model, string why) =>
        Measured(() =>
        {
            string? refusal = Attempt(model);
            Assert.True(why.Length == 0 || refusal is not null, "it was read");
            Assert.Contains(why, refusal ?? "", StringComparison.Ordinal);
        });

    /// <summary>The sentence with which the model is refused, or null where it is read.</summary>
    public static string? Attempt(ModelProto model)
    {
        byte[] bytes = model.ToByteArray();
        try
        {
            _ = OnnxFile.Read(bytes, "model.onnx");
            return null;
        }
        catch (ModelException e)
        {
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            return e.Message;
        }
    }

    /// <summary>Does something that takes at most so many bytes.</summary>
    public static void Measured(Action action, long most = MostBytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken <= most, string.Create(CultureInfo.InvariantCulture, $"took {taken >> 20} MiB"));
    }
}
