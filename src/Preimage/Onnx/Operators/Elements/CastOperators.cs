using Preimage.Networks;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>
/// Changes of the element type. Between real types nothing happens, in constants neither: everything is computed in double.
/// To integers the part behind the point is cut off, with derivative 0 beside the jumps; what a constant integer is too large for wraps around.
/// </summary>
internal static class CastOperators
{
    private const string Rule =
        "between numbers and booleans; real types are all one (double), the part behind the point is cut off with derivative 0";

    public static Operator[] All =>
        [
            new("Cast", n => [Cast(n, n.Input(0), (DataType)n.Int("to", 0))], Rule),
            new("CastLike", n => [Like(n)], Rule),
        ];

    /// <summary>The value as elements of a type.</summary>
    public static Value Cast(NodeReader n, Value x, DataType type)
    {
        ElementKind kind =
            ElementTypes.KindOrNull((int)type)
            ?? throw n.Fail($"casts to the type {ElementTypes.Name((int)type)}, which is not supported");
        Value result = Cast(n, x, kind) with { Type = type };
        return kind == ElementKind.Integer && x.Kind == ElementKind.Integer && n.TryConstant(x) is not null
            ? Folding.Elementwise(n, result, e => Wrapped(e, type))
            : result;
    }

    private static Value Cast(NodeReader n, Value x, ElementKind kind)
    {
        n.Spend(n.Graph.Size(x.Node));
        return kind switch
        {
            ElementKind.Boolean => ComparisonOperators.NotZero(n, x),
            ElementKind.Integer when x.Kind == ElementKind.Real => x with
            {
                Node = n.Graph.Elementwise(new Truncate(), x.Node),
                Kind = kind,
            },
            _ => x with { Kind = kind },
        };
    }

    private static Value Like(NodeReader n)
    {
        Value like = n.Input(1);
        return like.Type == DataType.Undefined
            ? Cast(n, n.Input(0), like.Kind) with
            {
                Type = DataType.Undefined,
            }
            : Cast(n, n.Input(0), like.Type);
    }

    /// <summary>An integer without the bits that the type has no room for.</summary>
    private static double Wrapped(double e, DataType type)
    {
        if (IntegerTypes.TryRange(type) is not var (lowest, highest) || (e >= lowest && e <= highest))
        {
            return e;
        }

        double span = highest - lowest + 1;
        return e - span * Math.Floor((e - lowest) / span);
    }
}
