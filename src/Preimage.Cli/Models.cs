using System.Collections.Immutable;
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
    public static Network Load(ModelWords words) => Load(words, question => question);

    /// <summary>The network of a file under a question, with one more input at a value.</summary>
    /// <exception cref="ArgumentException">There is no such file, or the question does not fit it.</exception>
    /// <exception cref="ModelException">The file cannot be used.</exception>
    public static Network Load(ModelWords words, string input, double[] value) =>
        Load(words, question => question with { Given = question.Given.SetItem(input, GivenTensor.Flat([.. value])) });

    /// <summary>The names of a model's inputs; none of text weights.</summary>
    public static IEnumerable<string> InputsOf(string path) => Open(path)?.Inputs.Select(input => input.Name) ?? [];

    private static Network Load(ModelWords words, Func<Exploration, Exploration> with)
    {
        OnnxModel? model = Open(words.Path);
        Network network = model is null
            ? ModelFile.Read(words.Path, with(words.Exploration()))
            : model.Network(with(words.Exploration(model)));
        network.Warn();
        return network.Inputs > 0 && network.Outputs > 0
            ? network
            : throw new ArgumentException(
                network.Inputs == 0
                    ? $"{words.Path} has no input of real numbers that is not given, and so nothing to vary; preimage eval gives its value."
                    : $"{words.Path} has an output '{network.OutputTensor.Name}' without elements; look at another tensor."
            );
    }

    /// <summary>The networks to every output, or to the tensor that is asked for; they may lack inputs, or elements.</summary>
    /// <exception cref="ArgumentException">There is no such file, or the question does not fit it.</exception>
    /// <exception cref="ModelException">The file cannot be used.</exception>
    public static ImmutableArray<Network> LoadAll(ModelWords words)
    {
        OnnxModel? model = Open(words.Path);
        ImmutableArray<Network> networks = model is null
            ? [ModelFile.Read(words.Path, words.Exploration())]
            : model.Networks(words.Exploration(model));
        networks[0].Warn();
        return networks;
    }

    /// <summary>The model of an .onnx file; null for a file of another kind.</summary>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    /// <exception cref="ModelException">The file is no model.</exception>
    public static OnnxModel? Open(string path) =>
        Path.GetExtension(Existing(path)).Equals(".onnx", StringComparison.OrdinalIgnoreCase)
            ? OnnxFile.Open(path)
            : null;

    /// <summary>Says on standard error what was assumed.</summary>
    public static void Warn(this Network network)
    {
        foreach (string assumption in network.Assumptions)
        {
            CommandHost.Warn(assumption);
        }
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
