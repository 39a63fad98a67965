using Preimage.Networks;

namespace Preimage.Training.Fitting;

/// <summary>First weights that neither shrink nor blow up the signal on its way through the layers.</summary>
internal static class Initialisation
{
    /// <summary>
    /// Weights uniform in +-g sqrt(6 / (inputs + outputs)) with g = 1, or 4 for the flatter sigmoid [GlorotBengio2010]; normal with variance 2 / inputs
    /// for the rectifier family [He2015]. Biases uniform within the same bound for bounded activations, so that units bend at different places; else zero.
    /// </summary>
    public static double[] Draw(ParameterLayout layout, int seed)
    {
        var generator = new Generator(seed, stream: 2);
        double[] parameters = new double[layout.Count];
        for (int l = 0; l < layout.Layers; l++)
        {
            int inputs = layout.Widths[l];
            int outputs = layout.Widths[l + 1];
            Span<double> weights = parameters.AsSpan(layout.Weights[l], inputs * outputs);
            Span<double> biases = parameters.AsSpan(layout.Biases[l], outputs);
            if (IsRectifying(layout.Activations[l]))
            {
                Normal(generator, weights, Math.Sqrt(2.0 / inputs));
                continue;
            }

            double gain = layout.Activations[l] is Sigmoid ? 4 : 1;
            double bound = gain * Math.Sqrt(6.0 / (inputs + outputs));
            Uniform(generator, weights, bound);
            if (layout.Activations[l] is Sigmoid or HyperbolicTangent or Softsign or ErrorFunction)
            {
                Uniform(generator, biases, bound);
            }
        }

        return parameters;
    }

    private static bool IsRectifying(ScalarFunction f) =>
        f
            is Rectifier
                or LeakyRectifier
                or ExponentialLinear
                or ScaledExponentialLinear
                or ContinuousExponentialLinear
                or GaussianErrorLinear
                or TanhGaussianErrorLinear
                or Swish
                or HardSwish
                or Mish
                or Softplus;

    private static void Normal(Generator generator, Span<double> values, double deviation)
    {
        foreach (ref double value in values)
        {
            value = deviation * generator.Normal();
        }
    }

    private static void Uniform(Generator generator, Span<double> values, double bound)
    {
        foreach (ref double value in values)
        {
            value = bound * (2 * generator.Uniform() - 1);
        }
    }
}
