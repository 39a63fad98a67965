using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>A function of two numbers over lanes; one struct a function.</summary>
internal interface IPairFunction
{
    /// <summary>f(a, b).</summary>
    T Apply<T>(T a, T b)
        where T : struct, ILanes<T>;
}

/// <summary>a + b.</summary>
internal readonly struct SumLanes : IPairFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T a, T b)
        where T : struct, ILanes<T> => a + b;
}

/// <summary>a - b.</summary>
internal readonly struct DifferenceLanes : IPairFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T a, T b)
        where T : struct, ILanes<T> => a - b;
}

/// <summary>a b.</summary>
internal readonly struct ProductLanes : IPairFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T a, T b)
        where T : struct, ILanes<T> => a * b;
}

/// <summary>a / b.</summary>
internal readonly struct QuotientLanes : IPairFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T a, T b)
        where T : struct, ILanes<T> => a / b;
}

/// <summary>max(a, b).</summary>
internal readonly struct LargerLanes : IPairFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T a, T b)
        where T : struct, ILanes<T> => T.Max(a, b);
}

/// <summary>min(a, b).</summary>
internal readonly struct SmallerLanes : IPairFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T a, T b)
        where T : struct, ILanes<T> => T.Min(a, b);
}

/// <summary>A function of pairs from numbers in memory to others.</summary>
internal abstract unsafe class PairPass
{
    /// <summary>y = f(a, b).  a, b, y: [count] and up to a register's width more.</summary>
    public abstract void Apply(double* a, double* b, double* y, int count);

    /// <summary>The pass for a function: a vector kernel where there is one, the plain table elsewhere.</summary>
    public static PairPass For<T>(BinaryFunction f)
        where T : struct, ILanes<T> =>
        f switch
        {
            BinaryFunction.Add => new LanePairs<T, SumLanes>(),
            BinaryFunction.Subtract => new LanePairs<T, DifferenceLanes>(),
            BinaryFunction.Multiply => new LanePairs<T, ProductLanes>(),
            BinaryFunction.Divide => new LanePairs<T, QuotientLanes>(),
            BinaryFunction.Maximum => new LanePairs<T, LargerLanes>(),
            BinaryFunction.Minimum => new LanePairs<T, SmallerLanes>(),
            _ => new TablePairs(f),
        };
}

/// <summary>By a vector kernel.</summary>
internal sealed unsafe class LanePairs<T, TPair> : PairPass
    where T : struct, ILanes<T>
    where TPair : struct, IPairFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Apply(double* a, double* b, double* y, int count)
    {
        for (int i = 0; i < count; i += T.Count)
        {
            T.Store(default(TPair).Apply(T.Load(a + i), T.Load(b + i)), y + i);
        }
    }
}

/// <summary>By the plain table, one pair after the other.</summary>
internal sealed unsafe class TablePairs(BinaryFunction f) : PairPass
{
    /// <inheritdoc/>
    public override void Apply(double* a, double* b, double* y, int count)
    {
        for (int i = 0; i < count; i++)
        {
            y[i] = BinaryFunctions.Value(f, a[i], b[i]);
        }
    }
}

/// <summary>
/// y_i = f(a_i, b_i). Slopes that are not 1, -1 or the other operand are computed once, with the value, and shared by all lanes.
/// </summary>
internal sealed unsafe class CombineKernel<T>(BinaryFunction f, int size) : Kernel
    where T : struct, ILanes<T>
{
    /// <summary>Numbers of a unit.</summary>
    private const int Unit = 1024;

    private readonly PairPass _pass = PairPass.For<T>(f);

    /// <inheritdoc/>
    public override long Work => size * 2L;

    /// <inheritdoc/>
    public override int Kept => IsTabled ? 2 * Rounded : 0;

    private int Rounded => (int)Arena.Rounded(size);

    private bool IsTabled =>
        f is not (BinaryFunction.Add or BinaryFunction.Subtract or BinaryFunction.Multiply) && Passes(0);

    /// <inheritdoc/>
    public override bool Needs(int operand) => f == BinaryFunction.Multiply;

    /// <inheritdoc/>
    public override bool Passes(int operand) =>
        f is not (BinaryFunction.Equal or BinaryFunction.Less or BinaryFunction.LessOrEqual);

    /// <inheritdoc/>
    public override int Units(Pass pass, int operand, int lanes) => (size + Unit - 1) / Unit;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Value(in Frame frame)
    {
        int first = frame.First * Unit;
        int last = Math.Min(size, frame.Last * Unit);
        double* a = frame.X(0);
        double* b = frame.X(1);
        _pass.Apply(a + first, b + first, frame.Y + first, last - first);
        double* slopes = frame.Kept;
        for (int i = first; i < last && slopes is not null; i++)
        {
            slopes[i] = BinaryFunctions.FirstDerivative(f, a[i], b[i]);
            slopes[Rounded + i] = BinaryFunctions.SecondDerivative(f, a[i], b[i]);
        }
    }

    /// <inheritdoc/>
    public override void Tangent(in Frame frame)
    {
        double* da = frame.Dx(0);
        double* db = frame.Dx(1);
        if (da is not null)
        {
            Scale(frame, 0, da, frame.Dy, adds: false);
        }

        if (db is not null)
        {
            Scale(frame, 1, db, frame.Dy, adds: da is not null);
        }
    }

    /// <inheritdoc/>
    public override void Adjoint(in Frame frame, int operand) =>
        Scale(frame, operand, frame.Dy, frame.Dx(operand), frame.Adds(operand));

    /// <summary>to = s from, with the slope s by one operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scale(in Frame frame, int operand, double* from, double* to, bool adds)
    {
        int first = frame.First * Unit;
        int count = Math.Min(size, frame.Last * Unit) - first;
        nint at = (nint)first * frame.Lanes;
        switch (f)
        {
            case BinaryFunction.Add:
            case BinaryFunction.Subtract when operand == 0:
                Runs<T>.Take(to + at, from + at, count * frame.Lanes, adds);
                break;
            case BinaryFunction.Subtract:
                Runs<T>.Take(to + at, -1, from + at, count * frame.Lanes, adds);
                break;
            default:
                double* slopes = f == BinaryFunction.Multiply ? frame.X(1 - operand) : frame.Kept + operand * Rounded;
                Runs<T>.Each(to + at, slopes + first, from + at, (count, frame.Lanes), adds);
                break;
        }
    }
}
