using Preimage.Results;

namespace Preimage.Cli.Walking;

/// <summary>What to do where a walk says less than it seems to.</summary>
internal static class WalkAdvice
{
    // Chains that differ by more have not forgotten their start, and fewer samples give no error of the mean that can be trusted. [Vehtari2021]
    private const double LargestRhat = 1.01;
    private const double LeastEss = 400;

    /// <summary>Sentences; none where all is well.</summary>
    public static IEnumerable<string> Of(WalkFound found)
    {
        Walk walk = found.Main.Walk;
        WalkFacts facts = found.Main.Facts;
        if (walk.Steps > 0 && walk.Accepted == 0)
        {
            yield return "No step was accepted: the walk stands where it began; give shorter steps with --step, or a longer --warm-up.";
            yield break;
        }

        if (!found.Main.Stroll.IsFair || walk.Steps == 0)
        {
            yield break;
        }

        // Of too few kept points the coordinates say nothing (NaN), but the distance, of all steps, does.
        bool isMixed = facts.DistanceRhat <= LargestRhat && !(facts.MedianRhat > LargestRhat);
        if (!isMixed || facts.Worth < LeastEss)
        {
            yield return $"{(isMixed ? "Few independent samples" : "The chains have not mixed: these are samples of a part of the fiber")}; walk longer: {More(walk, facts, isMixed)}.";
        }

        if (Unbounded(found.Question) is { } input)
        {
            yield return $"The box is infinite in {input}: where the fiber is infinite, too, no walk visits all of it; give --box.";
        }
    }

    private static string More(Walk walk, WalkFacts facts, bool isMixed)
    {
        double ratio = facts.Worth > 0 ? LeastEss / facts.Worth : 10;
        double steps = (double)walk.Steps / walk.Chains.Length * Math.Max(isMixed ? 1 : 4, ratio);
        double scale = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, steps))));
        return $"--steps {Math.Ceiling(steps / scale) * scale:F0} {(isMixed ? "would make about" : "may make")} {LeastEss:F0}";
    }

    private static string? Unbounded(WalkQuestion question)
    {
        for (int i = 0; i < question.Inputs; i++)
        {
            if (!double.IsFinite(question.Box.Upper[i] - question.Box.Lower[i]))
            {
                return question.Signature.Inputs[i].Name;
            }
        }

        return null;
    }
}
