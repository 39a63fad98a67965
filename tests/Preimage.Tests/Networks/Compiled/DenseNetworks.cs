using CsCheck;
using Preimage.Networks;

namespace Preimage.Tests.Networks.Compiled;

/// <summary>Networks to test with.</summary>
internal static class DenseNetworks
{
    /// <summary>One of every scalar function, and parameters off their defaults.</summary>
    public static ScalarFunction[] AllFunctions { get; } =
    [
        new Identity(),
        new Negate(),
        new Absolute(),
        new Reciprocal(),
        new SquareRoot(),
        new Exponential(),
        new Logarithm(),
        new ErrorFunction(),
        new Sine(),
        new Cosine(),
        new ConstantPower(2),
        new ConstantPower(3.5),
        new Sigmoid(),
        new HardSigmoid(),
        new HardSigmoid(0.3, 0.4),
        new HardSwish(),
        new HyperbolicTangent(),
        new Softplus(),
        new Softsign(),
        new Rectifier(),
        new LeakyRectifier(),
        new LeakyRectifier(0.3),
        new ExponentialLinear(),
        new ExponentialLinear(1.5),
        new ScaledExponentialLinear(1.67, 1.05),
        new ContinuousExponentialLinear(),
        new ContinuousExponentialLinear(0.7),
        new ContinuousExponentialLinear(-0.7),
        new GaussianErrorLinear(),
        new TanhGaussianErrorLinear(),
        new Swish(),
        new Swish(1.7),
        new Mish(),
        new Clip(-0.3, 0.6),
    ];

    /// <summary>Functions defined on all of R whose slopes stay near 1, so that a network of them is well conditioned.</summary>
    public static ScalarFunction[] TameFunctions { get; } =
    [
        .. AllFunctions.Where(f =>
            f is not (Reciprocal or SquareRoot or Exponential or Logarithm or ConstantPower)
            && f != new ContinuousExponentialLinear(-0.7)
        ),
    ];

    /// <summary>A network of given sizes with one function throughout; weights from a seed, scaled to keep values near 1.</summary>
    public static DenseNetwork Uniform(ScalarFunction f, int seed, DenseHead head, params int[] sizes)
    {
        Random random = new(seed);
        return new([.. sizes.Zip(sizes[1..], (inputs, outputs) => Layer(f, inputs, outputs, random))], head);
    }

    /// <summary>Random networks of tame functions: one to four layers of 1 to 40 neurons, any head.</summary>
    public static Gen<DenseNetwork> Tame { get; } =
        Gen.Select(
            Gen.OneOf(Gen.Int[1, 5], Gen.Int[1, 40]).Array[2, 5],
            Gen.Int[0, TameFunctions.Length - 1].Array[4],
            Gen.Enum<DenseHead>(),
            Gen.Int,
            (sizes, functions, head, seed) =>
            {
                Random random = new(seed);
                return new DenseNetwork(
                    [
                        .. sizes
                            .Zip(sizes[1..])
                            .Select((size, l) => Layer(TameFunctions[functions[l]], size.First, size.Second, random)),
                    ],
                    head
                );
            }
        );

    private static DenseLayer Layer(ScalarFunction f, int inputs, int outputs, Random random) =>
        new(
            inputs,
            outputs,
            [.. Enumerable.Range(0, inputs * outputs).Select(_ => Symmetric(random) * 2 / Math.Sqrt(inputs))],
            [.. Enumerable.Range(0, outputs).Select(_ => Symmetric(random))],
            f
        );

    private static double Symmetric(Random random) => 2 * random.NextDouble() - 1;
}
