using Preimage.Training.Data;
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
        double correction1 = 1 - Math.Pow(Beta1, state.Step);
        double correction2 = 1 - Math.Pow(Beta2, state.Step);
        for (int i = 0; i < parameters.Length; i++)
        {
            double slope = state.Gradient[i];
            state.Mean[i] += (1 - Beta1) * (slope - state.Mean[i]);
            state.Square[i] += (1 - Beta2) * (slope * slope - state.Square[i]);
            parameters[i] -=
                rate * (state.Mean[i] / correction1) / (Math.Sqrt(state.Square[i] / correction2) + Epsilon);
        }
    }

    private sealed class Moments(int count)
    {
        public int Step { get; set; }

        public double[] Gradient { get; } = new double[count];

        public double[] Mean { get; } = new double[count];

        public double[] Square { get; } = new double[count];
    }
}
