using System.Buffers;

namespace Preimage.Maps;

/// <summary>Numbers for the time of one call: on the stack where they fit, else from the shared pool.</summary>
internal ref struct Scratch
{
    /// <summary>How many numbers a caller offers from its stack.</summary>
    public const int OnStack = 128;

    private readonly double[]? _rented;

    public Scratch(int length, Span<double> stack)
    {
        _rented = length > stack.Length ? ArrayPool<double>.Shared.Rent(length) : null;
        Span = (_rented ?? stack)[..length];
    }

    /// <summary>The numbers, of undefined content.</summary>
    public Span<double> Span { get; }

    public readonly void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<double>.Shared.Return(_rented);
        }
    }
}
