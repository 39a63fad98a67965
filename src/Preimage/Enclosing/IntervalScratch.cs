namespace Preimage.Enclosing;

/// <summary>Intervals for the time of one call, of undefined content: the top of a stack that each thread keeps. Taken and given back in turn.</summary>
internal readonly ref struct IntervalScratch
{
    private const int LeastBlock = 256;

    [ThreadStatic]
    private static Interval[]? s_block;

    [ThreadStatic]
    private static int s_used;

    private readonly int _start;

    public IntervalScratch(int length)
    {
        _start = s_used;
        if (s_block is null || s_block.Length - s_used < length)
        {
            // What lies in the old block stays where it is, in the hands of those who took it.
            s_block = new Interval[2 * Math.Max(LeastBlock, s_used + length)];
        }

        Span = s_block.AsSpan(s_used, length);
        s_used += length;
    }

    /// <summary>The intervals.</summary>
    public Span<Interval> Span { get; }

    public void Dispose() => s_used = _start;
}
