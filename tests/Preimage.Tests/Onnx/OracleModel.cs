using Preimage.Networks;
using Preimage.Onnx.Wire;
using Preimage.Tests.Laws;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>A random model from a float input "x" to a float output "y", step by step, for ONNX Runtime and for us.</summary>
internal sealed class OracleModel
{
    /// <summary>The runtime computes in 32 bits: some roundings of the largest element.</summary>
    private const double FloatRounding = 2e-6;

    private readonly List<NodeProto> _nodes = [];
    private readonly List<TensorProto> _constants = [];

    public OracleModel(Random random, int leastRank = 1, int mostRank = 4)
    {
        Random = random;
        Shape = [.. Enumerable.Range(0, random.Next(leastRank, mostRank + 1)).Select(_ => random.Next(1, 5))];
    }

    public Random Random { get; }

    /// <summary>The shape of x.</summary>
    public int[] Shape { get; set; }

    /// <summary>Version of the operator set.</summary>
    public long Opset { get; set; } = 18;

    /// <summary>From where x is drawn: uniformly up to this bound on both sides.</summary>
    public double Bound { get; set; } = 3;

    /// <summary>A random axis of x, perhaps counted from the end.</summary>
    public int Axis => Random.Next(-Shape.Length, Shape.Length);

    /// <summary>Where an axis stands.</summary>
    public int Place(int axis) => axis < 0 ? axis + Shape.Length : axis;

    /// <summary>The shape of x with another size along one axis.</summary>
    public int[] With(int axis, int size) => [.. Shape.Select((d, i) => i == Place(axis) ? size : d)];

    /// <summary>A node from the inputs to one output of the returned name.</summary>
    public string Node(string operation, string[] inputs, params AttributeProto[] attributes)
    {
        NodeProto node = Models.Node(operation, $"t{_nodes.Count}", inputs);
        node.Attribute.Add(attributes);
        _nodes.Add(node);
        return node.Output[0];
    }

    /// <summary>A node of the domain of classical machine learning.</summary>
    public string Learning(string operation, string[] inputs, params AttributeProto[] attributes)
    {
        string output = Node(operation, inputs, attributes);
        _nodes[^1].Domain = "ai.onnx.ml";
        return output;
    }

    /// <summary>A node of the runtime's own domain.</summary>
    public string Microsoft(string operation, string[] inputs, params AttributeProto[] attributes)
    {
        string output = Node(operation, inputs, attributes);
        _nodes[^1].Domain = "com.microsoft";
        return output;
    }

    /// <summary>The last node gives one more output.</summary>
    public string Second()
    {
        string name = $"{_nodes[^1].Output[0]}_{_nodes[^1].Output.Count}";
        _nodes[^1].Output.Add(name);
        return name;
    }

    /// <summary>A constant of floats.</summary>
    public string Floats(int[] shape, params double[] elements)
    {
        TensorProto tensor = Constant(DataType.Float, shape);
        tensor.FloatData.Add(elements.Select(e => (float)e));
        return tensor.Name;
    }

    /// <summary>A constant of random floats.</summary>
    public string Floats(int[] shape) =>
        Floats(shape, [.. Enumerable.Range(0, Product(shape)).Select(_ => Random.NextDouble() * 4 - 2)]);

    /// <summary>A constant of 64-bit integers.</summary>
    public string Integers(int[] shape, params long[] elements)
    {
        TensorProto tensor = Constant(DataType.Int64, shape);
        tensor.Int64Data.Add(elements);
        return tensor.Name;
    }

    /// <summary>A constant of random integers from the least to below the end.</summary>
    public string Integers(int[] shape, int least, int end) =>
        Integers(shape, [.. Enumerable.Range(0, Product(shape)).Select(_ => (long)Random.Next(least, end))]);

    /// <summary>A constant of a small integer type or of booleans.</summary>
    public string Small(DataType type, int[] shape, int least, int end)
    {
        TensorProto tensor = Constant(type, shape);
        int[] elements = [.. Enumerable.Range(0, Product(shape)).Select(_ => Random.Next(least, end))];
        if (type == DataType.Uint32)
        {
            tensor.Uint64Data.Add(elements.Select(e => (ulong)e));
        }
        else
        {
            tensor.Int32Data.Add(elements);
        }

        return tensor.Name;
    }

    public static int Product(int[] shape) => shape.Aggregate(1, (a, b) => a * b);

    /// <summary>Both give the same value at a random point; where the derivative is asked for, its Taylor slope is 2 there.</summary>
    public void Check(string result, bool differentiable = true)
    {
        ModelProto model = Finish(result);
        double[] x = [.. Enumerable.Range(0, Product(Shape)).Select(_ => (double)(float)Draw())];
        Network network = model.Read();
        double[] y = new double[network.Outputs];
        network.PlainMap.Evaluate(x, y);
        double[] expected = RuntimeSession.Run(model, x.Select(e => (float)e))[0].Elements;
        Assert.Equal(expected.Length, y.Length);
        double scale = 1 + expected.Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int i = 0; i < y.Length; i++)
        {
            Assert.True(Math.Abs(y[i] - expected[i]) <= FloatRounding * scale, $"{model}: {y[i]} for {expected[i]}");
        }

        if (differentiable)
        {
            Derivatives.HaveTaylorSlopeTwo(network.PlainMap, x, [.. x.Select(_ => Draw())], model.ToString());
        }
    }

    private double Draw() => (2 * Random.NextDouble() - 1) * Bound;

    private ModelProto Finish(string result)
    {
        NodeProto cast = Models.Node("Cast", "y", result).With("to", (long)DataType.Float);
        ModelProto model = Models.Of([.. Shape.Select(d => (long)d)], [.. _nodes, cast]);
        model.OpsetImport[0].Version = Opset;
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 3 });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 });
        model.Graph.Output[0].Type.TensorType.Shape = null;
        model.Graph.Initializer.Add(_constants);
        return model;
    }

    private TensorProto Constant(DataType type, int[] shape)
    {
        var tensor = new TensorProto { Name = $"c{_constants.Count}", DataType = (int)type };
        tensor.Dims.Add(shape.Select(d => (long)d));
        _constants.Add(tensor);
        return tensor;
    }
}
