using System.Numerics.Tensors;
using Preimage.Training.Fitting;

namespace Preimage.Training.Optimisers;

/// <summary>
/// Least squares by damped Gauss-Newton steps (H + mu I) d = -g on the normal equations; mu follows Nielsen's rule: down smoothly with the ratio
/// of actual to predicted gain, up faster and faster while steps fail. For up to about a thousand parameters: an epoch (one accepted step)
/// costs Count * m * P^2 / 2 + P^3 / 6 multiplications. [Marquardt1963]
/// </summary>
public sealed record LevenbergMarquardt : IOptimiser
{
    /// <summary>More parameters than this need more memory and time than the method earns.</summary>
    private const int MostParameters = 4000;

    /// <summary>So many epochs of next to no gain in a row are an end.</summary>
    private const int SlowEpochs = 10;

    /// <summary>Most accepted steps.</summary>
    public int Epochs { get; init; } = 1000;

    /// <summary>First damping, relative to the largest diagonal element of H.</summary>
    public double Damping { get; init; } = 1e-3;

    /// <summary>Converged when a step is not longer than this times the parameters.</summary>
    public double StepTolerance { get; init; } = 1e-12;

    /// <summary>Stalled when the loss fell by less than this fraction in each of ten epochs in a row.</summary>
    public double LossTolerance { get; init; } = 1e-5;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The loss is not the mean squared error, or there are too many parameters.</exception>
    public TrainingEnding Minimise(IObjective objective, Span<double> parameters, Watch watch) =>
        objective is ILeastSquares squares
            ? Minimise(squares, parameters, watch)
            : throw new ArgumentException(
                "Levenberg-Marquardt fits dense networks only; take Adam or momentum for a model."
            );

    private TrainingEnding Minimise(ILeastSquares objective, Span<double> parameters, Watch watch)
    {
        int count = objective.ParameterCount;
        if (count > MostParameters)
        {
            throw new ArgumentException(
                $"The network has {count} parameters and Levenberg-Marquardt takes at most {MostParameters}; take Adam."
            );
        }

        watch.Epochs = Epochs;
        var system = new DampedSystem(count);
        double loss = objective.NormalEquations(parameters, system.Matrix, system.Vector);
        var damping = new Damper(Damping * system.LargestDiagonal());
        int slow = 0;
        for (int epoch = 0; watch.Continue(epoch, parameters, loss); epoch++)
        {
            if (slow == SlowEpochs)
            {
                return TrainingEnding.Stalled;
            }

            TrainingEnding failure = Descend(objective, system, parameters, new Epoch(loss, damping, watch));
            if (failure != TrainingEnding.Unknown)
            {
                return failure;
            }

            double before = loss;
            loss = objective.NormalEquations(parameters, system.Matrix, system.Vector);
            slow = before - loss < LossTolerance * before ? slow + 1 : 0;
        }

        return watch.Ending;
    }

    /// <summary>Raises the damping until a step lowers the loss, and takes it; else says why there is none.</summary>
    private TrainingEnding Descend(ILeastSquares objective, DampedSystem system, Span<double> parameters, Epoch epoch)
    {
        while (!epoch.Watch.Cancelled)
        {
            double predicted = system.Solve(epoch.Damper.Value);
            if (!double.IsNaN(predicted))
            {
                if (system.StepIsShort(parameters, StepTolerance))
                {
                    return TrainingEnding.Converged;
                }

                TensorPrimitives.Add<double>(parameters, system.Displacement, system.Trial);
                double ratio = (epoch.Loss - objective.Measure(system.Trial).Loss) / predicted;
                if (ratio > 0)
                {
                    system.Trial.CopyTo(parameters);
                    epoch.Damper.Accept(ratio);
                    return TrainingEnding.Unknown;
                }
            }

            if (!double.IsFinite(epoch.Damper.Value))
            {
                return TrainingEnding.NotFinite;
            }

            epoch.Damper.Reject();
        }

        return TrainingEnding.Cancelled;
    }

    private readonly record struct Epoch(double Loss, Damper Damper, Watch Watch);

    /// <summary>Nielsen's rule for the damping mu.</summary>
    private sealed class Damper(double first)
    {
        private double _raise = 2;

        public double Value { get; private set; } = first;

        public void Accept(double ratio)
        {
            Value *= Math.Max(1.0 / 3, 1 - Math.Pow(2 * ratio - 1, 3));
            _raise = 2;
        }

        public void Reject()
        {
            Value = Math.Max(Value * _raise, double.Epsilon);
            _raise *= 2;
        }
    }
}
