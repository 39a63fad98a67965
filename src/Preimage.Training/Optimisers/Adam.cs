using System.Numerics.Tensors;
using Preimage.Training.Fitting;

namespace Preimage.Training.Optimisers;

/// <summary>
/// Stochastic gradient descent with bias-corrected running means of the gradient and its square, on shuffled mini-batches. An epoch passes every
/// point once, forward and backward. [KingmaBa2015, algorithm 1]
/// </summary>
public sealed record Adam : IOptimiser
{
    /// <summary>Passes over the training points.</summary>
    public int Epochs { get; init; } = 1000;

    /// <summary>Points a batch.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The learning rate by epoch.</summary>
    public ILearningRate Rate { get; init; } = new CosineRate();

    /// <summary>Memory of the mean gradient.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Memory of the mean squared gradient.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Keeps the step finite where the gradient is tiny.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>How fast parameters shrink by themselves: by rate times this in each step, apart from the gradient. [LoshchilovHutter2019]</summary>
    public double WeightDecay { get; init; }

    /// <summary>Seed of the shuffles.</summary>
    public int Seed { get; init; } = 1;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The batch size is not positive.</exception>
    public TrainingEnding Minimise(IObjective objective, Span<double> parameters, Watch watch) =>
        new Descent(Epochs, BatchSize, Rate, Seed).Run(
            objective,
            parameters,
            watch,
            new Moments(this, objective.ParameterCount)
        );

    private sealed class Moments(Adam settings, int count) : IBatchStep
    {
        private readonly double[] _mean = new double[count];
        private readonly double[] _square = new double[count];
        private int _steps;

        public void Take(Span<double> parameters, Span<double> gradient, double rate)
        {
            _steps++;
            TensorPrimitives.Lerp<double>(_mean, gradient, 1 - settings.Beta1, _mean);
            TensorPrimitives.Multiply<double>(gradient, gradient, gradient);
            TensorPrimitives.Lerp<double>(_square, gradient, 1 - settings.Beta2, _square);
            if (settings.WeightDecay != 0)
            {
                TensorPrimitives.Multiply(parameters, 1 - rate * settings.WeightDecay, parameters);
            }

            // The step is rate * (mean / c1) / (sqrt(square / c2) + epsilon), c1 and c2 correcting the start from zero.
            Span<double> step = gradient;
            TensorPrimitives.Divide(_square, 1 - Math.Pow(settings.Beta2, _steps), step);
            TensorPrimitives.Sqrt(step, step);
            TensorPrimitives.Add(step, settings.Epsilon, step);
            TensorPrimitives.Divide(_mean, step, step);
            double length = -rate / (1 - Math.Pow(settings.Beta1, _steps));
            TensorPrimitives.MultiplyAdd(step, length, parameters, parameters);
        }
    }
}
