using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Operators that apply one function to every element.</summary>
internal static class ElementwiseOperators
{
    public static Operator[] All =>
        [
            Of("Abs", _ => new Absolute()),
            Of("Acos", _ => new ArcCosine()),
            Of("Acosh", _ => new InverseHyperbolicCosine()),
            Of("Asin", _ => new ArcSine()),
            Of("Asinh", _ => new InverseHyperbolicSine()),
            Of("Atan", _ => new ArcTangent()),
            Of("Atanh", _ => new InverseHyperbolicTangent()),
            Of("Ceil", _ => new Ceiling(), Support.Jumps),
            Of("Celu", n => new ContinuousExponentialLinear(n.Float("alpha", 1))),
            new("Clip", n => [Clip(n)]),
            Of("Cos", _ => new Cosine()),
            Of("Cosh", _ => new HyperbolicCosine()),
            Of("Elu", n => new ExponentialLinear(n.Float("alpha", 1))),
            Of("Erf", _ => new ErrorFunction()),
            Of("Exp", _ => new Exponential()),
            Of("Floor", _ => new Floor(), Support.Jumps),
            Of("Gelu", Gelu),
            Of("HardSigmoid", n => new HardSigmoid(n.Float("alpha", 0.2), n.Float("beta", 0.5))),
            Of("HardSwish", _ => new HardSwish()),
            Of("LeakyRelu", n => new LeakyRectifier(n.Float("alpha", 0.01))),
            Of("Log", _ => new Logarithm()),
            Of("Mish", _ => new Mish()),
            Of("Neg", _ => new Negate()),
            Of("Reciprocal", _ => new Reciprocal()),
            Of("Relu", _ => new Rectifier()),
            Of("Round", _ => new RoundToEven(), Support.Jumps),
            Of("Selu", Selu),
            Of("Shrink", n => new Shrink(n.Float("lambd", 0.5), n.Float("bias", 0))),
            Of("Sigmoid", _ => new Sigmoid()),
            Of("Sign", _ => new Sign(), Support.Jumps),
            Of("Sin", _ => new Sine()),
            Of("Sinh", _ => new HyperbolicSine()),
            Of("Softplus", _ => new Softplus()),
            Of("Softsign", _ => new Softsign()),
            Of("Sqrt", _ => new SquareRoot()),
            Of("Swish", n => new Swish(n.Float("alpha", 1))),
            Of("Tan", _ => new Tangent()),
            Of("Tanh", _ => new HyperbolicTangent()),
            Of("ThresholdedRelu", n => new ThresholdedRectifier(n.Float("alpha", 1))),
        ];

    private static Operator Of(string name, Func<NodeReader, ScalarFunction> function, string limits = "") =>
        new(name, n => [Apply(n, function(n), n.Input(0))], limits);

    /// <summary>f of every element; of integers where it gives integers.</summary>
    private static Value Apply(NodeReader n, ScalarFunction f, Value value)
    {
        if (
            value.Kind != ElementKind.Real
            && f is not (Absolute or Negate or Rectifier or Sign or Shrink or Networks.Clip)
        )
        {
            throw n.NeedsReals(0, value.Kind);
        }

        n.Spend(n.Graph.Size(value.Node));
        return value with { Node = n.Graph.Elementwise(f, value.Node) };
    }

    private static ScalarFunction Gelu(NodeReader n) =>
        n.Text("approximate", "none") switch
        {
            "none" => new GaussianErrorLinear(),
            "tanh" => new TanhGaussianErrorLinear(),
            var other => throw n.Fail($"approximates by '{other}', which is not known; known are none and tanh"),
        };

    /// <summary>The defaults are those of the standard, with all their digits.</summary>
    private static ScalarFunction Selu(NodeReader n) =>
        new ScaledExponentialLinear(
            n.Float("alpha", 1.67326319217681884765625),
            n.Float("gamma", 1.05070102214813232421875)
        );

    /// <summary>Bounds are attributes before opset 11, optional inputs from then on.</summary>
    private static Value Clip(NodeReader n)
    {
        Value x = n.Input(0);
        double lower = n.Has(1) ? double.NegativeInfinity : n.Float("min", double.NegativeInfinity);
        double upper = n.Has(2) ? double.PositiveInfinity : n.Float("max", double.PositiveInfinity);
        bool constant =
            (!n.Has(1) || n.TryConstant(n.Input(1)) is not null)
            && (!n.Has(2) || n.TryConstant(n.Input(2)) is not null);
        if (constant)
        {
            lower = n.Has(1) ? n.Scalar(1) : lower;
            upper = n.Has(2) ? n.Scalar(2) : upper;
            // With reversed bounds the standard takes the upper one: min(upper, max(x, lower)).
            return Apply(n, new Networks.Clip(Math.Min(lower, upper), upper), x);
        }

        return Bounded(n, BinaryFunction.Minimum, Bounded(n, BinaryFunction.Maximum, x, 1), 2);
    }

    private static Value Bounded(NodeReader n, BinaryFunction f, Value x, int bound)
    {
        if (!n.Has(bound))
        {
            return x;
        }

        Folding.DemandOneKind(n, x, n.Input(bound));
        Value bounded = Broadcasting.Combine(n, f, x, n.Input(bound));
        return bounded.Shape.AsSpan().SequenceEqual(x.Shape)
            ? x with
            {
                Node = bounded.Node,
            }
            : throw n.Fail(
                $"clips a tensor of shape {Shapes.Text(x.Shape)} at bounds of shape {Shapes.Text(n.Input(bound).Shape)}, where one number is needed"
            );
    }
}
