using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>One double: the fallback for machines without vector registers, and the tool for work on single numbers.</summary>
internal readonly unsafe struct Lanes64(double value) : ILanes<Lanes64>
{
    private readonly double number = value;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 Create(double value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 Load(double* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes64 value, double* target) => *target = value.number;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 Broadcast(Lanes64 value, int lane) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 operator +(Lanes64 a, Lanes64 b) => new(a.number + b.number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 operator -(Lanes64 a, Lanes64 b) => new(a.number - b.number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 operator -(Lanes64 a) => new(-a.number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 operator *(Lanes64 a, Lanes64 b) => new(a.number * b.number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 operator /(Lanes64 a, Lanes64 b) => new(a.number / b.number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 MultiplyAdd(Lanes64 a, Lanes64 b, Lanes64 c) =>
        new(double.MultiplyAddEstimate(a.number, b.number, c.number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 Abs(Lanes64 a) => new(Math.Abs(a.number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 Sqrt(Lanes64 a) => new(Math.Sqrt(a.number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 NegativeAbs(Lanes64 a) => new(-Math.Abs(a.number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 AtLeast(double bound, Lanes64 a) => bound > a.number ? new(bound) : a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 AtMost(double bound, Lanes64 a) => bound < a.number ? new(bound) : a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 Max(Lanes64 a, Lanes64 b) => new(Math.Max(a.number, b.number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 Min(Lanes64 a, Lanes64 b) => new(Math.Min(a.number, b.number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 IfGreater(Lanes64 a, Lanes64 b, Lanes64 then, Lanes64 otherwise) =>
        a.number > b.number ? then : otherwise;

    /// <summary>a 2^(k/2) 2^(k - k/2): the first product is exact, so that one rounding falls at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 Scale(Lanes64 a, Lanes64 k)
    {
        double half = k.number * 0.5 + Exponentials.Shift;
        double rest = k.number - (half - Exponentials.Shift) + Exponentials.Shift;
        return new(a.number * Power(half) * Power(rest));
    }

    private static double Power(double shifted) =>
        BitConverter.Int64BitsToDouble(
            BitConverter.DoubleToInt64Bits(1) + (BitConverter.DoubleToInt64Bits(shifted) << 52)
        );
}
