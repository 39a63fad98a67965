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
    /// <exception cref="ArgumentException">There is no such file, the question does not fit it, or there is nothing to vary.</exception>
    /// <exception cref="ModelException">The file cannot be used.</exception>
    public static Network Load(ModelWords words) => Demand(LoadAll(words with { IsFirstOnly = true })[0]);

    /// <summary>The networks to every output, or to the tensor that is asked for; they may lack inputs, or elements. What was assumed is said on standard error.</summary>
    /// <exception cref="ArgumentException">There is no such file, or the question does not fit it.</exception>
    /// <exception cref="ModelException">The file cannot be used.</exception>
    public static ImmutableArray<Network> LoadAll(ModelWords words)
    {
        ImmutableArray<Network> networks = Read(words);
        foreach (string assumption in networks[0].Assumptions)
        {
            CommandHost.Warn(assumption);
        }

        return networks;
    }

    /// <summary>The same, without a word.</summary>
    /// <exception cref="ArgumentException">There is no such file, or the question does not fit it.</exception>
    /// <exception cref="ModelException">The file cannot be used.</exception>
    public static ImmutableArray<Network> Read(ModelWords words)
    {
        OnnxModel? model = Open(words.Path);
        return model is null ? [ModelFile.Read(words.Path, words.Exploration())]
            : words.IsFirstOnly ? [model.Network(words.Exploration(model))]
            : model.Networks(words.Exploration(model));
    }

    /// <summary>The model of an .onnx file; null for a file of another kind.</summary>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    /// <exception cref="ModelException">The file is no model.</exception>
    public static OnnxModel? Open(string path) =>
        Path.GetExtension(Existing(path)).Equals(".onnx", StringComparison.OrdinalIgnoreCase)
            ? OnnxFile.Open(path)
            : null;

    /// <summary>A network that there is something to ask of: an input and an output, both with elements.</summary>
    /// <exception cref="ArgumentException">It lacks one.</exception>
    public static Network Demand(Network network) =>
        network.Inputs > 0 && network.Outputs > 0
            ? network
            : throw new ArgumentException(
                network.Inputs == 0
                    ? $"{network.Description!.Path} has no input of real numbers that is not given, and so nothing to vary; let an inner tensor be free with --from, or see its value with preimage eval."
                    : $"{network.Description!.Path} has an output '{network.OutputTensor.Name}' without elements; look at another tensor with --to."
            );

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
