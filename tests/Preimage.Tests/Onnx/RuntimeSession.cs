using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>ONNX Runtime on a model of one float input.</summary>
internal static class RuntimeSession
{
    private static readonly SessionOptions Quiet = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };

    /// <summary>All outputs, which are floats, at x; open dimensions are one sample.</summary>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime does not take the model.</exception>
    public static List<(string Name, double[] Elements)> Run(ModelProto model, IEnumerable<float> x)
    {
        using var session = new InferenceSession(model.ToByteArray(), Quiet);
        (string name, NodeMetadata input) = session.InputMetadata.First();
        using var results = session.Run([
            NamedOnnxValue.CreateFromTensor(
                name,
                new DenseTensor<float>(x.ToArray(), Array.ConvertAll(input.Dimensions, d => d < 0 ? 1 : d))
            ),
        ]);
        return [.. results.Select(r => (r.Name, r.AsEnumerable<float>().Select(e => (double)e).ToArray()))];
    }
}
