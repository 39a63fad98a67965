using Preimage.Networks;
using Preimage.Onnx.Wire;
using Preimage.Tests.Laws;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>Models made here, against ONNX Runtime (which computes in 32 bits) and against the law of their own Jacobians.</summary>
internal static class ModelOracle
{
    /// <summary>Each of some ten to a hundred roundings to 24 bits, of numbers about as large as the largest output.</summary>
    private const double FloatRounding = 2e-5;

    /// <summary>Every output of the model at x is that of ONNX Runtime, and its Jacobian along v has Taylor slope 2.</summary>
    public static void Agrees(ModelProto model, double[] x, double[] v, string what)
    {
        // Numbers that both read alike.
        float[] single = [.. x.Select(e => (float)e)];
        double[] at = [.. single.Select(e => (double)e)];
        foreach ((string name, double[] expected) in Run(model, single))
        {
            Network network = model.LookingAt(name).Read();
            double[] y = new double[network.Outputs];
            network.Map.Evaluate(at, y);
            Assert.True(expected.Length == y.Length, $"{what}, {name}: {y.Length} outputs, not {expected.Length}");
            Assert.True(y.All(double.IsFinite), $"{what}, {name}: not finite");
            double error = y.Zip(expected, (a, b) => Math.Abs(a - b)).Max() / (1 + expected.Max(Math.Abs));
            Assert.True(error < FloatRounding, $"{what}, {name}: relative error {error:E1}");
            Derivatives.HaveTaylorSlopeTwo(network.PlainMap, at, v, $"{what}, {name}");
        }
    }

    /// <summary>Only what one of the outputs needs.</summary>
    public static ModelProto LookingAt(this ModelProto model, string output)
    {
        ModelProto one = model.Clone();
        one.Graph.Output.Clear();
        one.Graph.Output.Add(model.Graph.Output.First(o => o.Name == output));
        return one;
    }

    /// <summary>The model with another output, of unknown shape.</summary>
    public static ModelProto WithOutput(this ModelProto model, string name)
    {
        model.Graph.Output.Add(new ValueInfoProto { Name = name, Type = Untyped() });
        return model;
    }

    private static TypeProto Untyped() =>
        new() { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float } };

    private static List<(string Name, double[] Elements)> Run(ModelProto model, float[] x)
    {
        ModelProto typed = model.Clone();
        foreach (ValueInfoProto output in typed.Graph.Output)
        {
            output.Type = Untyped();
        }

        return RuntimeSession.Run(typed, x);
    }
}
