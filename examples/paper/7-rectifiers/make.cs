#:project ../../../src/Preimage/Preimage.csproj
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;

// The four networks of one unit: the sum of the inputs with signs, then a rectifier.
string folder = args.Length > 0 ? args[0] : "examples/paper/7-rectifiers";
Write("rectifier-2", [1.0, -1], new Rectifier());
Write("leaky-2", [1.0, -1], new LeakyRectifier(0.1));
Write("rectifier-3", [1.0, -1, 1], new Rectifier());
Write("leaky-3", [1.0, -1, 1], new LeakyRectifier(0.1));

void Write(string name, double[] weights, ScalarFunction function)
{
    Signature signature = new([.. weights.Select((_, i) => new Variable($"x{i + 1}", "", -3, 3))], [new Variable("y")]);
    DenseNetwork unit = new([new DenseLayer(weights.Length, 1, [.. weights], [0], function)], DenseHead.None);
    OnnxFile.Write(Path.Combine(folder, $"{name}.onnx"), unit, signature);
}
