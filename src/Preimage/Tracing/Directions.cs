using Preimage.Geometry;

namespace Preimage.Tracing;

/// <summary>
/// The direction that the map ignores, where there is exactly one: the unit null vector of J. It begins with det [J; t^T] > 0 and goes on
/// as the last tangent; where the determinant changes its sign on the way, a branch point was passed.  [AllgowerGeorg2003, section 2.1]
/// </summary>
public sealed record NullDirection : IDirection
{
    /// <inheritdoc/>
    public bool Orient(Arc arc)
    {
        Station trial = arc.Trial;
        TrialFrame frame = arc.Frame;
        frame.Factor(trial, -1);
        if (arc.Known == 0)
        {
            Entrance.Check(arc);
        }

        if (frame.Rank != trial.Point.Length - 1)
        {
            return false;
        }

        bool signed = frame.NullVector(trial.Tangent);
        trial.Strength = frame.Smallest;
        if (arc.Known > 0)
        {
            bool turned = Vectors.Dot(trial.Tangent, arc.From.Tangent) < 0;
            if (turned)
            {
                Vectors.Scale(trial.Tangent, -1);
            }

            bool negative = signed ? turned : arc.From.Strength < 0;
            trial.Strength = negative ? -trial.Strength : trial.Strength;
        }

        return true;
    }
}

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

/// <summary>An end of the spectrum.</summary>
public enum Eigenvalue
{
    /// <summary>The smallest eigenvalue.</summary>
    Smallest,

    /// <summary>The largest eigenvalue.</summary>
    Largest,
}
