using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>The meaning "ONNX operators" of every <see cref="ScalarFunction"/>; what is written is read back as the same function.</summary>
internal static class FunctionWriter
{
    /// <summary>Appends the nodes of f(value), and gives the name of the result.  name: prefix for names.</summary>
    public static string Write(ModelWriter model, ScalarFunction f, string value, string name)
    {
        string output = $"{name}.output";
        switch (f)
        {
            case Identity:
                return value;
            case ConstantPower(var exponent):
                return model.Node("Pow", output, value, model.Constant($"{name}.exponent", [exponent]));
            case HardSigmoid(var alpha, var beta):
                model.Node("HardSigmoid", output, value);
                model.Attribute("alpha", alpha);
                model.Attribute("beta", beta);
                return output;
            case LeakyRectifier(var slope):
                return WithAlpha(model, "LeakyRelu", output, value, slope);
            case ExponentialLinear(var alpha):
                return WithAlpha(model, "Elu", output, value, alpha);
            case ContinuousExponentialLinear(var alpha):
                return WithAlpha(model, "Celu", output, value, alpha);
            case ScaledExponentialLinear(var alpha, var gamma):
                WithAlpha(model, "Selu", output, value, alpha);
                model.Attribute("gamma", gamma);
                return output;
            case GaussianErrorLinear:
                model.RequireOpset(20);
                return model.Node("Gelu", output, value);
            case TanhGaussianErrorLinear:
                model.RequireOpset(20);
                model.Node("Gelu", output, value);
                model.Attribute("approximate", "tanh");
                return output;
            case Swish(var alpha):
                return WriteSwish(model, alpha, value, name, output);
            case Clip(var lower, var upper):
                string least = double.IsNegativeInfinity(lower) ? "" : model.Constant($"{name}.lower", [lower]);
                string most = double.IsPositiveInfinity(upper) ? "" : model.Constant($"{name}.upper", [upper]);
                return model.Node("Clip", output, value, least, most);
            case HardSwish:
                model.RequireOpset(14);
                return model.Node("HardSwish", output, value);
            case Mish:
                model.RequireOpset(18);
                return model.Node("Mish", output, value);
            default:
                return model.Node(PlainName(f), output, value);
        }
    }

    /// <summary>Functions that are one operator without attributes.</summary>
    private static string PlainName(ScalarFunction f) =>
        f switch
        {
            Negate => "Neg",
            Absolute => "Abs",
            Reciprocal => "Reciprocal",
            SquareRoot => "Sqrt",
            Exponential => "Exp",
            Logarithm => "Log",
            ErrorFunction => "Erf",
            Sine => "Sin",
            Cosine => "Cos",
            Sigmoid => "Sigmoid",
            HyperbolicTangent => "Tanh",
            Softplus => "Softplus",
            Softsign => "Softsign",
            Rectifier => "Relu",
            _ => throw new ArgumentException($"{f} has no ONNX operator in the table."),
        };

    private static string WithAlpha(ModelWriter model, string operation, string output, string value, double alpha)
    {
        model.Node(operation, output, value);
        model.Attribute("alpha", alpha);
        return output;
    }

    /// <summary>x sigmoid(alpha x): the operator Swish is younger than the operator set that is written.</summary>
    private static string WriteSwish(ModelWriter model, double alpha, string value, string name, string output)
    {
        string scaled =
            alpha == 1 ? value : model.Node("Mul", $"{name}.scaled", value, model.Constant($"{name}.alpha", [alpha]));
        string gate = model.Node("Sigmoid", $"{name}.gate", scaled);
        return model.Node("Mul", output, value, gate);
    }
}
