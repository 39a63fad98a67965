namespace Preimage.Enclosing;

/// <summary>The generator SplitMix64: the same numbers on every machine and every release.  [Steele2014]</summary>
internal sealed class SamplingGenerator(int seed)
{
    private ulong _state = (uint)seed;

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double Uniform()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
