using Preimage.Tracing;

namespace Preimage.Levels;

/// <summary>A place where steps are short, growing with the distance from it. In the run's coordinates.</summary>
/// <param name="X">Its middle.</param>
/// <param name="Y">Its middle.</param>
/// <param name="Reach">How far it goes.</param>
/// <param name="Longest">The longest step in it.</param>
internal readonly record struct ShortPlace(double X, double Y, double Reach, double Longest)
{
    // Steps towards the place are so short against the distance that none passes over it.
    private const double Nearing = 0.5;

    public double At(double x, double y)
    {
        double distance = Math.Sqrt((x - X) * (x - X) + (y - Y) * (y - Y));
        return Math.Max(Longest, Nearing * (distance - Reach));
    }
}

/// <summary>Another step control, with steps that are never longer than a component's size and the places on it ask for.</summary>
/// <param name="Steps">Judges and sizes steps.</param>
/// <param name="Longest">The longest step, in the run's coordinates.</param>
/// <param name="Places">Where steps are shorter.</param>
internal sealed record ShortSteps(IStepControl Steps, double Longest, IReadOnlyList<ShortPlace> Places) : IStepControl
{
    /// <inheritdoc/>
    public StepDecision Decide(Arc arc, Correction correction)
    {
        StepDecision decision = Steps.Decide(arc, correction);
        double[] from = decision.Accept ? arc.Trial.Point : arc.From.Point;
        double x = from[0] / arc.Scale[0];
        double y = from[1] / arc.Scale[1];
        double longest = Longest;
        foreach (ShortPlace place in Places)
        {
            longest = Math.Min(longest, place.At(x, y));
        }

        return decision with
        {
            Next = Math.Min(decision.Next, longest),
        };
    }
}
