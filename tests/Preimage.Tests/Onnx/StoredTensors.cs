using Preimage.Onnx;
using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>Tensors that stand in files of their own, as test data of the ONNX project does.</summary>
internal static class StoredTensors
{
    /// <summary>The tensor of a .pb file.</summary>
    public static Tensor Read(string path) =>
        new TensorReader(path).Read(TensorProto.Parser.ParseFrom(File.ReadAllBytes(path)), "the tensor");
}
