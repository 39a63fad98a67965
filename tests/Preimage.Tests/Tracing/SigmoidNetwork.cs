using System.Globalization;
using Preimage.Maps;

namespace Preimage.Tests.Tracing;

/// <summary>
/// A dense sigmoid network read from the authors' text weights, written as plainly as can be: an independent oracle for the library's engine.
/// The text is the number of layers, then for each layer "rows cols out in TYPE", the weights in row-major order, the biases.
/// </summary>
internal sealed class SigmoidNetwork : IMap
{
    private readonly List<(double[,] Weights, double[] Biases)> _layers = [];

    public SigmoidNetwork(string path)
    {
        var words = new Queue<string>(
            System.IO.File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
        int layers = Whole(words);
        for (int l = 0; l < layers; l++)
        {
            double[,] weights = new double[Whole(words), Whole(words)];
            _ = (words.Dequeue(), words.Dequeue());
            Assert.Equal("FC_LAYER_SG", words.Dequeue());
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i / weights.GetLength(1), i % weights.GetLength(1)] = Number(words);
            }

            _layers.Add((weights, [.. Enumerable.Range(0, weights.GetLength(0)).Select(_ => Number(words))]));
        }
    }

    public int Inputs => _layers[0].Weights.GetLength(1);

    public int Outputs => _layers[^1].Biases.Length;

    public void Evaluate(ReadOnlySpan<double> x, Span<double> y) => Linearize(x, y, new double[Outputs * Inputs]);

    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        double[] value = x.ToArray();
        double[,] derivative = new double[Inputs, Inputs];
        for (int i = 0; i < Inputs; i++)
        {
            derivative[i, i] = 1;
        }

        foreach ((double[,] weights, double[] biases) in _layers)
        {
            (value, derivative) = Layer(weights, biases, value, derivative);
        }

        value.CopyTo(y);
        for (int k = 0; k < jacobian.Length; k++)
        {
            jacobian[k] = derivative[k / Inputs, k % Inputs];
        }
    }

    private (double[] Value, double[,] Derivative) Layer(
        double[,] weights,
        double[] biases,
        double[] value,
        double[,] derivative
    )
    {
        double[] next = new double[biases.Length];
        double[,] slope = new double[biases.Length, Inputs];
        for (int i = 0; i < next.Length; i++)
        {
            double sum = biases[i];
            for (int j = 0; j < value.Length; j++)
            {
                sum += weights[i, j] * value[j];
            }

            double e = Math.Exp(-Math.Abs(sum));
            next[i] = sum >= 0 ? 1 / (1 + e) : e / (1 + e);
            for (int k = 0; k < Inputs; k++)
            {
                for (int j = 0; j < value.Length; j++)
                {
                    slope[i, k] += weights[i, j] * derivative[j, k];
                }

                slope[i, k] *= e / ((1 + e) * (1 + e));
            }
        }

        return (next, slope);
    }

    private static int Whole(Queue<string> words) => int.Parse(words.Dequeue(), CultureInfo.InvariantCulture);

    private static double Number(Queue<string> words) => double.Parse(words.Dequeue(), CultureInfo.InvariantCulture);
}
