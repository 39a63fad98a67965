namespace Preimage.Networks.Compiled;

/// <summary>
/// Doubles side by side in one register. Every width does the same operations in the same order on each lane, so that a
/// kernel written once over <typeparamref name="T"/> gives the same bits at every width (where multiply-add is fused).
/// Masks are lanes with all bits set or none.
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

    /// <summary>a > b, as a mask; false where one is NaN.</summary>
    static abstract T Greater(T a, T b);

    /// <summary>a where the mask is set, b elsewhere.</summary>
    static abstract T Select(T mask, T a, T b);

    /// <summary>Whether |a| &lt;= bound in all lanes; false if one is NaN.</summary>
    static abstract bool AllWithin(T a, double bound);

    /// <summary>a 2^k, where k stands in the lowest bits of <paramref name="shifted"/> (k + 1.5 2^52 as a double); exact while nothing overflows or becomes subnormal.</summary>
    static abstract T ScaleByLowBits(T a, T shifted);
}
