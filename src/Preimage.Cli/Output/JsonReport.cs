using System.Text.Json;
using Preimage.Figures;
using Preimage.Figures.Data;
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
        new()
        {
            Command = command,
            ModelPath = network.Description!.Path,
            ModelHash = network.Description.Sha256,
            Signature = network.Signature,
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
