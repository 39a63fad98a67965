using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>The version of the standard operator set.</summary>
internal static class Opset
{
    private const long Oldest = SixthOpset.Version;

    /// <summary>The version that a model asks for.</summary>
    /// <exception cref="ModelException">It asks for none, or for one that is too old.</exception>
    public static long Of(ModelProto model, string path)
    {
        foreach (OperatorSetIdProto set in model.OpsetImport)
        {
            if (set.Domain is "" or "ai.onnx")
            {
                return set.Version >= Oldest
                    ? set.Version
                    : throw new ModelException(
                        $"{path} uses opset {set.Version}; supported are opset {Oldest} and newer, convert it with the onnx version converter."
                    );
            }
        }

        // A model of other operators alone need not say it.
        if (
            model.OpsetImport.Count > 0
            && model.Graph?.Node.All(n => n.Domain.Length > 0 && n.Domain != "ai.onnx") == true
        )
        {
            return Oldest;
        }

        throw new ModelException($"{path} does not say which opset it uses; it is not a complete ONNX model.");
    }
}
