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
