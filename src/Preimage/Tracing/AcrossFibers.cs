using Preimage.Geometry;

namespace Preimage.Tracing;

/// <summary>
/// The shortest direction along which the output goes along its path: t = J^+ d / |J^+ d|, orthogonal to the fiber. Its strength is the rate of
/// the output, 1 / |J^+ d|.
/// </summary>
internal sealed record AcrossFibers(OutputPath Path) : IDirection
{
    // What of the path's direction J^+ does not reach, for want of rank.
    private const double Unreached = 1e-6;

    /// <inheritdoc/>
    public bool Orient(Arc arc)
    {
        Station trial = arc.Trial;
        arc.Frame.Factor(trial, -1);
        arc.Frame.Step(Path.Along, trial.Tangent);
        double length = Vectors.Norm(trial.Tangent);
        if (!(length > 0 && double.IsFinite(length)) || !Reaches(arc))
        {
            return false;
        }

        Vectors.Scale(trial.Tangent, 1 / length);
        trial.Strength = 1 / length;
        return true;
    }

    /// <summary>Whether J J^+ d = d. With one output that is so wherever the gradient does not vanish.</summary>
    private bool Reaches(Arc arc)
    {
        Station trial = arc.Trial;
        int inputs = trial.Point.Length;
        for (int j = 0; j < trial.Value.Length && trial.Value.Length > 1; j++)
        {
            double sum = -Path.Along[j];
            for (int i = 0; i < inputs; i++)
            {
                sum += trial.Jacobian[j * inputs + i] * arc.Scale[i] * trial.Tangent[i];
            }

            if (!(Math.Abs(sum) <= Unreached))
            {
                return false;
            }
        }

        return true;
    }
}
