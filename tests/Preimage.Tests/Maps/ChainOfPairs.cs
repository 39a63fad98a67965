using Preimage.Maps;

namespace Preimage.Tests.Maps;

/// <summary>f_j(x) = sin(x_j) x_(j+1), places counted around n: a map of any size whose products cost n, and that counts how it is asked.</summary>
internal sealed class ChainOfPairs(int inputs, int outputs, bool allowsDense = true) : IProductMap
{
    public int Inputs => inputs;

    public int Outputs => outputs;

    /// <summary>Calls of the dense Jacobian.</summary>
    public int DenseCalls { get; private set; }

    /// <summary>The number of directions of each call of Tangent.</summary>
    public List<int> Directions { get; } = [];

    /// <summary>The number of covectors of each call of Adjoint.</summary>
    public List<int> Covectors { get; } = [];

    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        Assert.Equal((inputs, outputs), (x.Length, y.Length));
        for (int j = 0; j < outputs; j++)
        {
            y[j] = Math.Sin(x[j % inputs]) * x[(j + 1) % inputs];
        }
    }

    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        Assert.True(allowsDense, "the dense Jacobian of a wide map was asked for");
        DenseCalls++;
        Evaluate(x, y);
        jacobian.Clear();
        for (int j = 0; j < outputs; j++)
        {
            (double first, double second) = Slopes(x, j);
            jacobian[j * inputs + j % inputs] += first;
            jacobian[j * inputs + (j + 1) % inputs] += second;
        }
    }

    public void Tangent(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> derivative)
    {
        int count = Count(v.Length, inputs, derivative.Length, outputs);
        Directions.Add(count);
        for (int k = 0; k < count; k++)
        {
            for (int j = 0; j < outputs; j++)
            {
                (double first, double second) = Slopes(x, j);
                derivative[k * outputs + j] =
                    first * v[k * inputs + j % inputs] + second * v[k * inputs + (j + 1) % inputs];
            }
        }
    }

    public void Adjoint(ReadOnlySpan<double> x, ReadOnlySpan<double> w, Span<double> gradient)
    {
        int count = Count(w.Length, outputs, gradient.Length, inputs);
        Covectors.Add(count);
        gradient.Clear();
        for (int k = 0; k < count; k++)
        {
            for (int j = 0; j < outputs; j++)
            {
                (double first, double second) = Slopes(x, j);
                gradient[k * inputs + j % inputs] += first * w[k * outputs + j];
                gradient[k * inputs + (j + 1) % inputs] += second * w[k * outputs + j];
            }
        }
    }

    private (double First, double Second) Slopes(ReadOnlySpan<double> x, int j) =>
        (Math.Cos(x[j % inputs]) * x[(j + 1) % inputs], Math.Sin(x[j % inputs]));

    private static int Count(int given, int from, int made, int to)
    {
        Assert.Equal((0, given / from * to), (given % from, made));
        return given / from;
    }
}
