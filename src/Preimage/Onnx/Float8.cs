using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>
/// Floating-point numbers of 8 bits: a sign, an exponent and a mantissa of 3 (E4M3) or 2 (E5M2) bits. Those with FNUZ have one zero, no infinities,
/// and an exponent that is biased by one more; E4M3FN has no infinities either.
/// </summary>
internal static class Float8
{
    /// <summary>Whether a type is one of them.</summary>
    public static bool Is(DataType type) =>
        type is DataType.Float8E4M3Fn or DataType.Float8E4M3Fnuz or DataType.Float8E5M2 or DataType.Float8E5M2Fnuz;

    /// <summary>The number that 8 bits stand for.</summary>
    public static double Number(DataType type, byte bits)
    {
        bool unsignedZero = type is DataType.Float8E4M3Fnuz or DataType.Float8E5M2Fnuz;
        int mantissaBits = type is DataType.Float8E4M3Fn or DataType.Float8E4M3Fnuz ? 3 : 2;
        int bias = (1 << (6 - mantissaBits)) - 1 + (unsignedZero ? 1 : 0);
        int magnitude = bits & 127;
        double sign = bits > 127 ? -1 : 1;
        if (
            unsignedZero ? bits == 128
            : type == DataType.Float8E4M3Fn ? magnitude == 127
            : magnitude > 124
        )
        {
            return double.NaN;
        }

        if (type == DataType.Float8E5M2 && magnitude == 124)
        {
            return sign * double.PositiveInfinity;
        }

        int exponent = magnitude >> mantissaBits;
        int mantissa = magnitude & ((1 << mantissaBits) - 1);
        int significand = exponent == 0 ? mantissa : mantissa + (1 << mantissaBits);
        return sign * Math.ScaleB(significand, Math.Max(1, exponent) - bias - mantissaBits);
    }
}
