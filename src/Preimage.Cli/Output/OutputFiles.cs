namespace Preimage.Cli.Output;

/// <summary>Where results go.</summary>
internal static class OutputFiles
{
    /// <summary>Makes the folder of a path, before hours are spent on what could not be written.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static void PrepareFolder(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The folder '{folder}' of --out cannot be made; choose one that you may write to.",
                e
            );
        }
    }
}
