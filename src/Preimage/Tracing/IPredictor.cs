namespace Preimage.Tracing;

/// <summary>Guesses the next point.</summary>
public interface IPredictor
{
    /// <summary>Writes the trial point at the arc's step from the last station.</summary>
    void Predict(Arc arc);
}
