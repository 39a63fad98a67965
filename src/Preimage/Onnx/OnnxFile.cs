using System.Security.Cryptography;
using Google.Protobuf;
using Preimage.Networks;
using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>Reads and writes ONNX model files.</summary>
public static partial class OnnxFile
{
    /// <summary>A model, read once for any number of questions.</summary>
    /// <exception cref="ModelException">The file cannot be read, or is not a model.</exception>
    public static OnnxModel Open(string path) => Open(FileBytes.Read(path), path);

    /// <summary>The network of an ONNX file (opset 6 and newer) that answers a question; without one, from the first input of real numbers to the first output. Everything is computed in double, whatever the file's types.</summary>
    /// <exception cref="ArgumentException">The question does not fit the model.</exception>
    /// <exception cref="ModelException">The file cannot be read, is not a valid model, or uses something that is not supported.</exception>
    public static Network Read(string path, Exploration? exploration = null) => Open(path).Network(exploration);

    /// <summary>The model of the bytes of an ONNX file.  path: for messages, and the place of external data.</summary>
    /// <exception cref="ModelException">The bytes are not a model.</exception>
    internal static OnnxModel Open(byte[] bytes, string path)
    {
        if (bytes.Length == 0)
        {
            throw new ModelException($"{path} is empty; it is not an ONNX model.");
        }

        try
        {
            return new OnnxModel(Parser.ParseFrom(bytes), path, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (InvalidProtocolBufferException e)
        {
            // The parser goes 100 messages deep, three for each body, and tells only by its words that there were more.
            string rule = e.Message.Contains("nesting", StringComparison.Ordinal)
                ? $"has more than {Limits.Depth} bodies inside each other, which is not supported"
                : "is not an ONNX model, or is damaged or cut short";
            throw new ModelException($"{path} {rule}.", e);
        }
    }

    /// <summary>The network of the bytes of an ONNX file.</summary>
    /// <exception cref="ModelException">The bytes are not a valid model, or use something that is not supported.</exception>
    internal static Network Read(byte[] bytes, string path) => Open(bytes, path).Network();

    private static MessageParser<ModelProto> Parser { get; } = ModelProto.Parser.WithDiscardUnknownFields(true);
}
