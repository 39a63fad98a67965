namespace Preimage.Networks.Compiled;

/// <summary>
/// Doubles side by side in one register. Every width does the same operations in the same order on each lane, so that a
/// kernel written once over <typeparamref name="T"/> gives the same bits at every width (where multiply-add is fused).
/// </summary>
internal unsafe interface ILanes<T>
    where T : struct, ILanes<T>
{
    /// <summary>Doubles in a register.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract T Create(double value);

    /// <summary>Lanes from memory, not necessarily aligned.</summary>
    static abstract T Load(double* source);

    /// <summary>Lanes to memory, not necessarily aligned.</summary>
    static abstract void Store(T value, double* target);

    /// <summary>The number in one lane, in every lane.</summary>
    static abstract T Broadcast(T value, int lane);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator -(T a);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    /// <summary>a b + c, fused where the machine can.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    /// <summary>|a|.</summary>
    static abstract T Abs(T a);

    /// <summary>The square root.</summary>
    static abstract T Sqrt(T a);

    /// <summary>-|a|.</summary>
    static abstract T NegativeAbs(T a);

    /// <summary>max(bound, a); NaN where a is.</summary>
    static abstract T AtLeast(double bound, T a);

    /// <summary>min(bound, a); NaN where a is.</summary>
    static abstract T AtMost(double bound, T a);

    /// <summary>The larger; NaN where one is.</summary>
    static abstract T Max(T a, T b);

    /// <summary>The smaller; NaN where one is.</summary>
    static abstract T Min(T a, T b);

    /// <summary>The one where a > b, the other elsewhere, also where one is NaN.</summary>
    static abstract T IfGreater(T a, T b, T then, T otherwise);

    /// <summary>a 2^k for whole |k| &lt; 2000 and 1/2 &lt;= a &lt; 2, rounded once; NaN where a is.</summary>
    static abstract T Scale(T a, T k);
}
