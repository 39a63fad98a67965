using Preimage.Data;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>Points as a NumPy array, format version 1.0: little-endian float64 in C order. [NumPy NEP 1]</summary>
public static class NpyFile
{
    /// <summary>Writes the curve's points: [Count, Dimension].</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, Curve curve) =>
        AtomicFile.Write(path, NpyBytes.Of(curve.Points.AsSpan(), [curve.Count, curve.Dimension]));
}
