namespace Preimage.Networks.Compiled;

/// <summary>Scratch memory, one for each thread, shared by all plans; it grows to the largest plan that the thread has used.</summary>
internal static unsafe class Workspace
{
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
}
