namespace Preimage.Networks.Compiled;

/// <summary>
/// What a plan does once the lengths are checked. The loops of all engines are optimised at their first call and never
/// inlined into a caller: inlined into a large caller they lose their registers (four to fifteen times slower, measured).
/// </summary>
internal abstract unsafe class DenseEngine
{
    public abstract void Evaluate(double* x, double* y);
    public abstract void Linearize(double* x, double* y, double* jacobian);
}

/// <summary>A plan's work for many points.</summary>
internal abstract unsafe class BatchEngine
{
    public abstract void Evaluate(double* points, double* values, int count);
    public abstract void Linearize(double* points, double* values, double* jacobians, int count);
}

/// <summary>A plan's products with the Jacobian.</summary>
internal unsafe interface IProductEngine
{
    void Tangent(double* x, double* v, double* derivative);
    void Adjoint(double* x, double* w, double* gradient);
}
