using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>A model while its layers are drawn: what the last layer gives, and random weights.</summary>
internal sealed class DraftGraph
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Generator _generator;

    /// <summary>Begins with the input.</summary>
    public DraftGraph(ImmutableArray<int> shape, int seed)
    {
        Shape = shape;
        _generator = new Generator(seed, stream: 5);
        Value = Model.Input(shape.Length == 1 ? "input" : "image", shape.AsSpan());
    }

    /// <summary>The nodes and weights.</summary>
    public ModelWriter Model { get; } = new(ElementType.Float);

    /// <summary>The tensor that the last layer gives.</summary>
    public string Value { get; private set; }

    /// <summary>Its shape, of one sample.</summary>
    public ImmutableArray<int> Shape { get; private set; }

    /// <summary>Whether the next activation is a rectifier.</summary>
    public bool IsBeforeRectifier { get; set; }

    /// <summary>Numbers of one sample.</summary>
    public int Size => Shape.Aggregate(1, (a, b) => checked(a * b));

    /// <summary>"conv1", "conv2", ...</summary>
    public string Next(string kind) => $"{kind}{_counts[kind] = _counts.GetValueOrDefault(kind) + 1}";

    /// <summary>Appends a node that gives a tensor of a shape.</summary>
    public void Step(string operation, string name, ImmutableArray<int> shape, params ReadOnlySpan<string> inputs) =>
        (Value, Shape) = (Model.Node(operation, name, inputs), shape);

    /// <summary>Goes on with a tensor that is there already.</summary>
    public void GoOn(string value, ImmutableArray<int> shape) => (Value, Shape) = (value, shape);

    /// <summary>Random weights between so many numbers that come in and go out at each place.</summary>
    public string Weights(string name, (int Inputs, int Outputs) fan, params ReadOnlySpan<long> shape)
    {
        double[] numbers = new double[Count(shape)];
        double bound = Math.Sqrt(6.0 / ((double)fan.Inputs + fan.Outputs));
        double deviation = Math.Sqrt(2.0 / fan.Inputs);
        foreach (ref double number in numbers.AsSpan())
        {
            number = IsBeforeRectifier ? deviation * _generator.Normal() : bound * (2 * _generator.Uniform() - 1);
        }

        return Model.Constant(name, numbers, shape);
    }

    /// <summary>Small normal numbers.</summary>
    public string Small(string name, params ReadOnlySpan<long> shape)
    {
        const double Deviation = 0.02;
        double[] numbers = new double[Count(shape)];
        _generator.Normals(numbers);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] *= Deviation;
        }

        return Model.Constant(name, numbers, shape);
    }

    /// <summary>The same number everywhere.</summary>
    public string Same(string name, double number, params ReadOnlySpan<long> shape)
    {
        double[] numbers = new double[Count(shape)];
        Array.Fill(numbers, number);
        return Model.Constant(name, numbers, shape);
    }

    /// <summary>The model.</summary>
    public ModelProto Finish(Signature signature)
    {
        Model.Output("output", Shape.AsSpan());
        return Model.Finish(signature);
    }

    private static int Count(ReadOnlySpan<long> shape)
    {
        long count = Shapes.Count(shape);
        return count is >= 0 and <= Limits.Variables
            ? (int)count
            : throw new ArgumentException(
                $"A layer has {Shapes.Text(shape)} weights, which are more than the {Limits.Variables} that a model may have; make it narrower."
            );
    }
}
