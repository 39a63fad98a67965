namespace Preimage.Networks;

/// <summary>Where a scalar function is continuous and not differentiable.</summary>
internal static class ScalarKinks
{
    // The corners of x max(0, min(1, x/6 + 1/2)).
    private const double Swish = 3;

    /// <summary>The kinks of a function, all of them; steps are none.</summary>
    public static double[] Of(ScalarFunction function) =>
        function switch
        {
            Absolute or Rectifier => [0],
            ScaledExponentialLinear(var alpha, _) => alpha == 1 ? [] : [0],
            ThresholdedRectifier(var alpha) => alpha == 0 ? [0] : [],
            LeakyRectifier(var slope) => slope == 1 ? [] : [0],
            ExponentialLinear(var alpha) => alpha == 1 ? [] : [0],
            HardSigmoid(var alpha, var beta) => alpha == 0 ? [] : [-beta / alpha, (1 - beta) / alpha],
            HardSwish => [-Swish, Swish],
            Clip(var lower, var upper) => [.. ((double[])[lower, upper]).Where(double.IsFinite)],
            Shrink(var threshold, var bias) => threshold == bias && bias != 0 ? [-threshold, threshold] : [],
            _ => [],
        };
}
