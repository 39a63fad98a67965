using System.Reflection;
using Preimage.Cli.Arguments;
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
    public static Network Load(string path) => Load(new ModelWords { Path = path });

    /// <summary>The network of a file under a question: an input and an output, both with elements.</summary>
    /// <exception cref="ArgumentException">There is no such file, or the question does not fit it.</exception>
    /// <exception cref="ModelException">The file cannot be used.</exception>
    public static Network Load(ModelWords words)
    {
        Network network = ModelFile.Read(Existing(words.Path), words.Exploration());
        foreach (string assumption in network.Assumptions)
        {
            CommandHost.Warn(assumption);
        }

        return network.Inputs > 0 && network.Outputs > 0
            ? network
            : throw new ArgumentException(
                network.Inputs == 0
                    ? $"{words.Path} has no input of real numbers that is not given, and so nothing to vary; preimage eval gives its value."
                    : $"{words.Path} has an output '{network.OutputTensor.Name}' without elements; look at another tensor."
            );
    }

    /// <summary>The path of a file that is there.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static string Existing(string path) =>
        File.Exists(path)
            ? path
            : throw new ArgumentException(
                Directory.Exists(path)
                    ? $"The model '{path}' is a folder; name the .onnx or .csv file in it."
                    : $"There is no model '{path}'; name an .onnx file, or a .csv file of text weights."
            );
}
