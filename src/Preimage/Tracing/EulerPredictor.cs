namespace Preimage.Tracing;

/// <summary>x + h t.</summary>
public sealed record EulerPredictor : IPredictor
{
    /// <inheritdoc/>
    public void Predict(Arc arc)
    {
        Station from = arc.From;
        double[] point = arc.Trial.Point;
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = from.Point[i] + arc.Scale[i] * (arc.Step * from.Tangent[i]);
        }
    }
}
