using Preimage.Geometry;

namespace Preimage.Tracing;

/// <summary>
/// A unit eigenvector of the pullback metric g = J^T G J: of its smallest eigenvalue (SiMEC) or of its largest (SiMExp);
/// the sign is kept so that v . v_previous > 0.  [BenfenatiMarta2023b]
/// </summary>
/// <param name="Largest">Which end of the spectrum.</param>
/// <param name="Metric">G.</param>
public sealed record EigenDirection(Eigenvalue Largest, IOutputMetric Metric) : IDirection
{
    /// <inheritdoc/>
    public bool Orient(Arc arc)
    {
        Station trial = arc.Trial;
        int inputs = trial.Point.Length;
        PullbackFrame frame = new(inputs, trial.Value.Length, Metric);
        frame.At(trial.Value, trial.Jacobian);
        ReadOnlySpan<double> direction = Largest switch
        {
            Eigenvalue.Largest => frame.RowDirection(0),
            Eigenvalue.Smallest => frame.Rank == inputs
                ? frame.RowDirection(inputs - 1)
                : frame.NullBasis().AsSpan(0, inputs),
        };
        direction.CopyTo(trial.Tangent);
        trial.Strength = frame.SingularValues[0];
        if (arc.Known > 0 && Vectors.Dot(trial.Tangent, arc.From.Tangent) < 0)
        {
            Vectors.Scale(trial.Tangent, -1);
        }

        return true;
    }
}
