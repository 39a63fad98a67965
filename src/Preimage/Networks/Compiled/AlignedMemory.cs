namespace Preimage.Networks.Compiled;

/// <summary>Zeroed doubles that the collector does not move, beginning at a cache line; alive as long as this object.</summary>
internal sealed unsafe class AlignedMemory
{
    /// <summary>Doubles that kernels may read or write beyond the end of what they work on.</summary>
    public const int Slack = 64;

    private const int LineBytes = 64;
    private readonly double[] storage;

    public AlignedMemory(int length)
    {
        storage = GC.AllocateArray<double>(length + LineBytes / sizeof(double), pinned: true);
        Length = length;
        nuint address = (nuint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref storage[0]);
        Start = (double*)((address + LineBytes - 1) & ~(nuint)(LineBytes - 1));
    }

    /// <summary>The first double.</summary>
    public double* Start { get; }

    /// <summary>Doubles.</summary>
    public int Length { get; }

    /// <summary>All of them.</summary>
    public Span<double> Span => new(Start, Length);
}
