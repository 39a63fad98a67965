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

/// <summary>
/// y = sum w x (+ b): correlation of a grid with a kernel.  x: [Batch, InputChannels, Window.Extent...],
/// w: [OutputChannels, InputChannels / Groups, Window.Size...], b, a third operand that may be missing: [OutputChannels],
/// y: [Batch, OutputChannels, Window.Positions...]. Output channels of one group see the input channels of that group.
/// </summary>
internal sealed record Convolve(Window Window, int Batch, int Groups, int InputChannels, int OutputChannels)
    : Operation;

/// <summary>What a window sees of its plane becomes one number.  x: [Planes, Window.Extent...], y: [Planes, Window.Positions...].</summary>
internal sealed record Pool(Pooling Kind, int Planes, Window Window) : Operation;

/// <summary>y_i = a_i where c_i is not 0, else b_i. Operands c, a, b of one size; c is seen as locally constant.</summary>
internal sealed record Choose : Operation;

/// <summary>y_i = a[k_i], with places k that may depend on x (and are seen as locally constant): operands a and k, k_i from 0.</summary>
internal sealed record Lookup : Operation;

/// <summary>The places along the middle axis of [Outer, Count, Inner] in the order of their elements, equal ones from first to last; locally constant.</summary>
internal sealed record SortPlaces(int Outer, int Count, int Inner, bool Descending) : Operation;

/// <summary>y = a, of which no derivative is taken: Reason says why, as a sentence of its own that names the place and what would work.</summary>
internal sealed record Undifferentiable(string Reason) : Operation;

/// <summary>What <see cref="Pool"/> makes of the elements in a window. Those outside the grid do not count.</summary>
internal enum Pooling
{
    /// <summary>The largest; the first of several carries the derivative.</summary>
    Maximum,

    /// <summary>sum a_i.</summary>
    Sum,
}

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

    /// <summary>1 where a = b, else 0; locally constant.</summary>
    Equal,

    /// <summary>1 where a &lt; b, else 0; locally constant.</summary>
    Less,

    /// <summary>1 where a &lt;= b, else 0; locally constant.</summary>
    LessOrEqual,

    /// <summary>a - b floor(a / b), of the sign of b.</summary>
    Modulo,

    /// <summary>a - b truncate(a / b), of the sign of a.</summary>
    Remainder,
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
