namespace Preimage.Onnx;

/// <summary>Reads whole model files.</summary>
internal static class FileBytes
{
    /// <summary>All bytes of a file.</summary>
    /// <exception cref="ModelException">The file is missing, unreadable or larger than <see cref="Limits.FileBytes"/>.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
            if (stream.Length > Limits.FileBytes)
            {
                throw new ModelException(
                    $"{path} has {stream.Length} bytes; models beyond {Limits.FileBytes} keep their weights in a file beside them."
                );
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ModelException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
