using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>One double: the fallback for machines without vector registers, and the tool for work on single numbers.</summary>
internal readonly unsafe struct Lanes64(double value) : ILanes<Lanes64>
{
    private static readonly double Set = BitConverter.Int64BitsToDouble(-1);

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
    public static Lanes64 Greater(Lanes64 a, Lanes64 b) => new(a.number > b.number ? Set : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 Select(Lanes64 mask, Lanes64 a, Lanes64 b) =>
        BitConverter.DoubleToInt64Bits(mask.number) != 0 ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllWithin(Lanes64 a, double bound) => Math.Abs(a.number) <= bound;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes64 ScaleByLowBits(Lanes64 a, Lanes64 shifted) =>
        new(
            BitConverter.Int64BitsToDouble(
                BitConverter.DoubleToInt64Bits(a.number) + (BitConverter.DoubleToInt64Bits(shifted.number) << 52)
            )
        );
}
