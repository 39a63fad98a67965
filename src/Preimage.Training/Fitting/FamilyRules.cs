using Preimage.Networks;
using Preimage.Training.Data;
using Preimage.Training.Losses;

namespace Preimage.Training.Fitting;

/// <summary>What a loss asks of a family of networks and of the data.</summary>
internal static class FamilyRules
{
    /// <summary>Refuses what does not go together.</summary>
    public static void Check(NetworkFamily family, Link link, Dataset data)
    {
        (int inputs, int outputs) = (data.Signature.Inputs.Length, data.Signature.Outputs.Length);
        if (family.Inputs != inputs || family.Outputs != outputs)
        {
            throw new ArgumentException(
                $"The network takes {family.Inputs} numbers and gives {family.Outputs}, but the data have {inputs} and {outputs}; give data, or a network, that fit."
            );
        }

        string? reason = (link, family.End) switch
        {
            (Link.Softmax, NetworkEnd.Sigmoid) =>
                "The cross-entropy of classes does not fit a network that ends with a sigmoid; take the binary one.",
            (Link.Softmax, _) when outputs < 2 =>
                "The cross-entropy of classes needs at least two outputs; take the binary one for one output.",
            (Link.Sigmoid, NetworkEnd.Softmax or NetworkEnd.LogSoftmax) =>
                "The binary cross-entropy does not fit a network that ends with a softmax; take that of classes.",
            _ => null,
        };
        if (reason is not null)
        {
            throw new ArgumentException(reason);
        }

        if (link != Link.Direct)
        {
            LinkRules.RequireProbabilities(data, sumToOne: link == Link.Softmax);
        }
    }
}
