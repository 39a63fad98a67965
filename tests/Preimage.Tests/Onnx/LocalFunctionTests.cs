using Preimage.Networks;
using Preimage.Onnx.Wire;
using AttributeType = Preimage.Onnx.Wire.AttributeProto.Types.AttributeType;

namespace Preimage.Tests.Onnx;

/// <summary>The functions that a model brings with it.</summary>
public class LocalFunctionTests
{
    /// <summary>Products of tanh of numbers of size 1, written in another order: a few roundings of 2^-53 each.</summary>
    private const double Rounding = 1e-15;

    private static readonly double[] X = [0.3, -0.7, 1.1, 0.4, -0.2, 0.9];

    private static readonly double[] V = [1, -0.5, 0.25, 2, -1, 0.5];

    [Fact]
    public void Function_IsLoweredInPlace()
    {
        ModelProto model = AnyFunction();
        ModelOracle.Agrees(model, X, V, "function");
        double H(double x) => (x < 0 ? 0.25 * x : x) * Math.Tanh(x);
        Assert.Equal(
            X.Select(x => (H(x) < 0 ? 0.5 * H(x) : H(x)) * Math.Tanh(x)),
            Value(model, X),
            (a, b) => Math.Abs(a - b) < Rounding
        );
    }

    internal static ModelProto AnyFunction()
    {
        // f(a, b; alpha) = leaky(a) * tanh(b), twice, with an attribute and with its default.
        FunctionProto function = Function("f", "a", "b");
        NodeProto leaky = Models.Node("LeakyRelu", "bent", "a");
        leaky.Attribute.Add(
            new AttributeProto
            {
                Name = "alpha",
                RefAttrName = "slope",
                Type = AttributeType.Float,
            }
        );
        function.Node.Add([leaky, Models.Node("Tanh", "t", "b"), Models.Node("Mul", "result", "bent", "t")]);
        function.AttributeProto.Add(
            new AttributeProto
            {
                Name = "slope",
                F = 0.25f,
                Type = AttributeType.Float,
            }
        );
        return Calling(function, Call("f", "h", "x", "x"), Call("f", "y", "h", "x").With("slope", 0.5f));
    }

    [Fact]
    public void FunctionThatCallsItself_IsRefused()
    {
        FunctionProto function = Function("f", "a");
        function.Node.Add(Call("f", "result", "a"));
        Assert.Contains("calls itself", Calling(function, Call("f", "y", "x")).Refusal(), StringComparison.Ordinal);
    }

    /// <summary>Each function calls the next one twice: 2^30 nodes.</summary>
    [Fact]
    public void FunctionsThatDouble_AreRefused()
    {
        FunctionProto[] functions = [.. Enumerable.Range(0, 30).Select(i => Function($"f{i}", "a"))];
        for (int i = 0; i < functions.Length; i++)
        {
            string next = i + 1 < functions.Length ? $"f{i + 1}" : "Neg";
            functions[i].Node.Add([Call(next, "b", "a"), Call(next, "result", "b")]);
        }

        functions[^1].Node.ToList().ForEach(n => n.Domain = "");
        ModelProto model = Calling(functions[0], Call("f0", "y", "x"));
        model.Functions.Add(functions[1..]);
        Assert.Contains("elements together", model.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void FunctionsInsideEachOther_AreReadUpToALimit()
    {
        Assert.Equal(X, Value(Chain(20), X));
        Assert.Contains("bodies inside each other", Chain(40).Refusal(), StringComparison.Ordinal);
    }

    /// <summary>f0 calls f1, which calls f2, and so on.</summary>
    private static ModelProto Chain(int depth)
    {
        FunctionProto[] functions = [.. Enumerable.Range(0, depth).Select(i => Function($"f{i}", "a"))];
        for (int i = 0; i < depth - 1; i++)
        {
            functions[i].Node.Add(Call($"f{i + 1}", "result", "a"));
        }

        functions[^1].Node.Add(Models.Node("Identity", "result", "a"));
        ModelProto model = Calling(functions[0], Call("f0", "y", "x"));
        model.Functions.Add(functions[1..]);
        return model;
    }

    private static FunctionProto Function(string name, params string[] inputs)
    {
        var function = new FunctionProto { Name = name, Domain = "local" };
        function.Input.Add(inputs);
        function.Output.Add("result");
        function.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        function.OpsetImport.Add(new OperatorSetIdProto { Domain = "local", Version = 1 });
        return function;
    }

    private static NodeProto Call(string function, string output, params string[] inputs)
    {
        NodeProto node = Models.Node(function, output, inputs);
        node.Domain = "local";
        return node;
    }

    private static ModelProto Calling(FunctionProto function, params NodeProto[] nodes)
    {
        ModelProto model = Models.Of([2, 3], nodes);
        model.Functions.Add(function);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "local", Version = 1 });
        return model;
    }

    private static double[] Value(ModelProto model, double[] x)
    {
        Network network = model.Read();
        double[] y = new double[network.Outputs];
        network.Map.Evaluate(x, y);
        return y;
    }
}
