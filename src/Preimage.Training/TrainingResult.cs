using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Training.Data;
using Preimage.Training.Fitting;

namespace Preimage.Training;

/// <summary>How a training went.</summary>
public abstract record TrainingOutcome
{
    /// <summary>The watched loss of the network (validation where there is one, else training), in the units that the optimiser saw.</summary>
    public required double Loss { get; init; }

    /// <summary>Epochs done.</summary>
    public required int Epochs { get; init; }

    /// <summary>The epoch that the network is from.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Points passed through the network while training, with or without derivatives.</summary>
    public required long Evaluations { get; init; }

    /// <summary>How the training ended.</summary>
    public required TrainingEnding Ending { get; init; }

    /// <summary>The recipe.</summary>
    public required Trainer Trainer { get; init; }

    /// <summary>Seed of the first weights and of the split.</summary>
    public required int Seed { get; init; }
}

/// <summary>What a training gave: a network in physical units, and honest figures about it.</summary>
/// <param name="Network">Takes and gives physical units: every scaling is folded in.</param>
/// <param name="Signature">Names, units and ranges of its inputs and outputs.</param>
public sealed record TrainingResult(DenseNetwork Network, Signature Signature) : TrainingOutcome
{
    /// <summary>Errors on the training points.</summary>
    public required ErrorFigures Training { get; init; }

    /// <summary>Errors on the points kept from the optimiser; null where none were.</summary>
    public ErrorFigures? Validation { get; init; }

    /// <summary>The shape asked for.</summary>
    public required Architecture Architecture { get; init; }
}

/// <summary>What a training of a model gave: parameters as its file can hold them, and how good they are.</summary>
/// <param name="Family">The networks that were chosen from.</param>
/// <param name="Parameters">[P].</param>
public sealed record FamilyResult(NetworkFamily Family, ImmutableArray<double> Parameters) : TrainingOutcome
{
    /// <summary>On the training points.</summary>
    public required Standing Training { get; init; }

    /// <summary>On the points kept from the optimiser; null where none were.</summary>
    public Standing? Validation { get; init; }
}

/// <summary>Errors y - t of a network against data, an entry an output, in physical units; for a cross-entropy y are the probabilities, also where the network gives logits.</summary>
/// <param name="RootMeanSquare">sqrt(mean (y_i - t_i)^2): [m].</param>
/// <param name="Largest">max |y_i - t_i|: [m].</param>
/// <param name="Agreement">The fraction of points where output and target have the same class: the largest entry for m > 1, the side of 1/2 for m = 1. Only meaningful for class targets.</param>
public sealed record ErrorFigures(
    ImmutableArray<double> RootMeanSquare,
    ImmutableArray<double> Largest,
    double Agreement
)
{
    internal static ErrorFigures Measure(DenseNetwork network, Dataset data, ReadOnlySpan<int> rows)
    {
        IMap map = Network.From(network).Map;
        int n = network.Inputs;
        int m = network.Outputs;
        double[] squares = new double[m];
        double[] largest = new double[m];
        double[] y = new double[m];
        int same = 0;
        foreach (int row in rows)
        {
            map.Evaluate(data.Inputs.AsSpan(row * n, n), y);
            ReadOnlySpan<double> target = data.Targets.AsSpan(row * m, m);
            same += Class(y) == Class(target) ? 1 : 0;
            for (int i = 0; i < m; i++)
            {
                double error = Math.Abs(y[i] - target[i]);
                squares[i] += error * error / rows.Length;
                largest[i] = Math.Max(largest[i], error);
            }
        }

        return new ErrorFigures([.. squares.Select(Math.Sqrt)], [.. largest], (double)same / rows.Length);
    }

    private static int Class(ReadOnlySpan<double> y)
    {
        if (y.Length == 1)
        {
            return y[0] > 0.5 ? 1 : 0;
        }

        return System.Numerics.Tensors.TensorPrimitives.IndexOfMax(y);
    }
}
