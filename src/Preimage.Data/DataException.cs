namespace Preimage.Data;

/// <summary>A file of data cannot be used: it is damaged, cut short, or holds what is no array of numbers.</summary>
public sealed class DataException(string message, Exception? inner = null) : PreimageException(message, inner);
