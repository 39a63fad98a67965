using System.Collections.Immutable;

namespace Preimage.Networks;

/// <summary>
/// One operation of a <see cref="Graph"/>, on flat row-major vectors. Shapes are resolved when a graph is made: a reshape is no operation,
/// broadcasting and permuting are <see cref="Select"/>, and an operation along an axis sees its operand as [Outer, Count, Inner].
/// What an operation means stands in tables (<see cref="Evaluation"/>, <see cref="TangentRules"/>, <see cref="AdjointRules"/>), not here.
/// </summary>
internal abstract record Operation
{
    private protected Operation() { }
}

/// <summary>The input x of the network.</summary>
internal sealed record Input : Operation;

/// <summary>A vector that does not depend on x.</summary>
internal sealed record Constant(ImmutableArray<double> Values) : Operation;

/// <summary>y_i = f(a_i).</summary>
internal sealed record Elementwise(ScalarFunction Function) : Operation;

/// <summary>y_i = f(a_i, b_i), both operands of one size.</summary>
internal sealed record Combine(BinaryFunction Function) : Operation;

/// <summary>C_k = A_k B_k.  A: [Batch, Rows, Inner], B: [Batch, Inner, Columns], C: [Batch, Rows, Columns].</summary>
internal sealed record MatrixMultiply(int Batch, int Rows, int Inner, int Columns) : Operation;

/// <summary>Reduces the middle axis.  operand: [Outer, Count, Inner], result: [Outer, Inner].</summary>
internal sealed record Reduce(Reduction Kind, int Outer, int Count, int Inner) : Operation;

/// <summary>Lays operands side by side along the middle axis.  operand k: [Outer, size_k / Outer].</summary>
internal sealed record Concatenate(int Outer) : Operation;

/// <summary>y_i = a[Sources_i]: slices, gathers, permutes, tiles and broadcasts.</summary>
internal sealed record Select(ImmutableArray<int> Sources) : Operation;

/// <summary>exp(a_i) / sum exp(a_j) along the middle axis of [Outer, Count, Inner].</summary>
internal sealed record Softmax(int Outer, int Count, int Inner) : Operation;

/// <summary>a_i - ln sum exp(a_j) along the middle axis of [Outer, Count, Inner].</summary>
internal sealed record LogSoftmax(int Outer, int Count, int Inner) : Operation;

/// <summary>A function R x R -> R of <see cref="Combine"/>.</summary>
internal enum BinaryFunction
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>a^b.</summary>
    Power,

    /// <summary>min(a, b).</summary>
    Minimum,

    /// <summary>max(a, b).</summary>
    Maximum,

    /// <summary>a for a >= 0, b a below.</summary>
    ParametricRectifier,
}

/// <summary>What <see cref="Reduce"/> makes of many numbers.</summary>
internal enum Reduction
{
    /// <summary>sum a_i.</summary>
    Sum,

    /// <summary>sum a_i / count.</summary>
    Mean,

    /// <summary>prod a_i.</summary>
    Product,

    /// <summary>The largest; the first of several carries the derivative.</summary>
    Maximum,

    /// <summary>The smallest; the first of several carries the derivative.</summary>
    Minimum,

    /// <summary>sum |a_i|.</summary>
    AbsoluteSum,

    /// <summary>sum a_i^2.</summary>
    SquareSum,

    /// <summary>sqrt(sum a_i^2).</summary>
    EuclideanNorm,

    /// <summary>ln sum exp(a_i).</summary>
    LogSumExp,
}
