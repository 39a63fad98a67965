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
    public static Network Load(ModelWords words) => Load(words, words.Exploration());

    /// <summary>The network of a file under a question, with one more input at a value.</summary>
    /// <exception cref="ArgumentException">There is no such file, or the question does not fit it.</exception>
    /// <exception cref="ModelException">The file cannot be used.</exception>
    public static Network Load(ModelWords words, string input, double[] value)
    {
        Exploration question = words.Exploration();
        return Load(words, question with { Given = question.Given.SetItem(input, GivenTensor.Flat([.. value])) });
    }

    /// <summary>The names of a model's inputs; none of text weights.</summary>
    public static IEnumerable<string> InputsOf(string path) =>
        Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase)
            ? OnnxFile.Open(Existing(path)).Inputs.Select(input => input.Name)
            : [];

    private static Network Load(ModelWords words, Exploration question)
    {
        Network network = ModelFile.Read(Existing(words.Path), question);
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
