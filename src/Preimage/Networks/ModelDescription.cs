using System.Collections.Immutable;

namespace Preimage.Networks;

/// <summary>Where a network comes from: what its file says about itself.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">SHA-256 of the file's bytes, in lower-case hexadecimal.</param>
/// <param name="Format">"ONNX" or "text weights".</param>
/// <param name="Producer">The program that wrote it, as the file says; empty when it does not.</param>
/// <param name="Opset">Version of the standard operator set; 0 for formats without one.</param>
/// <param name="Operators">The operators of the file with their counts, most frequent first.</param>
/// <param name="Parameters">How many numbers the file's weights hold.</param>
public sealed record ModelDescription(
    string Path,
    string Sha256,
    string Format,
    string Producer,
    long Opset,
    ImmutableArray<OperatorCount> Operators,
    long Parameters
);

/// <summary>How often an operator occurs in a model.</summary>
public sealed record OperatorCount(string Name, int Count);
