using System.Reflection;
using Preimage.Networks;
using Preimage.Onnx;

namespace Preimage.Cli;

/// <summary>Where a run's model comes from.</summary>
internal static class Models
{
    /// <summary>The version of this program.</summary>
    public static string Version { get; } =
        typeof(Models)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "0";

    /// <summary>The network of a file.</summary>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    /// <exception cref="ModelException">The file cannot be used.</exception>
    public static Network Load(string path) =>
        File.Exists(path)
            ? ModelFile.Read(path)
            : throw new ArgumentException(
                Directory.Exists(path)
                    ? $"The model '{path}' is a folder; name the .onnx or .csv file in it."
                    : $"There is no model '{path}'; name an .onnx file, or a .csv file of text weights."
            );
}
