using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>A linear map with few terms to an output: y_i = sum_t weights[t, i] x[sources[t, i]].  sources, weights: [terms, outputs].</summary>
internal sealed class WeightedSum(int outputs, int terms)
{
    private readonly int[] _filled = new int[outputs];

    /// <summary>Places of x.</summary>
    public int[] Sources { get; } = new int[checked(outputs * terms)];

    /// <summary>What x is multiplied by there; 0 where there is no term.</summary>
    public double[] Weights { get; } = new double[checked(outputs * terms)];

    /// <summary>Adds a term to an output that has not got all yet; one of weight 0 is left out.</summary>
    public void Add(int output, int source, double weight)
    {
        if (weight != 0)
        {
            int term = _filled[output]++ * outputs + output;
            (Sources[term], Weights[term]) = (source, weight);
        }
    }

    /// <summary>The map of x, in the given shape.</summary>
    public Value Of(NodeReader n, Value x, int[] shape)
    {
        int used = outputs * _filled.DefaultIfEmpty(0).Max();
        if (used == 0)
        {
            return n.Make(shape, new double[outputs], x.Kind);
        }

        n.Spend(3L * used);
        int node = n.Graph.Select(Sources[..used], x.Node);
        double[] weights = Weights[..used];
        if (Array.Exists(weights, w => w != 1))
        {
            node = n.Graph.Combine(BinaryFunction.Multiply, node, n.Graph.Constant(weights));
        }

        return x with
        {
            Node = used == outputs ? node : n.Graph.Reduce(new Reduce(Reduction.Sum, 1, used / outputs, outputs), node),
            Shape = shape,
        };
    }
}
