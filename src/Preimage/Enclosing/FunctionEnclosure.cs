namespace Preimage.Enclosing;

/// <summary>y = f(x) over a box.  x: [Inputs], y: [Outputs].</summary>
public delegate void BoxFunction(ReadOnlySpan<Interval> x, Span<Interval> y);

/// <summary>The enclosure of a map that a person writes: interval functions for f, Df and D2f.</summary>
/// <param name="inputs">n.</param>
/// <param name="outputs">m.</param>
/// <param name="value">Encloses f: [m].</param>
/// <param name="first">Encloses Df: [m * n].</param>
/// <param name="second">Encloses D2f: [m * n * n].</param>
public sealed class FunctionEnclosure(int inputs, int outputs, BoxFunction value, BoxFunction first, BoxFunction second)
    : ICurvedEnclosedMap
{
    /// <inheritdoc/>
    public int Inputs => inputs;

    /// <inheritdoc/>
    public int Outputs => outputs;

    /// <inheritdoc/>
    public void Enclose(ReadOnlySpan<Interval> x, Span<Interval> y)
    {
        Demand(x.Length, inputs);
        Demand(y.Length, outputs);
        value(x, y);
    }

    /// <inheritdoc/>
    public void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian)
    {
        Enclose(x, y);
        Demand(jacobian.Length, outputs * inputs);
        first(x, jacobian);
    }

    /// <inheritdoc/>
    public void EncloseTangent(
        ReadOnlySpan<Interval> x,
        ReadOnlySpan<double> v,
        Span<Interval> y,
        Span<Interval> derivative
    )
    {
        Demand(v.Length, inputs);
        Demand(derivative.Length, outputs);
        Interval[] jacobian = new Interval[outputs * inputs];
        EncloseJacobian(x, y, jacobian);
        for (int k = 0; k < outputs; k++)
        {
            derivative[k] = Interval.Zero;
            for (int i = 0; i < inputs; i++)
            {
                derivative[k] += jacobian[k * inputs + i] * v[i];
            }
        }
    }

    /// <inheritdoc/>
    public void EncloseHessian(
        ReadOnlySpan<Interval> x,
        Span<Interval> y,
        Span<Interval> jacobian,
        Span<Interval> hessian
    )
    {
        EncloseJacobian(x, y, jacobian);
        Demand(hessian.Length, outputs * inputs * inputs);
        second(x, hessian);
    }

    private static void Demand(int length, int expected)
    {
        if (length != expected)
        {
            throw new ArgumentException($"An enclosure got a span of {length} where {expected} belong.");
        }
    }
}
