using System.Numerics.Tensors;
using Preimage.Training.Fitting;

namespace Preimage.Training.Optimisers;

/// <summary>
/// Stochastic gradient descent with momentum, on shuffled mini-batches: v becomes memory v + g, and p moves by -rate v, g the gradient of the batch plus
/// the weight decay times p. [Polyak1964]
/// </summary>
public sealed record Momentum : IOptimiser
{
    /// <summary>Passes over the training points.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Points a batch.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The learning rate by epoch.</summary>
    public ILearningRate Rate { get; init; } = new CosineRate(2e-2, 2e-5);

    /// <summary>What is kept of the velocity in each step; 0 for plain gradient descent.</summary>
    public double Memory { get; init; } = 0.9;

    /// <summary>How strongly parameters are drawn to 0.</summary>
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
            new Velocity(this, objective.ParameterCount)
        );

    private sealed class Velocity(Momentum settings, int count) : IBatchStep
    {
        private readonly double[] _velocity = new double[count];

        public void Take(Span<double> parameters, Span<double> gradient, double rate)
        {
            TensorPrimitives.MultiplyAdd(parameters, settings.WeightDecay, gradient, gradient);
            TensorPrimitives.MultiplyAdd<double>(_velocity, settings.Memory, gradient, _velocity);
            TensorPrimitives.MultiplyAdd(_velocity, -rate, parameters, parameters);
        }
    }
}
