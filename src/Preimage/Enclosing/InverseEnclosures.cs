using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>Ranges of the tangent, the hyperbolic functions and the inverses of both.</summary>
internal static class InverseEnclosures
{
    private const double Unbounded = double.PositiveInfinity;

    /// <summary>Encloses the derivative of this order, 0 to 2, over the members in the domain; null for other functions.</summary>
    public static Interval? Of(ScalarFunction f, Interval x, int order) =>
        f switch
        {
            Tangent => order switch
            {
                0 => TangentFunction.Value(x),
                1 => TangentFunction.Slope(x),
                _ => TangentFunction.Bend(x),
            },
            ArcSine => MonotonePieces.RangeWithin<ArcSinePieces>(x, order, -1, 1),
            ArcCosine => MonotonePieces.RangeWithin<ArcCosinePieces>(x, order, -1, 1),
            ArcTangent => MonotonePieces.Range<ArcTangentPieces>(x, order),
            HyperbolicSine => MonotonePieces.Range<HyperbolicSinePieces>(x, order),
            HyperbolicCosine => MonotonePieces.Range<HyperbolicCosinePieces>(x, order),
            InverseHyperbolicSine => MonotonePieces.Range<InverseHyperbolicSinePieces>(x, order),
            InverseHyperbolicCosine => MonotonePieces.RangeWithin<InverseHyperbolicCosinePieces>(
                x,
                order,
                1,
                Unbounded
            ),
            InverseHyperbolicTangent => MonotonePieces.RangeWithin<InverseHyperbolicTangentPieces>(x, order, -1, 1),
            _ => null,
        };
}
