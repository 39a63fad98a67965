namespace Preimage.Networks.Compiled;

/// <summary>Some numbers that are needed from one time to another, both included.</summary>
internal readonly record struct Lifetime(int Id, int Size, int From, int To);

/// <summary>Places numbers in one buffer so that those that live at the same time do not overlap: first fit in the order of their beginning.</summary>
internal sealed class Arena
{
    private const int Line = 8; // doubles of a cache line

    private Arena(long[] places, long length) => (Places, Length) = (places, length);

    /// <summary>Where each begins; -1 for those that are not there.  [ids].</summary>
    public long[] Places { get; }

    /// <summary>Numbers of the buffer.</summary>
    public long Length { get; }

    /// <summary>Plans a buffer.  ids: one more than the largest id.</summary>
    public static Arena Of(int ids, IEnumerable<Lifetime> lifetimes)
    {
        long[] places = new long[ids];
        Array.Fill(places, -1);
        List<(long Place, long Size, int To)> living = [];
        long length = 0;
        foreach (Lifetime one in lifetimes.OrderBy(l => l.From))
        {
            living.RemoveAll(l => l.To < one.From);
            long size = Rounded(one.Size);
            (long place, int before) = Gap(living, size);
            living.Insert(before, (place, size, one.To));
            places[one.Id] = place;
            length = Math.Max(length, place + size);
        }

        return new Arena(places, length);
    }

    /// <summary>A size up to whole cache lines, so that registers may run over its end.</summary>
    public static long Rounded(long size) => (Math.Max(1, size) + Line - 1) / Line * Line;

    /// <summary>The first gap that is large enough, and before which of the living it lies.</summary>
    private static (long Place, int Before) Gap(List<(long Place, long Size, int To)> living, long size)
    {
        long end = 0;
        for (int i = 0; i < living.Count; i++)
        {
            if (living[i].Place - end >= size)
            {
                return (end, i);
            }

            end = living[i].Place + living[i].Size;
        }

        return (end, living.Count);
    }
}
