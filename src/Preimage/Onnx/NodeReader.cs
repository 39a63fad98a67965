using System.Collections.Immutable;
using Preimage.Networks;
using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>One ONNX node with its inputs and attributes, as an operator's lowering sees it. Every refusal names the node and its place.</summary>
internal sealed class NodeReader(NodeProto proto, int place, Value?[] inputs, ImportContext context, Scope scope)
{
    /// <summary>Version of the standard operator set that the model asks for.</summary>
    public long Opset => scope.Opset ?? context.Opset;

    /// <summary>The graph that is being made.</summary>
    public GraphBuilder Graph => context.Graph;

    /// <summary>How many inputs the node lists, absent ones included.</summary>
    public int InputCount => inputs.Length;

    /// <summary>How many outputs the node lists.</summary>
    public int OutputCount => proto.Output.Count;

    /// <summary>Whether the optional input is given.</summary>
    public bool Has(int i) => i < inputs.Length && inputs[i] is not null;

    /// <summary>The tensors around the node.</summary>
    public Scope Scope => scope;

    /// <summary>What all nodes share.</summary>
    public ImportContext Context => context;

    /// <summary>An input that the operator needs: a tensor.</summary>
    public Value Input(int i) =>
        Any(i) is { IsSequence: false } tensor
            ? tensor
            : throw Fail($"takes a sequence as input {i + 1}, where a tensor is needed");

    /// <summary>An input that the operator needs: a sequence of tensors.</summary>
    public ImmutableArray<Value> Sequence(int i) =>
        Any(i) is { IsSequence: true } sequence
            ? sequence.Items
            : throw Fail($"takes a tensor as input {i + 1}, where a sequence is needed");

    /// <summary>An input that the operator needs: a tensor or a sequence of tensors.</summary>
    public Value Any(int i) =>
        Has(i) ? inputs[i]! : throw Fail($"needs an input {i + 1}, but has only {inputs.Count(v => v is not null)}");

    /// <summary>An input that the operator needs, of real numbers.</summary>
    public Value Real(int i)
    {
        Value value = Input(i);
        return value.Kind == ElementKind.Real ? value : throw NeedsReals(i, value.Kind);
    }

    /// <summary>The refusal of an input that is not of real numbers.</summary>
    public ModelException NeedsReals(int i, ElementKind kind) =>
        Fail(
            $"takes {(kind == ElementKind.Integer ? "integers" : "booleans")} as input {i + 1}, but real numbers are needed there"
        );

    /// <summary>An input that must not depend on the network's input.</summary>
    public Tensor Constant(int i)
    {
        Value value = Input(i);
        return TryConstant(value)
            ?? throw Fail(
                $"has an input {i + 1} that depends on the network's input; only a constant is supported there"
            );
    }

    /// <summary>A value as a constant, or null when it depends on the network's input.</summary>
    public Tensor? TryConstant(Value value) =>
        Graph.ConstantValue(value.Node) is { } elements
            ? new Tensor(value.Shape, elements, value.Kind) { Type = value.Type }
            : null;

    /// <summary>A constant input of integers.</summary>
    public long[] Integers(int i)
    {
        Tensor tensor = Constant(i);
        return tensor.Kind == ElementKind.Integer
            ? Array.ConvertAll(tensor.Elements, e => e >= long.MaxValue ? long.MaxValue : (long)e)
            : throw Fail($"has an input {i + 1} that must be integers");
    }

    /// <summary>A constant input of one real number.</summary>
    public double Scalar(int i)
    {
        Tensor tensor = Constant(i);
        return tensor.Elements.Length == 1
            ? tensor.Elements[0]
            : throw Fail($"has an input {i + 1} that must be one number, but has {tensor.Elements.Length}");
    }

    /// <summary>An integer attribute.</summary>
    public long Int(string name, long otherwise) => Find(name, AttributeProto.Types.AttributeType.Int)?.I ?? otherwise;

    /// <summary>A real attribute; the exact double where our own writer has left it beside the rounded one.</summary>
    public double Float(string name, double otherwise)
    {
        if (Find(name, AttributeProto.Types.AttributeType.Float) is not { } attribute)
        {
            return otherwise;
        }

        foreach (StringStringEntryProto entry in proto.MetadataProps)
        {
            if (
                string.Equals(entry.Key, Metadata.Exact(name), StringComparison.Ordinal)
                && double.TryParse(entry.Value, out double exact)
                && (float)exact == attribute.F
            )
            {
                return exact;
            }
        }

        return double.IsFinite(attribute.F)
            ? attribute.F
            : throw Fail($"has the attribute {name} = {attribute.F}, which is not finite");
    }

    /// <summary>A real attribute that may be NaN, which it is where it is absent.</summary>
    public double FloatOrNaN(string name) => Find(name, AttributeProto.Types.AttributeType.Float)?.F ?? double.NaN;

    /// <summary>A list of integers, or null when the attribute is absent.</summary>
    public long[]? Ints(string name) =>
        Find(name, AttributeProto.Types.AttributeType.Ints) is { } attribute ? [.. attribute.Ints] : null;

    /// <summary>A list of real numbers, or null when the attribute is absent.</summary>
    public double[]? Floats(string name) =>
        Find(name, AttributeProto.Types.AttributeType.Floats) is { } attribute
            ? [.. attribute.Floats.Select(f => (double)f)]
            : null;

    /// <summary>A list of finite numbers; empty when the attribute is absent.</summary>
    public double[] Numbers(string name)
    {
        double[] numbers = Floats(name) ?? [];
        return Array.TrueForAll(numbers, double.IsFinite)
            ? numbers
            : throw Fail($"has numbers in the attribute {name} that are not finite");
    }

    /// <summary>A text attribute.</summary>
    public string Text(string name, string otherwise) =>
        Find(name, AttributeProto.Types.AttributeType.String)?.S.ToStringUtf8() ?? otherwise;

    /// <summary>A list of texts, or null when the attribute is absent.</summary>
    public string[]? Texts(string name) =>
        Find(name, AttributeProto.Types.AttributeType.Strings) is { } attribute
            ? [.. attribute.Strings.Select(s => s.ToStringUtf8())]
            : null;

    /// <summary>A tensor attribute, or null when it is absent.</summary>
    public Tensor? TensorAttribute(string name) =>
        Find(name, AttributeProto.Types.AttributeType.Tensor) is { T: { } tensor }
            ? context.Tensors.Read(tensor, $"the attribute {name} of {Place}")
            : null;

    /// <summary>A graph attribute.</summary>
    public Body Body(string name) =>
        Find(name, AttributeProto.Types.AttributeType.Graph) is { G: { } graph }
            ? new Body(graph, this)
            : throw Fail($"has no body '{name}'");

    /// <summary>An axis, counted from the end when negative, as 0 .. rank - 1 (rank allowed too when inclusive).</summary>
    public int Axis(long axis, int rank, bool inclusive = false)
    {
        int highest = inclusive ? rank : rank - 1;
        long positive = axis < 0 ? axis + rank : axis;
        return positive >= 0 && positive <= highest
            ? (int)positive
            : throw Fail($"has the axis {axis}, which a tensor of rank {rank} does not have");
    }

    /// <summary>A shape that the node makes, checked and counted against the limits.</summary>
    public int[] Shape(ReadOnlySpan<long> shape)
    {
        long count = Shapes.Count(shape);
        bool valid = count >= 0 && shape.Length <= Limits.Rank;
        foreach (long size in shape)
        {
            valid &= size <= int.MaxValue;
        }

        if (!valid)
        {
            throw Fail(
                $"makes a tensor of shape {Shapes.Text(shape)}, which is not a shape of at most {Limits.TensorElements} elements"
            );
        }

        Spend(count);
        return Array.ConvertAll(shape.ToArray(), d => (int)d);
    }

    /// <summary>Counts elements that the node makes against the total.</summary>
    public void Spend(long elements) => context.Spend(elements, Place);

    /// <summary>Counts nodes that the node makes: each takes memory beside its elements.</summary>
    public void SpendNodes(long count) => Spend(checked(count * Limits.NodeElements));

    /// <summary>Counts multiplications on constants against the total.</summary>
    public void SpendWork(long multiplications)
    {
        context.WorkLeft -= multiplications;
        if (context.WorkLeft < 0)
        {
            throw Fail("asks for more arithmetic on constants than is spent on reading a model");
        }
    }

    /// <summary>A constant that the node makes.</summary>
    public Value Make(int[] shape, double[] elements, ElementKind kind) => new(Graph.Constant(elements), shape, kind);

    /// <summary>A refusal: the sentence goes on after "node 17 'conv1' (Conv)".</summary>
    public ModelException Fail(string rule) => new($"{context.Path}: {Place} {rule}.");

    private string Place =>
        proto.Name.Length == 0 ? $"node {place} ({proto.OpType})" : $"node {place} '{proto.Name}' ({proto.OpType})";

    private AttributeProto? Find(string name, AttributeProto.Types.AttributeType type)
    {
        foreach (AttributeProto attribute in proto.Attribute)
        {
            if (string.Equals(attribute.Name, name, StringComparison.Ordinal))
            {
                // Old files leave the type out.
                return attribute.Type == type || attribute.Type == AttributeProto.Types.AttributeType.Undefined
                    ? attribute
                    : throw Fail($"has the attribute {name} of type {attribute.Type}, but {type} is needed");
            }
        }

        return null;
    }
}

/// <summary>What all nodes of one import share.</summary>
internal sealed class ImportContext(string path, long opset, GraphBuilder graph, TensorReader tensors)
{
    /// <summary>The functions that the model brings with it.</summary>
    public LocalFunctions Functions { get; init; } = new([]);

    /// <summary>The weights of bodies that were read already.</summary>
    public Dictionary<GraphProto, List<(string Name, Value Value)>> WeightsOfBodies { get; } =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>The model file, for messages.</summary>
    public string Path => path;

    /// <summary>Version of the standard operator set.</summary>
    public long Opset => opset;

    /// <summary>The graph that is being made.</summary>
    public GraphBuilder Graph => graph;

    /// <summary>Reads tensor attributes.</summary>
    public TensorReader Tensors => tensors;

    /// <summary>Counts elements that are made of little against <see cref="Limits.TotalElements"/>.  what: who makes them.</summary>
    /// <exception cref="ModelException">They are too many.</exception>
    public void Spend(long elements, string what)
    {
        ElementsLeft -= elements;
        if (ElementsLeft < 0)
        {
            throw new ModelException(
                $"{Path}: {what} makes the model's tensors larger than {Limits.TotalElements} elements together, which is not supported."
            );
        }
    }

    private long ElementsLeft { get; set; } = Limits.TotalElements;

    /// <summary>What remains of <see cref="Limits.FoldingWork"/>.</summary>
    public long WorkLeft { get; set; } = Limits.FoldingWork;
}
