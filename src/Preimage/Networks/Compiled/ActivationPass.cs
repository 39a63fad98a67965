using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>A scalar function applied in place to numbers in memory.</summary>
internal abstract unsafe class ActivationPass
{
    /// <summary>x := f(x).  values: [count], a multiple of the lanes.</summary>
    public abstract void Apply(double* values, int count);

    /// <summary>x := f(x), d := f'(x).  values, derivatives: [count], a multiple of the lanes.</summary>
    public abstract void Apply(double* values, double* derivatives, int count);

    /// <summary>The pass for a function: a vector kernel where there is one, the plain table elsewhere.</summary>
    public static ActivationPass For<T>(ScalarFunction f)
        where T : struct, ILanes<T> =>
        ActivationKernels.Choose(f, new LanePassMaker<T>(), out ActivationPass? pass) ? pass : new TablePass(f);
}

/// <summary>A pass by a vector kernel.</summary>
internal sealed unsafe class LanePass<T, TActivation>(TActivation activation) : ActivationPass
    where T : struct, ILanes<T>
    where TActivation : struct, IActivation
{
    private readonly TActivation activation = activation;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Apply(double* values, int count)
    {
        for (int i = 0; i < count; i += T.Count)
        {
            T.Store(activation.Apply(T.Load(values + i), out _), values + i);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Apply(double* values, double* derivatives, int count)
    {
        for (int i = 0; i < count; i += T.Count)
        {
            T value = activation.Apply(T.Load(values + i), out T derivative);
            T.Store(value, values + i);
            T.Store(derivative, derivatives + i);
        }
    }
}

/// <summary>A pass by the plain table, one number after the other.</summary>
internal sealed unsafe class TablePass(ScalarFunction f) : ActivationPass
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Apply(double* values, int count)
    {
        for (int i = 0; i < count; i++)
        {
            values[i] = ScalarFunctions.Value(f, values[i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Apply(double* values, double* derivatives, int count)
    {
        for (int i = 0; i < count; i++)
        {
            derivatives[i] = ScalarFunctions.Derivative(f, values[i]);
            values[i] = ScalarFunctions.Value(f, values[i]);
        }
    }
}

/// <summary>Makes something of a vector kernel whose type is known only at run time.</summary>
internal interface IActivationMaker<out TResult>
{
    TResult Make<TActivation>(TActivation activation)
        where TActivation : struct, IActivation;
}

internal readonly struct LanePassMaker<T> : IActivationMaker<ActivationPass>
    where T : struct, ILanes<T>
{
    public ActivationPass Make<TActivation>(TActivation activation)
        where TActivation : struct, IActivation => new LanePass<T, TActivation>(activation);
}

/// <summary>Which functions have a vector kernel.</summary>
internal static class ActivationKernels
{
    /// <summary>Makes something of the kernel of f; false where f has none.</summary>
    public static bool Choose<TResult>(
        ScalarFunction f,
        IActivationMaker<TResult> maker,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TResult? made
    )
        where TResult : class
    {
        made = f switch
        {
            Identity => maker.Make(default(IdentityLanes)),
            Negate => maker.Make(new PiecewiseLinearLanes(-1, -1, -1)),
            Absolute => maker.Make(new PiecewiseLinearLanes(1, -1, 0)),
            Rectifier => maker.Make(new PiecewiseLinearLanes(1, 0, 0)),
            LeakyRectifier(var slope) => maker.Make(new PiecewiseLinearLanes(1, slope, slope)),
            Exponential => maker.Make(default(ExponentialLanes)),
            Sigmoid => maker.Make(default(SigmoidLanes)),
            HyperbolicTangent => maker.Make(default(TanhLanes)),
            Softplus => maker.Make(default(SoftplusLanes)),
            Softsign => maker.Make(default(SoftsignLanes)),
            Swish(var alpha) => maker.Make(new SwishLanes(alpha)),
            HardSigmoid(var alpha, var beta) => maker.Make(new HardSigmoidLanes(alpha, beta)),
            Clip(var lower, var upper) => maker.Make(new ClipLanes(lower, upper)),
            ExponentialLinear(var alpha) => maker.Make(new ExponentialLinearLanes(alpha, 1, 1)),
            ScaledExponentialLinear(var a, var g) => maker.Make(new ExponentialLinearLanes(a, g, 1)),
            ContinuousExponentialLinear(var a and > 0) => maker.Make(new ExponentialLinearLanes(a, 1, a)),
            TanhGaussianErrorLinear => maker.Make(default(TanhGeluLanes)),
            GaussianErrorLinear => maker.Make(default(GeluLanes)),
            Mish => maker.Make(default(MishLanes)),
            HardSwish => maker.Make(default(HardSwishLanes)),
            _ => null,
        };
        return made is not null;
    }
}
