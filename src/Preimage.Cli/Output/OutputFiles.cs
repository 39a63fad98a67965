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

        AtomicFile.Probe(path);
    }
}
