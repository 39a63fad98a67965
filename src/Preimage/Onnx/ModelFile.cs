using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Reads a model of any format that is known, by the ending of its name.</summary>
public static class ModelFile
{
    /// <summary>The network of a file: ".onnx", or ".csv" for text weights (<see cref="TextWeights"/>), of which nothing can be asked.</summary>
    /// <exception cref="ArgumentException">The question does not fit the model.</exception>
    /// <exception cref="ModelException">The ending is unknown, or the file cannot be used.</exception>
    public static Network Read(string path, Exploration? exploration = null) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".onnx" => OnnxFile.Read(path, exploration),
            ".csv" => exploration is null or { IsDefault: true }
                ? TextWeights.Read(path)
                : throw new ArgumentException(
                    $"{path} holds text weights, which have one input, one output and no names; only of an .onnx model can tensors be named."
                ),
            _ => throw new ModelException(
                $"{path} is no model file by its name; known endings are .onnx and .csv (text weights)."
            ),
        };
}
