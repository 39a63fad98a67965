using Preimage.Onnx;
using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>Tensors that stand in files of their own, as test data of the ONNX project does.</summary>
internal static class StoredTensors
{
    /// <summary>The tensors of a sequence in a .pb file.</summary>
    public static Tensor[] ReadSequence(string path) =>
        [
            .. SequenceProto
                .Parser.ParseFrom(File.ReadAllBytes(path))
                .TensorValues.Select(t => new TensorReader(path).Read(t, "the tensor")),
        ];

    /// <summary>The tensors of a sequence as one: their elements one after the other.</summary>
    public static Tensor ReadFlat(string path)
    {
        Tensor[] items = ReadSequence(path);
        double[] elements = [.. items.SelectMany(i => i.Elements)];
        return new Tensor([elements.Length], elements, items.Length == 0 ? ElementKind.Real : items[0].Kind);
    }

    /// <summary>The tensor of a .pb file.</summary>
    public static Tensor Read(string path) =>
        new TensorReader(path).Read(TensorProto.Parser.ParseFrom(File.ReadAllBytes(path)), "the tensor");
}
