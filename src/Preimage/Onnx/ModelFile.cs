using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Reads a model of any format that is known, by the ending of its name.</summary>
public static class ModelFile
{
    /// <summary>The network of a file: ".onnx", or ".csv" for text weights (<see cref="TextWeights"/>).</summary>
    /// <exception cref="ModelException">The ending is unknown, or the file cannot be used.</exception>
    public static Network Read(string path) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".onnx" => OnnxFile.Read(path),
            ".csv" => TextWeights.Read(path),
            _ => throw new ModelException(
                $"{path} is no model file by its name; known endings are .onnx and .csv (text weights)."
            ),
        };
}
