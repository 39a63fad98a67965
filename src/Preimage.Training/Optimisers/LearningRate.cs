namespace Preimage.Training.Optimisers;

/// <summary>How far a descent moves in each epoch.</summary>
public interface ILearningRate
{
    /// <summary>The rate in an epoch, counted from 0, of so many.</summary>
    double At(int epoch, int epochs);
}

/// <summary>The same rate in all epochs.</summary>
public sealed record ConstantRate(double Rate = 1e-3) : ILearningRate
{
    /// <inheritdoc/>
    public double At(int epoch, int epochs) => Rate;
}

/// <summary>Half a cosine from First down to Last. [LoshchilovHutter2017]</summary>
public sealed record CosineRate(double First = 1e-2, double Last = 1e-5) : ILearningRate
{
    /// <inheritdoc/>
    public double At(int epoch, int epochs) =>
        Last + (First - Last) * 0.5 * (1 + Math.Cos(Math.PI * epoch / Math.Max(1, epochs)));
}

/// <summary>Grows to another rate in so many first epochs, as transformers ask for.</summary>
public sealed record WarmUpRate(int Epochs, ILearningRate Then) : ILearningRate
{
    /// <inheritdoc/>
    public double At(int epoch, int epochs) => Then.At(epoch, epochs) * Math.Min(1, (epoch + 1.0) / (Epochs + 1));
}
