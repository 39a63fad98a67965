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

    /// <summary>Seed of the shuffles.</summary>
    public int Seed { get; init; } = 1;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The batch size is not positive.</exception>
    public TrainingEnding Minimise(Objective objective, Span<double> parameters, Watch watch)
    {
        if (BatchSize < 1)
        {
            throw new ArgumentException($"A batch of {BatchSize} points is not possible; take at least one.");
        }

        watch.Epochs = Epochs;
        var generator = new Generator(Seed, stream: 3);
        var state = new Moments(objective.ParameterCount);
        int[] order = objective.Points.ToArray();
        double loss = objective.Value(parameters);
        for (int epoch = 0; watch.Continue(epoch, parameters, loss); epoch++)
        {
            generator.Shuffle(order);
            double rate = Rate.At(epoch, Epochs);
            loss = 0;
            for (int first = 0; first < order.Length; first += BatchSize)
            {
                if (watch.Cancelled)
                {
                    return TrainingEnding.Cancelled;
                }

                ReadOnlySpan<int> batch = order.AsSpan(first, Math.Min(BatchSize, order.Length - first));
                loss += objective.Gradient(parameters, batch, state.Gradient) * batch.Length / order.Length;
                Move(parameters, state, rate);
            }
        }

        return watch.Ending;
    }

    private void Move(Span<double> parameters, Moments state, double rate)
    {
        state.Step++;
        TensorPrimitives.Lerp<double>(state.Mean, state.Gradient, 1 - Beta1, state.Mean);
        TensorPrimitives.Multiply<double>(state.Gradient, state.Gradient, state.Gradient);
        TensorPrimitives.Lerp<double>(state.Square, state.Gradient, 1 - Beta2, state.Square);

        // The step is rate * (mean / c1) / (sqrt(square / c2) + epsilon), c1 and c2 correcting the start from zero.
        Span<double> step = state.Gradient;
        TensorPrimitives.Divide(state.Square, 1 - Math.Pow(Beta2, state.Step), step);
        TensorPrimitives.Sqrt(step, step);
        TensorPrimitives.Add(step, Epsilon, step);
        TensorPrimitives.Divide(state.Mean, step, step);
        TensorPrimitives.MultiplyAdd(step, -rate / (1 - Math.Pow(Beta1, state.Step)), parameters, parameters);
    }

    private sealed class Moments(int count)
    {
        /// <summary>Steps done.</summary>
        public int Step { get; set; }

        /// <summary>The gradient; room for its square and the step afterwards.</summary>
        public double[] Gradient { get; } = new double[count];

        public double[] Mean { get; } = new double[count];

        public double[] Square { get; } = new double[count];
    }
}
