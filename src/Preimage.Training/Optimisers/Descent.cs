using Preimage.Training.Fitting;

namespace Preimage.Training.Optimisers;

/// <summary>The step that a descent takes along the gradient of a batch.</summary>
internal interface IBatchStep
{
    /// <summary>Moves the parameters; the gradient is room to work in.  parameters, gradient: [P].</summary>
    void Take(Span<double> parameters, Span<double> gradient, double rate);
}

/// <summary>Descent on shuffled mini-batches: an epoch passes every point once, forward and backward.</summary>
internal sealed record Descent(int Epochs, int BatchSize, ILearningRate Rate, int Seed)
{
    /// <summary>Descends until the watch says stop.</summary>
    /// <exception cref="ArgumentException">The batch size is not positive.</exception>
    public TrainingEnding Run(IObjective objective, Span<double> parameters, Watch watch, IBatchStep step)
    {
        if (BatchSize < 1)
        {
            throw new ArgumentException($"A batch of {BatchSize} points is not possible; take at least one.");
        }

        watch.Epochs = Epochs;
        var generator = new Generator(Seed, stream: 3);
        int[] order = objective.Points.ToArray();
        double[] gradient = new double[objective.ParameterCount];
        double loss = objective.Measure(parameters).Loss;
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
                loss += objective.Gradient(parameters, batch, gradient) * batch.Length / order.Length;
                step.Take(parameters, gradient, rate);
            }
        }

        return watch.Ending;
    }
}
