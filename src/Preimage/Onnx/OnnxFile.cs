using System.Security.Cryptography;
using Google.Protobuf;
using Preimage.Networks;
using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>Reads and writes ONNX model files.</summary>
public static partial class OnnxFile
{
    /// <summary>The network of an ONNX file (opset 7 and newer). Everything is computed in double, whatever the file's types.</summary>
    /// <exception cref="ModelException">The file cannot be read, is not a valid model, or uses something that is not supported.</exception>
    public static Network Read(string path) => Read(FileBytes.Read(path), path);

    /// <summary>The network of the bytes of an ONNX file.  path: for messages, and the place of external data.</summary>
    /// <exception cref="ModelException">The bytes are not a valid model, or use something that is not supported.</exception>
    internal static Network Read(byte[] bytes, string path)
    {
        if (bytes.Length == 0)
        {
            throw new ModelException($"{path} is empty; it is not an ONNX model.");
        }

        ModelProto model;
        try
        {
            model = Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new ModelException($"{path} is not an ONNX model, or is damaged or cut short.", e);
        }

        return Importer.Import(model, path, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static MessageParser<ModelProto> Parser { get; } = ModelProto.Parser.WithDiscardUnknownFields(true);
}
