using Google.Protobuf;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>How wide the numbers of a written model are.</summary>
public enum ElementType
{
    /// <summary>64 bits: read back, the network has the same bits. Not every runtime has 64-bit kernels for every activation.</summary>
    Double,

    /// <summary>32 bits, which every runtime takes; weights are rounded.</summary>
    Float,
}

/// <content>Writing.</content>
public static partial class OnnxFile
{
    /// <summary>
    /// Writes a dense network with the names, units and ranges of its variables, so that a reader never sees half a file: beside the target first, then renamed.
    /// One input "input" [N, Inputs] and one output "output" [N, Outputs], N samples side by side; opset 13, or the first that has all its functions.
    /// </summary>
    /// <exception cref="ArgumentException">The signature has another number of inputs or outputs, or a weight is not finite.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(
        string path,
        DenseNetwork network,
        Signature signature,
        ElementType type = ElementType.Double
    ) => AtomicFile.Write(path, ModelWriter.Write(network, signature, type).ToByteArray());

    /// <summary>Writes a model, so that a reader never sees half a file.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, OnnxModel model) => AtomicFile.Write(path, model.Bytes);

    /// <summary>Writes a network that is a dense chain (<see cref="Network.Dense"/>).</summary>
    /// <exception cref="ArgumentException">The network is not a dense chain.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, Network network, ElementType type = ElementType.Double) =>
        Write(
            path,
            network.Dense
                ?? throw new ArgumentException(
                    "Only a network that is a chain of affine maps and elementwise functions can be written as ONNX."
                ),
            network.Signature,
            type
        );
}
