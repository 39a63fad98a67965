namespace Preimage.Maps;

/// <summary>A differentiable map f: R^n -> R^m. Implementations may be called from several threads at once.</summary>
public interface IMap
{
    /// <summary>n, the number of inputs.</summary>
    int Inputs { get; }

    /// <summary>m, the number of outputs.</summary>
    int Outputs { get; }

    /// <summary>y = f(x).  x: [Inputs], y: [Outputs].</summary>
    void Evaluate(ReadOnlySpan<double> x, Span<double> y);

    /// <summary>y = f(x) and J = Df(x), row-major.  x: [Inputs], y: [Outputs], jacobian: [Outputs * Inputs].</summary>
    void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian);
}

/// <summary>A map that takes many points side by side, faster than one after the other.</summary>
public interface IBatchMap : IMap
{
    /// <summary>y_i = f(x_i).  points: [Count * Inputs], values: [Count * Outputs].</summary>
    void EvaluateMany(ReadOnlySpan<double> points, Span<double> values);

    /// <summary>y_i = f(x_i), J_i = Df(x_i).  points: [Count * Inputs], values: [Count * Outputs], jacobians: [Count * Outputs * Inputs].</summary>
    void LinearizeMany(ReadOnlySpan<double> points, Span<double> values, Span<double> jacobians);
}

/// <summary>A map that offers products with its Jacobian J = Df(x) without forming it, for one direction or for several, one after the other, at once.</summary>
public interface IProductMap : IMap
{
    /// <summary>J v of each direction v.  x: [Inputs], v: [k * Inputs], derivative: [k * Outputs].</summary>
    void Tangent(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> derivative);

    /// <summary>J^T w of each covector w.  x: [Inputs], w: [k * Outputs], gradient: [k * Inputs].</summary>
    void Adjoint(ReadOnlySpan<double> x, ReadOnlySpan<double> w, Span<double> gradient);
}
