using System.Collections.Immutable;
using Google.Protobuf;
using Preimage.Maps;

namespace Preimage.Onnx;

/// <summary>
/// The plan of a network, in words: layers from input to output with bars between them, as in "conv 10x5 | avgpool 2 | relu | flatten | dense 50 | relu".
/// The dense layer of the outputs is added at the end, "logits", before a last softmax, logsoftmax or sigmoid.
/// </summary>
/// <param name="Words">The layers.</param>
/// <param name="InputShape">The shape of one sample: [channels, height, width] or [n].</param>
/// <param name="Signature">Names, units and ranges of the numbers of a sample, in that order, and of the outputs.</param>
public sealed record Blueprint(string Words, ImmutableArray<int> InputShape, Signature Signature)
{
    /// <summary>The model, its numbers of 32 bits, with random first weights: of [He2015] before rectifiers, of [GlorotBengio2010] elsewhere. Same plan and seed, same bits.</summary>
    /// <exception cref="ArgumentException">A word is unknown, or a layer does not fit what comes to it.</exception>
    public OnnxModel Draw(int seed)
    {
        ImmutableArray<BlueprintLayer> layers = BlueprintWords.Parse(Words);
        int ends = layers is [.., EndLayer] ? 1 : 0;
        layers = layers.Insert(layers.Length - ends, new DenseUnits(Signature.Outputs.Length, "logits"));
        DraftGraph draft = new(InputShape, seed);
        for (int i = 0; i < layers.Length; i++)
        {
            draft.IsBeforeRectifier =
                layers.Skip(i + 1).FirstOrDefault(l => l is ActivationLayer or DenseUnits or Convolutional)
                    is ActivationLayer { IsRectifying: true };
            layers[i].Draw(draft);
        }

        return OnnxFile.Open(draft.Finish(Signature).ToByteArray(), "the new model");
    }
}
