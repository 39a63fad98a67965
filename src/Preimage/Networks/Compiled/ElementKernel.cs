using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>A scalar function from numbers in memory to others.</summary>
internal abstract unsafe class ElementPass
{
    /// <summary>y = f(x).  x, y: [count] and up to a register's width more.</summary>
    public abstract void Apply(double* x, double* y, int count);

    /// <summary>y = f(x), s = f'(x).  x, y, slopes: [count] and up to a register's width more.</summary>
    public abstract void Apply(double* x, double* y, double* slopes, int count);

    /// <summary>The pass for a function: a vector kernel where there is one, the plain table elsewhere.</summary>
    public static ElementPass For<T>(ScalarFunction f)
        where T : struct, ILanes<T> =>
        ActivationKernels.Choose(f, default(LaneElementMaker<T>), out ElementPass? pass) ? pass : new TableElements(f);
}

/// <summary>By a vector kernel.</summary>
internal sealed unsafe class LaneElements<T, TActivation>(TActivation activation) : ElementPass
    where T : struct, ILanes<T>
    where TActivation : struct, IActivation
{
    private readonly TActivation activation = activation;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Apply(double* x, double* y, int count)
    {
        for (int i = 0; i < count; i += T.Count)
        {
            T.Store(activation.Apply(T.Load(x + i), out _), y + i);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Apply(double* x, double* y, double* slopes, int count)
    {
        for (int i = 0; i < count; i += T.Count)
        {
            T value = activation.Apply(T.Load(x + i), out T slope);
            T.Store(value, y + i);
            T.Store(slope, slopes + i);
        }
    }
}

/// <summary>By the plain table, one number after the other.</summary>
internal sealed unsafe class TableElements(ScalarFunction f) : ElementPass
{
    /// <inheritdoc/>
    public override void Apply(double* x, double* y, int count)
    {
        for (int i = 0; i < count; i++)
        {
            y[i] = ScalarFunctions.Value(f, x[i]);
        }
    }

    /// <inheritdoc/>
    public override void Apply(double* x, double* y, double* slopes, int count)
    {
        for (int i = 0; i < count; i++)
        {
            y[i] = ScalarFunctions.Value(f, x[i]);
            slopes[i] = ScalarFunctions.Derivative(f, x[i]);
        }
    }
}

internal readonly struct LaneElementMaker<T> : IActivationMaker<ElementPass>
    where T : struct, ILanes<T>
{
    public ElementPass Make<TActivation>(TActivation activation)
        where TActivation : struct, IActivation => new LaneElements<T, TActivation>(activation);
}

/// <summary>y_i = f(x_i). Slopes are computed once, with the value, and shared by all lanes.</summary>
internal sealed unsafe class ElementKernel<T>(ScalarFunction f, int size) : Kernel
    where T : struct, ILanes<T>
{
    /// <summary>Numbers of a unit.</summary>
    private const int Unit = 1024;

    private readonly ElementPass _pass = ElementPass.For<T>(f);
    private readonly bool _isFlat = f is Floor or Ceiling or RoundToEven or Truncate or Sign;

    /// <inheritdoc/>
    public override long Work => size * 8L;

    /// <inheritdoc/>
    public override int Kept => size;

    /// <inheritdoc/>
    public override bool Passes(int operand) => !_isFlat;

    /// <inheritdoc/>
    public override int Units(Pass pass, int operand, int lanes) => (size + Unit - 1) / Unit;

    /// <inheritdoc/>
    public override void Value(in Frame frame)
    {
        int first = frame.First * Unit;
        int count = Math.Min(size, frame.Last * Unit) - first;
        if (frame.Kept is not null)
        {
            _pass.Apply(frame.X(0) + first, frame.Y + first, frame.Kept + first, count);
        }
        else
        {
            _pass.Apply(frame.X(0) + first, frame.Y + first, count);
        }
    }

    /// <inheritdoc/>
    public override void Tangent(in Frame frame) => Scale(frame, frame.Dx(0), frame.Dy, adds: false);

    /// <inheritdoc/>
    public override void Adjoint(in Frame frame, int operand) => Scale(frame, frame.Dy, frame.Dx(0), frame.Adds(0));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scale(in Frame frame, double* from, double* to, bool adds)
    {
        int first = frame.First * Unit;
        int count = Math.Min(size, frame.Last * Unit) - first;
        nint at = (nint)first * frame.Lanes;
        Runs<T>.Each(to + at, frame.Kept + first, from + at, (count, frame.Lanes), adds);
    }
}
