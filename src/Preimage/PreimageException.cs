namespace Preimage;

/// <summary>Something that a person can mend, said in one sentence: what was wrong, where, and what would work.</summary>
public abstract class PreimageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A model file cannot be used: it is not readable, not supported or not valid.</summary>
public sealed class ModelException(string message, Exception? inner = null) : PreimageException(message, inner);

/// <summary>The geometry does not allow what was asked: a constant output, a singular start, a fiber of another dimension.</summary>
public sealed class GeometryException(string message, Exception? inner = null) : PreimageException(message, inner);
