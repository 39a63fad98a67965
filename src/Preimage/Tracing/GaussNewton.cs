using System.Runtime.CompilerServices;

namespace Preimage.Tracing;

/// <summary>
/// x += J^+ (y0 - N(x)) until the defect is at the rounding level of N. Refuses a correction that is not small against the step,
/// and slow contraction: both say that the step was too long, or that the way leads to a plateau.  [AllgowerGeorg2003, section 3.3]
/// </summary>
public sealed record GaussNewton : ICorrector
{
    private const int LongestSpan = 64;
    private const int Patience = 12;

    // So small a share of the step, along the curve, changes nothing but the rounding.
    private const double Nearby = 1e-8;

    /// <summary>The defect that counts as rounding, in ulp of the output's scale (see <see cref="Arc.OutputScale"/>).</summary>
    public double Ulps { get; init; } = 4;

    /// <summary>Up to how many ulp of noise a defect is accepted when Newton's method no longer lowers it.</summary>
    public double NoiseUlps { get; init; } = 64;

    /// <summary>
    /// Up to how many ulp of the output's scale the map's own noise is worth a search for a place nearby where it happens to be smaller;
    /// a noisier map is taken as it is.
    /// </summary>
    public double SearchUlps { get; init; } = 16;

    /// <summary>A Newton step so short, in the run's coordinates, that does not contract is rounding of the map, however large against its output.</summary>
    public double Resolution { get; init; } = 1e-12;

    /// <summary>The longest correction, as a share of the step.</summary>
    public double Reach { get; init; } = 0.2;

    /// <summary>Each Newton step must be shorter than this share of the one before.</summary>
    public double Contraction { get; init; } = 0.3;

    /// <summary>The most Newton steps, with those that only look for a smaller rounding error.</summary>
    public int Iterations { get; init; } = 24;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public Correction Correct(Arc arc)
    {
        int inputs = arc.Scale.Length;
        Span<double> step = inputs <= LongestSpan ? stackalloc double[LongestSpan] : new double[inputs];
        step = step[..inputs];
        double previous = double.PositiveInfinity;
        double ulps = Ulps;
        int stalls = 0;
        for (int i = 0; i <= Iterations; i++)
        {
            if (!arc.Linearize())
            {
                return Correction.NotFinite;
            }

            if (arc.IsOnTarget(ulps) || arc.IsNoise(SearchUlps))
            {
                return Correction.Converged;
            }

            double size = arc.NewtonStep(step);
            if (!double.IsFinite(size))
            {
                return Correction.Singular;
            }

            if (i > 0 && !(size <= Contraction * previous))
            {
                if (arc.Noise == 0)
                {
                    arc.MeasureNoise();
                    if (arc.IsNoise(SearchUlps))
                    {
                        return Correction.Converged;
                    }
                }

                // Noise does not contract. Each place draws another rounding error: try some close by on the curve, then ask a little less.
                stalls++;
                ulps = stalls <= Patience ? ulps : 2 * ulps;
                bool isNoise = size <= Resolution || arc.IsOnTarget(NoiseUlps);
                if (!isNoise || ulps > NoiseUlps)
                {
                    return isNoise ? Correction.Converged : Correction.Failed;
                }

                arc.Shift(step, Nearby * stalls * arc.Step, (stalls % 2 == 0 ? 1 : -1) * (1 + stalls / 2));
            }
            else if (!(size <= Reach * arc.Step))
            {
                return Correction.Failed;
            }

            arc.Move(step, size);
            previous = size;
        }

        return Correction.Failed;
    }
}
