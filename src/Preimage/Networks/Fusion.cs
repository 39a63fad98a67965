namespace Preimage.Networks;

/// <summary>Recognises functions of one variable that exporters write as several operations, while a graph is being made.</summary>
internal static class Fusion
{
    private const double Sqrt2 = 1.4142135623730950488;
    private const double InverseSqrt2 = 0.70710678118654752440;

    /// <summary>The node of f(a, b) as one elementwise function, or null when it is none of the known forms.</summary>
    public static int? TryFuse(GraphBuilder graph, BinaryFunction f, int a, int b) =>
        f switch
        {
            BinaryFunction.Multiply => TryGated(graph, a, b) ?? TryGated(graph, b, a) ?? TryErrorLinear(graph, a, b),
            BinaryFunction.Maximum => TryBounded(graph, a, b, lower: true) ?? TryBounded(graph, b, a, lower: true),
            BinaryFunction.Minimum => TryBounded(graph, a, b, lower: false) ?? TryBounded(graph, b, a, lower: false),
            _ => null,
        };

    /// <summary>
    /// The node of "a where the condition holds, else b" as one elementwise function, or null: x where x > 0, else c x, is a leaky rectifier, which unlike a
    /// choice is known to be continuous.
    /// </summary>
    public static int? TryChoose(GraphBuilder graph, int condition, int a, int b)
    {
        if (graph.OperationOf(condition) is not Combine(BinaryFunction.Less or BinaryFunction.LessOrEqual))
        {
            return null;
        }

        (int low, int high) = (graph.OperandsOf(condition)[0], graph.OperandsOf(condition)[1]);
        (int above, int below) = UniformValue(graph, low) == 0 ? (a, b) : (b, a);
        int x = above;
        bool isAtZero = UniformValue(graph, low) == 0 ? high == x : low == x && UniformValue(graph, high) == 0;
        return !isAtZero ? null
            : UniformValue(graph, below) == 0 ? graph.Elementwise(new Rectifier(), x)
            : TryFactor(graph, x, below) is { } slope ? graph.Elementwise(new LeakyRectifier(slope), x)
            : null;
    }

    /// <summary>x sigmoid(c x) is a swish, x tanh(softplus(x)) is mish.</summary>
    private static int? TryGated(GraphBuilder graph, int x, int gate)
    {
        if (graph.OperationOf(gate) is not Elementwise(var outer))
        {
            return null;
        }

        int inner = graph.OperandsOf(gate)[0];
        return outer switch
        {
            Sigmoid when inner == x => graph.Elementwise(new Swish(), x),
            Sigmoid when TryFactor(graph, x, inner) is { } alpha => graph.Elementwise(new Swish(alpha), x),
            HyperbolicTangent
                when graph.OperationOf(inner) is Elementwise(Softplus) && graph.OperandsOf(inner)[0] == x =>
                graph.Elementwise(new Mish(), x),
            _ => null,
        };
    }

    /// <summary>max(x, 0) is the rectifier, min and max with another number are clips.</summary>
    private static int? TryBounded(GraphBuilder graph, int x, int bound, bool lower)
    {
        if (graph.ConstantValue(x) is not null || UniformValue(graph, bound) is not { } value)
        {
            return null;
        }

        ScalarFunction f =
            !lower ? new Clip(double.NegativeInfinity, value)
            : value == 0 ? new Rectifier()
            : new Clip(value, double.PositiveInfinity);
        return graph.Elementwise(f, x);
    }

    /// <summary>
    /// 1/2 x (1 + erf(x / sqrt(2))) in any order of its factors. Only where sqrt(2) is stored to all digits of its type, so that nothing else can be meant.
    /// </summary>
    private static int? TryErrorLinear(GraphBuilder graph, int a, int b)
    {
        double scale = 1;
        int x = -1;
        int gated = -1;
        Span<int> factors = stackalloc int[3];
        int count = Factors(graph, a, b, factors);
        foreach (int factor in factors[..count])
        {
            if (UniformValue(graph, factor) is { } number)
            {
                scale *= number;
            }
            else if (gated < 0 && TryErrorGate(graph, factor) is { } argument)
            {
                gated = argument;
            }
            else
            {
                x = factor;
            }
        }

        return count == 3 && scale == 0.5 && x >= 0 && x == gated
            ? graph.Elementwise(new GaussianErrorLinear(), x)
            : null;
    }

    /// <summary>The three factors of a product of a product; fewer when it is no such thing.</summary>
    private static int Factors(GraphBuilder graph, int a, int b, Span<int> factors)
    {
        int inner = graph.OperationOf(a) is Combine(BinaryFunction.Multiply) ? a : b;
        if (graph.OperationOf(inner) is not Combine(BinaryFunction.Multiply))
        {
            return 0;
        }

        factors[0] = inner == a ? b : a;
        factors[1] = graph.OperandsOf(inner)[0];
        factors[2] = graph.OperandsOf(inner)[1];
        return 3;
    }

    /// <summary>The x of 1 + erf(x / sqrt(2)).</summary>
    private static int? TryErrorGate(GraphBuilder graph, int node)
    {
        if (graph.OperationOf(node) is not Combine(BinaryFunction.Add))
        {
            return null;
        }

        (int a, int b) = (graph.OperandsOf(node)[0], graph.OperandsOf(node)[1]);
        int error =
            UniformValue(graph, b) == 1 ? a
            : UniformValue(graph, a) == 1 ? b
            : -1;
        if (error < 0 || graph.OperationOf(error) is not Elementwise(ErrorFunction))
        {
            return null;
        }

        int scaled = graph.OperandsOf(error)[0];
        (int x, int by) = (-1, -1);
        if (graph.OperationOf(scaled) is Combine(BinaryFunction.Multiply or BinaryFunction.Divide))
        {
            (x, by) = (graph.OperandsOf(scaled)[0], graph.OperandsOf(scaled)[1]);
        }

        double factor = by < 0 ? 0 : UniformValue(graph, by) ?? 0;
        bool divided = by >= 0 && graph.OperationOf(scaled) is Combine(BinaryFunction.Divide);
        double exact = divided ? Sqrt2 : InverseSqrt2;
        return factor == exact || factor == (float)exact ? x : null;
    }

    /// <summary>The number c when a node is c x, the same c everywhere.</summary>
    private static double? TryFactor(GraphBuilder graph, int x, int product)
    {
        if (graph.OperationOf(product) is not Combine(BinaryFunction.Multiply))
        {
            return null;
        }

        (int a, int b) = (graph.OperandsOf(product)[0], graph.OperandsOf(product)[1]);
        return a == x ? UniformValue(graph, b)
            : b == x ? UniformValue(graph, a)
            : null;
    }

    /// <summary>The number that a constant node holds everywhere.</summary>
    private static double? UniformValue(GraphBuilder graph, int node) =>
        graph.ConstantValue(node) is { Length: > 0 } values && Array.TrueForAll(values, v => v == values[0])
            ? values[0]
            : null;
}
