using System.Text;

namespace Preimage;

/// <summary>
/// The one place that writes files: beside the target first, then renamed over it, so that a reader (or a crash) never meets
/// a half-written file. Folders that are missing are made.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a text as UTF-8 without a mark.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        // The process number keeps two runs with the same target apart; the last one to finish wins, whole.
        string beside = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            MakeFolder(path);
            using (FileStream stream = new(beside, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(bytes);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            Remove(beside);
            throw Refusal(path, e);
        }
    }

    /// <summary>Writes what is too large to stand in memory at once, piece by piece.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string beside = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            MakeFolder(path);
            using (FileStream stream = new(beside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            Remove(beside);
            throw Refusal(path, e);
        }
    }

    /// <summary>Finds out before a long run whether a file could be written there; leaves nothing behind but the folder.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Probe(string path)
    {
        string beside = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            MakeFolder(path);
            using FileStream stream = new(
                beside,
                FileMode.Create,
                FileAccess.Write,
                FileShare.None,
                1,
                FileOptions.DeleteOnClose
            );
            if (Directory.Exists(path))
            {
                throw new IOException("a folder has that name");
            }
        }
        catch (Exception e) when (IsRefusal(e))
        {
            Remove(beside);
            throw Refusal(path, e);
        }
    }

    private static void MakeFolder(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }
    }

    private static bool IsRefusal(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static OutputException Refusal(string path, Exception e)
    {
        string reason = e.Message.TrimEnd('.').Replace('\n', ' ');
        return new OutputException($"Cannot write \"{path}\": {reason}; choose a place where files can be written.", e);
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            // The refusal to write is what the person has to hear; it says enough about the folder.
        }
    }
}
