namespace Preimage.Onnx;

/// <summary>One new element of an axis: elements Sources[k] with Weights[k]. Without any it stands outside.</summary>
internal sealed record AxisSample(int[] Sources, double[] Weights)
{
    /// <summary>The element that stands there, alone.</summary>
    public static AxisSample At(int source) => new([source], [1]);

    /// <summary>
    /// The elements around a position. Those outside the axis stand for its ends; or count nothing when exclude, and the others as much more.
    /// </summary>
    public static AxisSample Between(Interpolation kind, double position, int extent, bool exclude)
    {
        double floor = Math.Floor(position);
        var sources = new List<int>();
        var weights = new List<double>();
        for (int k = 1 - kind.Reach; k <= kind.Reach; k++)
        {
            double place = floor + k;
            double weight = kind.Weight(position - place);
            if (weight != 0 && !(exclude && (place < 0 || place >= extent)))
            {
                sources.Add((int)Math.Clamp(place, 0, extent - 1));
                weights.Add(weight);
            }
        }

        double total = weights.Sum();
        return total == 0 ? new AxisSample([], []) : new AxisSample([.. sources], [.. weights.Select(w => w / total)]);
    }
}

/// <summary>New elements along one axis of a tensor.</summary>
internal static class AxisSampling
{
    /// <summary>The tensor with the axis made anew: sample i gives element i.</summary>
    public static Value Along(NodeReader n, Value x, int axis, AxisSample[] samples)
    {
        long[] wanted = Array.ConvertAll(x.Shape, d => (long)d);
        wanted[axis] = samples.Length;
        int[] shape = n.Shape(wanted);
        int inner = Shapes.Product(x.Shape.AsSpan(axis + 1));
        int count = Shapes.Product(shape);
        int terms = samples.Max(s => s.Sources.Length);
        n.Spend((long)count * terms);
        var sum = new WeightedSum(count, terms);
        for (int i = 0; i < count; i++)
        {
            (int line, int j) = (i / inner / samples.Length, i / inner % samples.Length);
            AxisSample sample = samples[j];
            for (int k = 0; k < sample.Sources.Length; k++)
            {
                sum.Add(i, (line * x.Shape[axis] + sample.Sources[k]) * inner + i % inner, sample.Weights[k]);
            }
        }

        return sum.Of(n, x, shape);
    }
}
