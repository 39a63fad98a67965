using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Training.Data;
using Preimage.Training.Losses;

namespace Preimage.Training.Fitting;

/// <summary>What a loss's link asks of architecture and data, and how the trained layers become the network.</summary>
internal static class LinkRules
{
    /// <summary>How far the sum of a row's class probabilities may be from one: a few rounded decimals.</summary>
    private const double ProbabilityTolerance = 1e-6;

    /// <summary>Refuses what does not go together.</summary>
    public static void Check(Link link, Architecture architecture, Dataset data)
    {
        string? reason = link switch
        {
            Link.Direct => architecture.Head == DenseHead.None
                ? null
                : "The mean squared error takes no softmax head; leave it out, or take the cross-entropy of classes.",
            Link.Softmax => architecture.Output is not Identity
                ? "The cross-entropy of classes reads the last layer before any activation; make it the identity, with softmax as head."
            : architecture.Outputs < 2
                ? "The cross-entropy of classes needs at least two outputs; take the binary one for one output."
            : null,
            Link.Sigmoid => architecture.Output is not (Sigmoid or Identity) || architecture.Head != DenseHead.None
                ? "The binary cross-entropy needs a sigmoid (or, for logits, the identity) as the last activation, and no head."
                : null,
        };
        if (reason is not null)
        {
            throw new ArgumentException(reason);
        }

        if (link != Link.Direct)
        {
            RequireProbabilities(data, sumToOne: link == Link.Softmax);
        }
    }

    /// <summary>The activations to train with: the loss takes logits where it has a link.</summary>
    public static ImmutableArray<ScalarFunction> Trained(Link link, Architecture architecture) =>
        [
            .. Enumerable.Repeat(architecture.Hidden, architecture.Widths.Length - 2),
            link == Link.Direct ? architecture.Output : new Identity(),
        ];

    /// <summary>The scaling of targets that suits the last activation.</summary>
    public static IScaling Scaling(Link link, Architecture architecture) =>
        link != Link.Direct ? new Unscaled()
        : architecture.Output is Sigmoid ? new MinMaxScaling(0.1, 0.9)
        : architecture.Output is HyperbolicTangent ? new MinMaxScaling(-0.9, 0.9)
        : new MinMaxScaling(-1, 1);

    /// <summary>Puts the last activation or the head on.</summary>
    public static DenseNetwork Finish(Link link, Architecture architecture, DenseNetwork trained) =>
        link switch
        {
            Link.Direct => trained,
            Link.Softmax => trained with { Head = architecture.Head },
            Link.Sigmoid => WithLastActivation(trained, architecture.Output),
        };

    /// <summary>The network whose outputs compare with the targets: probabilities, also where the finished one gives logits or logarithms.</summary>
    public static DenseNetwork Comparable(Link link, DenseNetwork network) =>
        link switch
        {
            Link.Direct => network,
            Link.Softmax => network with { Head = DenseHead.Softmax },
            Link.Sigmoid => WithLastActivation(network, new Sigmoid()),
        };

    /// <summary>The data's signature; outputs that are logits or logarithms of probabilities have no range.</summary>
    public static Signature Signature(Link link, Architecture architecture, Signature data)
    {
        bool probabilities =
            link == Link.Softmax ? architecture.Head == DenseHead.Softmax : architecture.Output is Sigmoid;
        return link == Link.Direct || probabilities
            ? data
            : data with
            {
                Outputs =
                [
                    .. data.Outputs.Select(v =>
                        v with
                        {
                            Lower = double.NegativeInfinity,
                            Upper = double.PositiveInfinity,
                        }
                    ),
                ],
            };
    }

    private static DenseNetwork WithLastActivation(DenseNetwork network, ScalarFunction activation)
    {
        int last = network.Layers.Length - 1;
        return network with
        {
            Layers = network.Layers.SetItem(last, network.Layers[last] with { Activation = activation }),
        };
    }

    /// <summary>Refuses targets that are no probabilities.</summary>
    public static void RequireProbabilities(Dataset data, bool sumToOne)
    {
        int m = data.Signature.Outputs.Length;
        for (int row = 0; row < data.Count; row++)
        {
            double sum = 0;
            for (int i = 0; i < m; i++)
            {
                double target = data.Targets[row * m + i];
                sum += target;
                if (target is < 0 or > 1)
                {
                    throw new ArgumentException(
                        $"The target '{data.Signature.Outputs[i].Name}' is {target:R} in row {row + 1}, but a cross-entropy needs probabilities between 0 and 1."
                    );
                }
            }

            if (sumToOne && Math.Abs(sum - 1) > ProbabilityTolerance)
            {
                throw new ArgumentException(
                    $"The class probabilities of row {row + 1} sum to {sum:R} instead of 1; give one 0/1 column a class."
                );
            }
        }
    }
}
