namespace Preimage.Enclosing;

/// <summary>Every Stride-th number of a sequence, from Start.</summary>
internal readonly ref struct Strided<T>(ReadOnlySpan<T> all, int start, int stride)
{
    private readonly ReadOnlySpan<T> _all = all[start..];

    /// <summary>Element i.</summary>
    public T this[int i] => _all[i * stride];
}
