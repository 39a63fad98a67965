namespace Preimage;

/// <summary>A result cannot be written where it was asked for; the message says where, why, and what would work.</summary>
public sealed class OutputException(string message, Exception? inner = null) : PreimageException(message, inner);
