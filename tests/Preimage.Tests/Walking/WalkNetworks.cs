using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Tests.Walking;

/// <summary>Small networks with random weights, the same on every machine.</summary>
internal static class WalkNetworks
{
    /// <summary>inputs - 8 tanh - outputs, softmax: of rank outputs - 1.</summary>
    public static IProductMap Softmax(int inputs, int outputs) =>
        Map(new HyperbolicTangent(), inputs, outputs, DenseHead.Softmax);

    /// <summary>inputs - 8 relu - outputs: with kinks.</summary>
    public static IProductMap Rectifiers(int inputs, int outputs) =>
        Map(new Rectifier(), inputs, outputs, DenseHead.None);

    private static IProductMap Map(ScalarFunction activation, int inputs, int outputs, DenseHead head)
    {
        Generator random = new(3);
        DenseLayer first = new(inputs, 8, Numbers(random, 8 * inputs), Numbers(random, 8), activation);
        DenseLayer last = new(8, outputs, Numbers(random, 8 * outputs), Numbers(random, outputs), new Identity());
        return Network.From(new DenseNetwork([first, last], head)).Map;
    }

    private static ImmutableArray<double> Numbers(Generator random, int count)
    {
        double[] numbers = new double[count];
        random.Normals(numbers);
        return [.. numbers];
    }
}
