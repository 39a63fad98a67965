using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>Fourier transforms, windows and filters: ONNX Runtime gives the same.</summary>
public class SignalOperatorTests
{
    [Fact]
    public void DiscreteFourierTransform_IsThatOfOnnxRuntime() =>
        RuntimeOracle.Check(random =>
        {
            int opset = random.Next(2) == 0 ? 17 : 20;
            bool complex = random.Next(2) == 0;
            NodeProto node = Models.Node("DFT", "y", opset == 17 ? ["x", "length"] : ["x", "length", "axis"]);
            node.With("inverse", complex ? random.Next(2) : 0).With("onesided", complex ? 0 : random.Next(2));
            return RuntimeOracle
                .Of(opset, [2, random.Next(1, 9), complex ? 2 : 1], opset == 17 ? node.With("axis", 1) : node)
                .WithScalar("length", random.Next(1, 12))
                .WithScalar("axis", -2);
        });

    [Fact]
    public void ShortTimeFourierTransform_IsThatOfOnnxRuntime() =>
        RuntimeOracle.Check(random =>
        {
            int length = random.Next(2, 9);
            return RuntimeOracle
                .Of(
                    random.Next(17, 22),
                    [2, random.Next(9, 20), 1],
                    Models.Node("STFT", "y", "x", "step", "window", "length").With("onesided", random.Next(2))
                )
                .WithScalar("step", random.Next(1, 5))
                .WithScalar("length", length)
                .WithRandom("window", [length], random);
        });

    [Theory]
    [InlineData("HannWindow")]
    [InlineData("HammingWindow")]
    [InlineData("BlackmanWindow")]
    public void Window_IsThatOfOnnxRuntime(string operation) =>
        RuntimeOracle.Check(random =>
        {
            int size = random.Next(4, 12);
            return RuntimeOracle
                .Of(
                    random.Next(17, 22),
                    [size],
                    Models.Node(operation, "window", "size").With("periodic", random.Next(2)),
                    Models.Node("Mul", "y", "x", "window")
                )
                .WithScalar("size", size);
        });

    [Fact]
    public void MelWeightMatrix_IsThatOfOnnxRuntime() =>
        RuntimeOracle.Check(random =>
        {
            int length = 16 * random.Next(1, 5);
            return RuntimeOracle
                .Of(
                    random.Next(17, 22),
                    [1, length / 2 + 1],
                    Models.Node("MelWeightMatrix", "weights", "bins", "length", "rate", "low", "high"),
                    Models.Node("MatMul", "y", "x", "weights")
                )
                .WithScalar("bins", random.Next(1, 6))
                .WithScalar("length", length)
                .WithScalar("rate", 8192)
                .WithFloats("low", [], 0)
                .WithFloats("high", [], 4000);
        });
}
