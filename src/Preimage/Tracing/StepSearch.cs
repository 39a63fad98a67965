namespace Preimage.Tracing;

/// <summary>The step from the last station at which a quantity of the corrected trial vanishes.</summary>
internal static class StepSearch
{
    private const int Iterations = 60;

    /// <summary>What is to vanish, negative before and positive behind.</summary>
    public delegate double Quantity(Arc arc);

    /// <summary>
    /// Leaves the trial at the step, predicted and corrected, by false position with the Illinois rule. Quantities up to the tolerance count as zero.
    /// </summary>
    /// <param name="arc">The arc; its step is too long.</param>
    /// <param name="before">The quantity at the last station, negative.</param>
    /// <param name="behind">The quantity at the trial, positive.</param>
    /// <param name="recipe">Predicts and corrects, then tells the quantity; NaN where that failed.</param>
    /// <param name="tolerance">What counts as zero.</param>
    /// <returns>Whether there is such a step.</returns>
    public static bool Find(Arc arc, double before, double behind, Quantity recipe, double tolerance)
    {
        (double low, double high) = (0, arc.Step);
        int side = 0;
        for (int k = 0; k < Iterations; k++)
        {
            double share = before / (before - behind);
            double step = low + (high - low) * Math.Clamp(share, 0.001, 0.999);
            arc.Begin(step);
            double here = recipe(arc);
            if (Math.Abs(here) <= tolerance || step <= low || step >= high)
            {
                return true;
            }

            if (here < 0)
            {
                (low, before) = (step, here);
                behind = side < 0 ? 0.5 * behind : behind;
                side = -1;
            }
            else if (here > 0)
            {
                (high, behind) = (step, here);
                before = side > 0 ? 0.5 * before : before;
                side = 1;
            }
            else
            {
                return false;
            }
        }

        return high - low <= 1e-9 * high;
    }
}
