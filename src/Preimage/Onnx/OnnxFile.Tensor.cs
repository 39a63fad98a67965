using System.Collections.Immutable;
using Google.Protobuf;
using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>A tensor that stands in a file of its own.</summary>
/// <param name="Name">The name that the file gives it; often empty.</param>
/// <param name="Shape">The length along each dimension.</param>
/// <param name="Values">The elements, the last index running fastest: [product of Shape].</param>
public sealed record StoredTensor(string Name, ImmutableArray<int> Shape, ImmutableArray<double> Values);

/// <content>Tensors in files of their own.</content>
public static partial class OnnxFile
{
    /// <summary>The tensor of a .pb file, as the test data of the ONNX project are. Elements of any numeric type become doubles.</summary>
    /// <exception cref="ModelException">The file cannot be read, is no tensor, or is damaged.</exception>
    public static StoredTensor ReadTensor(string path)
    {
        byte[] bytes = FileBytes.Read(path);
        TensorProto proto;
        try
        {
            if (HoldsSequence(bytes))
            {
                throw new ModelException(
                    $"{path} holds a sequence, not one tensor; give its tensors one by one, as in --input name[0]=1,2,3."
                );
            }

            proto = TensorProto.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new ModelException($"{path} is not an ONNX tensor, or is damaged or cut short.", e);
        }

        Tensor tensor = new TensorReader(path).Read(proto, "the tensor");
        return new StoredTensor(proto.Name, [.. tensor.Shape], [.. tensor.Elements]);
    }

    /// <summary>Whether a message is a SequenceProto: its field 3 is a message, where a tensor has no such field but parts of a larger one.</summary>
    private static bool HoldsSequence(byte[] bytes)
    {
        uint tensors = WireFormat.MakeTag(3, WireFormat.WireType.LengthDelimited);
        CodedInputStream input = new(bytes);
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            if (tag == tensors)
            {
                return true;
            }

            input.SkipLastField();
        }

        return false;
    }
}
