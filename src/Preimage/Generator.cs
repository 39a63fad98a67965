using System.Numerics;

namespace Preimage;

/// <summary>The whole state of a <see cref="Generator"/>: stored and taken up again, it draws the same numbers on.</summary>
public readonly record struct GeneratorState(ulong A, ulong B, ulong C, ulong D);

/// <summary>The generator xoshiro256**, seeded by splitmix64: the same bits on every machine and every release. [BlackmanVigna2021]</summary>
public sealed class Generator
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>Starts a stream of a seed; streams of one seed are independent of each other.</summary>
    public Generator(int seed, int stream = 0)
    {
        ulong state = ((ulong)(uint)stream << 32) | (uint)seed;
        _a = SplitMix(ref state);
        _b = SplitMix(ref state);
        _c = SplitMix(ref state);
        _d = SplitMix(ref state);
    }

    /// <summary>Goes on from a state.</summary>
    public Generator(GeneratorState state)
    {
        (_a, _b, _c, _d) = state;
    }

    /// <summary>Where the generator is now.</summary>
    public GeneratorState State => new(_a, _b, _c, _d);

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform among 0, ..., count - 1.</summary>
    public int Whole(int count) => (int)Math.BigMul(Bits(), (ulong)count, out _);

    /// <summary>Standard normal, by Box and Muller's transformation.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>Independent standard normals, two of each pair of uniforms.</summary>
    public void Normals(Span<double> numbers)
    {
        for (int i = 0; i + 1 < numbers.Length; i += 2)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * Uniform());
            numbers[i] = radius * cosine;
            numbers[i + 1] = radius * sine;
        }

        if (numbers.Length % 2 != 0)
        {
            numbers[^1] = Normal();
        }
    }

    /// <summary>Shuffles in place. (Fisher and Yates)</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Whole(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private ulong Bits()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
