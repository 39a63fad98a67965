namespace Preimage.Networks.Compiled;

/// <summary>Scratch memory, one for each thread, shared by all plans; it grows to the largest plan that the thread has used.</summary>
internal static unsafe class Workspace
{
    private const int PageBytes = 4096;

    [ThreadStatic]
    private static AlignedMemory? memory;

    /// <summary>At least length doubles with anything in them, until the next call on this thread.</summary>
    public static double* Take(int length)
    {
        AlignedMemory? held = memory;
        if (held is null || held.Length < length)
        {
            memory = held = new AlignedMemory(length);
        }

        return held.Start;
    }

    /// <summary>
    /// As above, beginning at the place in a page where other memory ends. Processors take a load for one of a recent
    /// store when the last 12 bits of their addresses agree, and wait for it: weights and scratch that fit into one page
    /// together then never meet (a factor of four was measured).  end: at a cache line.
    /// </summary>
    public static double* TakeBehind(double* end, int length)
    {
        double* start = Take(length + PageBytes / sizeof(double));
        nuint skip = ((nuint)end - (nuint)start) % PageBytes;
        return start + skip / sizeof(double);
    }
}
