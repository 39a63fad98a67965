using System.Collections.Immutable;
using Preimage.Networks;
using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>An ONNX model: read once, and made a network of for every question that is asked of it.</summary>
public sealed partial class OnnxModel
{
    internal OnnxModel(ModelProto proto, string path, string sha256)
    {
        Proto = proto;
        Path = path;
        Sha256 = sha256;
        GraphProto graph = proto.Graph ?? throw new ModelException($"{path} holds no graph; it is not an ONNX model.");
        if (graph.Node.Count > Limits.Nodes)
        {
            throw new ModelException($"{path} has {graph.Node.Count} nodes; at most {Limits.Nodes} are supported.");
        }

        if (graph.Output.Count is 0 or > Limits.Outputs)
        {
            throw new ModelException(
                graph.Output.Count == 0
                    ? $"{path} has no output."
                    : $"{path} has {graph.Output.Count} outputs; at most {Limits.Outputs} are supported."
            );
        }

        Weights = new Weights(graph, path);
        Declared = [.. graph.Input.Select(ModelTensor.Of)];
        Inputs = [.. Declared.Where(i => !Weights.Contains(i.Name))];
        Outputs = [.. graph.Output.Select(ModelTensor.Of)];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What must be given or is free: the inputs that are no weights.</summary>
    public ImmutableArray<ModelTensor> Inputs { get; }

    /// <summary>The outputs, the first of which is looked at when the question names none.</summary>
    public ImmutableArray<ModelTensor> Outputs { get; }

    /// <summary>The tensors that the nodes make, in the order of the file: those that a question can begin or end at.</summary>
    public ImmutableArray<string> MadeTensors =>
        [.. Proto.Graph.Node.SelectMany(n => n.Output).Where(o => o.Length > 0)];

    /// <summary>What the file says of itself, its operators and its weights.</summary>
    /// <exception cref="ModelException">It uses an operator set that is not supported.</exception>
    public ModelDescription Description => Onnx.Description.Of(this, Opset.Of(Proto, Path));

    /// <summary>The inputs, those included that have a weight for a default.</summary>
    internal ImmutableArray<ModelTensor> Declared { get; }

    internal ModelProto Proto { get; }

    internal string Sha256 { get; }

    internal Weights Weights { get; }

    /// <summary>The network that answers a question; without one, from the first input of real numbers to the first output. Costs the evaluation of everything that does not depend on the free tensor.</summary>
    /// <exception cref="ArgumentException">The question does not fit the model: a name is unknown, or a value has another shape.</exception>
    /// <exception cref="ModelException">The model is not valid, uses something that is not supported, or has an open dimension that nothing settles.</exception>
    public Network Network(Exploration? exploration = null) => new Importer(this, exploration ?? new()).Network();

    /// <summary>
    /// The networks from the free tensor to every output of the model, in their order; to the one that the question looks at, first and alone, where it names one.
    /// Outputs beside the first that cannot be made are left out, and the first network's assumptions say so.
    /// </summary>
    /// <exception cref="ArgumentException">As of <see cref="Network(Exploration?)"/>.</exception>
    /// <exception cref="ModelException">As of <see cref="Network(Exploration?)"/>.</exception>
    public ImmutableArray<Network> Networks(Exploration? exploration = null) =>
        new Importer(this, exploration ?? new()).Networks();
}
