namespace Preimage.Tests.Laws;

/// <summary>What calls allocate on this thread.</summary>
internal static class Allocation
{
    private const int Repeats = 5;

    /// <summary>
    /// The least that several repeats of the same calls allocate, in bytes. A collection that another thread causes counts the rest of this thread's share
    /// of the heap as allocated, once in a while; what allocates does so every time.
    /// </summary>
    public static long Least(Action calls)
    {
        long least = long.MaxValue;
        for (int k = 0; k < Repeats; k++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            calls();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
