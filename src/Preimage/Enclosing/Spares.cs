namespace Preimage.Enclosing;

/// <summary>Things that are dear to make, lent to one thread at a time: each thread finds its own last one first, so that calls side by side make nothing new.</summary>
internal sealed class Spares<T>
    where T : class
{
    private const int Slots = 32;

    /// <summary>Slots on cache lines of their own.</summary>
    private const int Stride = 8;

    private readonly T?[] _slots = new T?[Slots * Stride];

    private static int Own => Environment.CurrentManagedThreadId % Slots;

    /// <summary>One that is free, or null.</summary>
    public T? Take()
    {
        int own = Own;
        for (int i = 0; i < Slots; i++)
        {
            ref T? slot = ref _slots[(own + i) % Slots * Stride];
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } spare)
            {
                return spare;
            }
        }

        return null;
    }

    /// <summary>Keeps one for later, or forgets it where there are many.</summary>
    public void Give(T spare)
    {
        int own = Own;
        for (int i = 0; i < Slots; i++)
        {
            ref T? slot = ref _slots[(own + i) % Slots * Stride];
            if (slot is null && Interlocked.CompareExchange(ref slot, spare, null) is null)
            {
                return;
            }
        }
    }
}
