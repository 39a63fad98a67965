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
        BoxLengths.Demand(this, x.Length, y.Length);
        value(x, y);
    }

    /// <inheritdoc/>
    public void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian)
    {
        BoxLengths.Demand(this, x.Length, y.Length, jacobian.Length);
        value(x, y);
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
        BoxLengths.DemandTangent(this, x.Length, v.Length, y.Length, derivative.Length);
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
        BoxLengths.Demand(this, x.Length, y.Length, jacobian.Length, hessian.Length);
        EncloseJacobian(x, y, jacobian);
        second(x, hessian);
    }
}
