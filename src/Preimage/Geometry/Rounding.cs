namespace Preimage.Geometry;

/// <summary>The unit that tolerances are told in.</summary>
internal static class Rounding
{
    /// <summary>One ulp of 1: 2^-52.</summary>
    public const double Epsilon = 2.220446049250313e-16;

    /// <summary>
    /// The output's scale at x, max(size, |J| |x|) in the max norm: one ulp of it is what one ulp in the target or in the inputs makes of the output.
    /// jacobian: [m * n], x: [n]. Cost O(m n).
    /// </summary>
    /// <param name="size">The largest magnitude of the target.</param>
    /// <param name="jacobian">J at x, row-major.</param>
    /// <param name="x">The point.</param>
    public static double OutputScale(double size, ReadOnlySpan<double> jacobian, ReadOnlySpan<double> x)
    {
        double scale = size;
        for (int row = 0; row < jacobian.Length; row += x.Length)
        {
            double sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                sum += Math.Abs(jacobian[row + i] * x[i]);
            }

            scale = Math.Max(scale, sum);
        }

        return scale;
    }
}
