using System.Text.Json;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Output;

/// <summary>One JSON object on standard output: who was asked, what came out, by which version in what time.</summary>
internal static class JsonReport
{
    /// <summary>Writes the object; <paramref name="body"/> adds what the command found.</summary>
    public static void Write(string command, Network network, double seconds, Action<Utf8JsonWriter> body)
    {
        using Stream output = Console.OpenStandardOutput();
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartObject();
            json.WriteString("command", command);
            WriteModel(json, network);
            body(json);
            json.WriteNumber("seconds", seconds);
            json.WriteString("version", Models.Version);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>A list of numbers; what JSON has no number for is a text: "NaN", "Infinity", "-Infinity".</summary>
    public static void WriteNumbers(this Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
        {
            json.WriteNumberOrText(number);
        }

        json.WriteEndArray();
    }

    /// <summary>A matrix as a list of rows.  matrix: [rows * columns].</summary>
    public static void WriteMatrix(this Utf8JsonWriter json, string name, IReadOnlyList<double> matrix, int columns)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < matrix.Count; i += columns)
        {
            json.WriteStartArray();
            for (int j = 0; j < columns; j++)
            {
                json.WriteNumberOrText(matrix[i + j]);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteNumberOrText(this Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(number.ToString());
        }
    }

    private static void WriteModel(Utf8JsonWriter json, Network network)
    {
        json.WriteStartObject("model");
        json.WriteString("path", network.Description?.Path);
        json.WriteString("sha256", network.Description?.Sha256);
        WriteNames(json, "inputs", network.Signature.Inputs);
        WriteNames(json, "outputs", network.Signature.Outputs);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<Variable> variables)
    {
        json.WriteStartArray(name);
        foreach (Variable variable in variables)
        {
            json.WriteStringValue(variable.Name);
        }

        json.WriteEndArray();
    }
}
