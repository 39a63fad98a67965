using Microsoft.ML.OnnxRuntime;
using Preimage.Networks;

namespace Preimage.Bench;

/// <summary>ONNX Runtime on one thread, inputs and outputs bound once: its fastest way in.</summary>
internal sealed class Peer : IDisposable
{
    private readonly SessionOptions settings = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
    private readonly RunOptions run = new();
    private readonly InferenceSession session;
    private readonly OrtIoBinding binding;
    private readonly OrtValue input;
    private readonly OrtValue output;
    private readonly float[] values;

    public Peer(DenseNetwork network, double[] points)
    {
        session = new InferenceSession(OnnxBytes.Of(network), settings);
        int count = points.Length / network.Inputs;
        float[] floats = [.. points.Select(number => (float)number)];
        values = new float[count * network.Outputs];
        input = OrtValue.CreateTensorValueFromMemory(floats, [count, network.Inputs]);
        output = OrtValue.CreateTensorValueFromMemory(values, [count, network.Outputs]);
        binding = session.CreateIoBinding();
        binding.BindInput("x", input);
        binding.BindOutput("y", output);
    }

    public float Run()
    {
        session.RunWithBinding(run, binding);
        return values[0];
    }

    public void Dispose()
    {
        binding.Dispose();
        input.Dispose();
        output.Dispose();
        session.Dispose();
        run.Dispose();
        settings.Dispose();
    }
}
