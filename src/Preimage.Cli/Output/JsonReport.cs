using System.Text.Json;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Output;

/// <summary>One JSON object on standard output: who was asked, what came out, by which version in what time.</summary>
internal static class JsonReport
{
    /// <summary>Writes the object; <paramref name="result"/> adds what the command found.</summary>
    public static void Write(RunRecord run, Action<Utf8JsonWriter> result) =>
        Console.Out.WriteLine(JsonText.Of(run, result));

    /// <summary>The record of a command on a model.</summary>
    public static RunRecord Record(string command, Network network, double seconds, params Setting[] settings) =>
        Record(command, network.Description!, seconds, settings) with
        {
            Signature = network.Signature,
        };

    /// <summary>The record of a command on a file that is not read as a map.</summary>
    public static RunRecord Record(string command, ModelDescription about, double seconds, params Setting[] settings) =>
        new()
        {
            Command = command,
            ModelPath = about.Path,
            ModelHash = about.Sha256,
            Signature = new Signature([], []),
            Settings = [.. settings],
            Seconds = seconds,
            Version = Models.Version,
        };

    /// <summary>A named list of numbers.</summary>
    public static void WriteNumbers(this Utf8JsonWriter json, string name, IEnumerable<double> numbers) =>
        JsonText.Write(json, name, numbers.ToArray());

    /// <summary>A named matrix, a list for each row.  matrix: [rows * columns].</summary>
    public static void WriteMatrix(this Utf8JsonWriter json, string name, IEnumerable<double> matrix, int columns) =>
        JsonText.Write(json, name, matrix.ToArray(), columns);
}
