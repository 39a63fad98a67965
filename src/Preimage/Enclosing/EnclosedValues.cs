namespace Preimage.Enclosing;

/// <summary>
/// Where derivatives are enclosed: enclosures of an operation's operands, each [its size], the numbers of those that are constant (null where
/// they vary), and the enclosure of its own value.
/// </summary>
internal readonly record struct EnclosedValues(Interval[][] Operands, double[]?[] Constants, Interval[] Result)
{
    /// <summary>The length of the operation's value.</summary>
    public int Size => Result.Length;
}

/// <summary>Enclosed derivatives of operands (null where constant) and of the result: [size * Lanes], lanes innermost.</summary>
internal readonly record struct EnclosedDerivatives(Interval[]?[] Operands, Interval[] Result, int Lanes)
{
    /// <summary>The derivatives of element i of the result.</summary>
    public Span<Interval> At(int i) => Result.AsSpan(i * Lanes, Lanes);

    /// <summary>The derivatives of element i of operand k, which varies.</summary>
    public ReadOnlySpan<Interval> Of(int k, int i) => Operands[k].AsSpan(i * Lanes, Lanes);
}
