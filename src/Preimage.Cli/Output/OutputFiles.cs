using Preimage.Figures;

namespace Preimage.Cli.Output;

/// <summary>Where results go.</summary>
internal static class OutputFiles
{
    /// <summary>Finds out whether a model file could be written, before hours are spent on it; makes its folder where it is missing.</summary>
    /// <exception cref="ArgumentException">The path is no .onnx file.</exception>
    /// <exception cref="OutputException">It could not be written.</exception>
    public static void ProbeModel(string path)
    {
        if (!path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) || Directory.Exists(path))
        {
            throw new ArgumentException($"--out is '{path}'; name an .onnx file to write.");
        }

        string full = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using FileStream probe = new(
                $"{full}.{Environment.ProcessId}.partial",
                FileMode.Create,
                FileAccess.Write,
                FileShare.None,
                1,
                FileOptions.DeleteOnClose
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"'{path}' of --out cannot be written; choose a place that you may write to.", e);
        }
    }
}
