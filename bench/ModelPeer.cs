using Microsoft.ML.OnnxRuntime;

namespace Preimage.Bench;

/// <summary>ONNX Runtime in float on one thread, for a model of one input, which is bound once, as its outputs are.</summary>
internal sealed class ModelPeer : IDisposable
{
    private readonly SessionOptions settings = new()
    {
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
    };
    private readonly RunOptions run = new();
    private readonly InferenceSession session;
    private readonly OrtIoBinding binding;
    private readonly OrtValue input;

    /// <summary>x: the input's numbers; open dimensions are 1.</summary>
    public ModelPeer(byte[] model, double[] x)
    {
        session = new InferenceSession(model, settings);
        (string name, NodeMetadata description) = session.InputMetadata.Single();
        long[] shape = [.. description.Dimensions.Select(d => (long)Math.Max(1, d))];
        input = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(x, number => (float)number), shape);
        binding = session.CreateIoBinding();
        binding.BindInput(name, input);
        foreach (string output in session.OutputNames)
        {
            binding.BindOutputToDevice(output, OrtMemoryInfo.DefaultInstance);
        }
    }

    public void Run() => session.RunWithBinding(run, binding);

    public void Dispose()
    {
        binding.Dispose();
        input.Dispose();
        session.Dispose();
        run.Dispose();
        settings.Dispose();
    }
}
