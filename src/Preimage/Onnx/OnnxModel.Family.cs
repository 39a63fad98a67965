using System.Security.Cryptography;
using Google.Protobuf;
using Preimage.Networks;
using Preimage.Onnx.Wire;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <content>Models as families of networks, and back.</content>
public sealed partial class OnnxModel
{
    /// <summary>
    /// The networks that have this model's graph and any weights: its floating-point initialisers are free, beside its first input of real numbers. Held are
    /// stored statistics, the scaling of the input, single numbers that scale or shift, weights that can only be read as constants, and those named.
    /// </summary>
    /// <param name="exploration">The values of other inputs, sizes of open dimensions, and the output.</param>
    /// <param name="held">Weights that keep their values.</param>
    /// <exception cref="ArgumentException">As of <see cref="Network(Exploration?)"/>, or a weight to hold is not there.</exception>
    /// <exception cref="ModelException">As of <see cref="Network(Exploration?)"/>, or there is no weight to fit.</exception>
    public NetworkFamily Family(Exploration? exploration = null, params IEnumerable<string> held) =>
        Importer.Family(this, exploration ?? new(), held);

    /// <summary>The same model with other weights, rounded to the types of the file; everything else is unchanged.</summary>
    /// <param name="family">A family of this model.</param>
    /// <param name="parameters">Its parameters: [P].</param>
    /// <exception cref="ArgumentException">A parameter is not finite in the file's type, or there is another number of them.</exception>
    public OnnxModel With(NetworkFamily family, ReadOnlySpan<double> parameters)
    {
        if (parameters.Length != family.ParameterCount)
        {
            throw new ArgumentException(
                $"{parameters.Length} parameters are given for a model that has {family.ParameterCount}."
            );
        }

        ModelProto proto = Whole();
        Inline(proto.Graph);
        int place = 0;
        foreach (InnerTensor tensor in family.Parameters)
        {
            TensorProto stored = proto.Graph.Initializer.First(t => t.Name == tensor.Name);
            Store(stored, parameters.Slice(place, tensor.Size));
            place += tensor.Size;
        }

        byte[] bytes = proto.ToByteArray();
        OnnxModel model = OnnxFile.Open(bytes, Path);
        model.Written = bytes;
        return model;
    }

    /// <summary>The bytes of a model that was made of another, with the fields that are not read; null for one that was read.</summary>
    private byte[]? Written { get; set; }

    /// <summary>What is written.</summary>
    internal byte[] Bytes => Written ?? Proto.ToByteArray();

    /// <summary>The message with the fields that are not read, too, where the file still is what was read.</summary>
    private ModelProto Whole()
    {
        byte[] bytes = Written ?? (File.Exists(Path) ? FileBytes.Read(Path) : []);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == Sha256
            ? ModelProto.Parser.ParseFrom(bytes)
            : Proto.Clone();
    }

    /// <summary>Weights in files beside the model come into it, so that it may be written elsewhere.</summary>
    private void Inline(GraphProto graph)
    {
        ExternalData external = new(Path);
        foreach (TensorProto tensor in graph.Initializer)
        {
            if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
            {
                DataType type = (DataType)tensor.DataType;
                long length = ElementTypes.Units(type, Shapes.Count([.. tensor.Dims])) * ElementTypes.Width(type);
                byte[] raw = external.Read(tensor, length, $"initialiser '{tensor.Name}'");
                tensor.RawData = UnsafeByteOperations.UnsafeWrap(raw);
                tensor.ExternalData.Clear();
                tensor.DataLocation = TensorProto.Types.DataLocation.Default;
            }
        }
    }

    private static void Store(TensorProto stored, ReadOnlySpan<double> values)
    {
        DataType type = (DataType)stored.DataType;
        byte[] raw = new byte[values.Length * ElementTypes.Width(type)];
        for (int i = 0; i < values.Length; i++)
        {
            if (!ElementTypes.TryStore(type, values[i], raw.AsSpan(i * ElementTypes.Width(type))))
            {
                throw new ArgumentException(
                    $"The number {values[i]:R} at index {i} of '{stored.Name}' cannot be stored in the model; it must be finite as {ElementTypes.Name(stored.DataType)}."
                );
            }
        }

        stored.FloatData.Clear();
        stored.DoubleData.Clear();
        stored.Int32Data.Clear();
        stored.RawData = UnsafeByteOperations.UnsafeWrap(raw);
    }
}
