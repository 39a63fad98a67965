using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Networks.Compiled;

namespace Preimage.Networks;

/// <summary>A tensor of a network, as the model names and shapes it (one sample).</summary>
public sealed record InnerTensor(string Name, ImmutableArray<int> Shape)
{
    /// <summary>How many numbers it holds.</summary>
    public int Size => Shape.Aggregate(1, (a, b) => a * b);
}

/// <summary>A trained network R^n -> R^m: a map, with the names, units and ranges of its inputs and outputs, and its inner tensors.</summary>
public sealed partial class Network
{
    private readonly Lazy<DenseNetwork?> _dense;
    private readonly Lazy<IProductMap> _map;

    internal Network(Graph graph, Signature signature, ModelDescription? description = null)
        : this(graph, signature, description, null) { }

    /// <summary>A network whose map is at hand, as one that chooses among the outputs of another.</summary>
    private Network(Graph graph, Signature signature, ModelDescription? description, Func<IProductMap>? map)
    {
        Graph = graph;
        Signature = signature;
        Description = description;
        InputTensor = new InnerTensor("x", [graph.Inputs]);
        OutputTensor = new InnerTensor("y", [graph.Outputs]);
        PlainMap = new NetworkMap(graph);
        _dense = new Lazy<DenseNetwork?>(() => DenseChain.TryRecognize(graph));
        _map = new Lazy<IProductMap>(map ?? Compiled);
    }

    /// <summary>A dense network with the names, units and ranges of its inputs and outputs (x1.., y1.. when none are given).</summary>
    /// <exception cref="ArgumentException">The signature has another number of inputs or outputs.</exception>
    public static Network From(DenseNetwork network, Signature? signature = null)
    {
        signature ??= Signature.Anonymous(network.Inputs, network.Outputs);
        if (signature.Inputs.Length != network.Inputs || signature.Outputs.Length != network.Outputs)
        {
            throw new ArgumentException(
                $"The signature names {signature.Inputs.Length} inputs and {signature.Outputs.Length} outputs, but the network has {network.Inputs} and {network.Outputs}."
            );
        }

        return new Network(DenseGraph.From(network), signature);
    }

    /// <summary>n.</summary>
    public int Inputs => Graph.Inputs;

    /// <summary>m.</summary>
    public int Outputs => Graph.Outputs;

    /// <summary>Names, units and ranges.</summary>
    public Signature Signature { get; }

    /// <summary>What the file says about itself; null for a network that was not read from a file.</summary>
    public ModelDescription? Description { get; }

    /// <summary>The tensor that is free: x in its shape.</summary>
    public InnerTensor InputTensor { get; internal init; }

    /// <summary>The tensor that is looked at: f(x) in its shape.</summary>
    public InnerTensor OutputTensor { get; internal init; }

    /// <summary>What the outputs are: integers and booleans have a value, but no derivative.</summary>
    public ElementKind OutputKind { get; internal init; }

    /// <summary>The value of the free tensor that the model itself makes of the inputs that it was given: [Inputs]. Empty where the free tensor is an input without a given value.</summary>
    public ImmutableArray<double> Start { get; internal init; } = [];

    /// <summary>What was assumed to make a map of the model, each a sentence: which inputs are held at zeros, which outputs are left out.</summary>
    public ImmutableArray<string> Assumptions { get; internal init; } = [];

    /// <summary>The network as a map, compiled: fused layers where it is a dense chain, else a kernel for each operation. Large steps use several threads, to the same bits.</summary>
    public IProductMap Map => _map.Value;

    /// <summary>The network as a map by the plain interpreters: slower, and the oracle of the compiled map.</summary>
    public IProductMap PlainMap { get; }

    /// <summary>The network as dense layers, equal up to rounding; null when it is not a chain of affine maps and elementwise functions. Found on first use.</summary>
    public DenseNetwork? Dense => _dense.Value;

    /// <summary>Inner tensors that <see cref="Between(string?, string?)"/> takes, from input to output.</summary>
    public ImmutableArray<InnerTensor> Tensors => [.. Graph.Tensors.Select(t => new InnerTensor(t.Name, t.Shape))];

    /// <summary>What a value, a product and a dense Jacobian cost. Counted on every call.</summary>
    public NetworkCost Cost => NetworkCost.Of(Graph);

    internal Graph Graph { get; }

    private IProductMap Compiled() => Dense is { } dense ? new DensePlan(dense) : new GraphPlan(Graph);
}
