namespace Preimage.Networks;

/// <summary>Where a derivative is taken: the values of an operation's operands, each [its size], and its own value.</summary>
internal readonly record struct Values(double[][] Operands, double[] Result)
{
    /// <summary>The length of the operation's value.</summary>
    public int Size => Result.Length;
}
