using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>
/// A run and its fiber as one JSON object. Numbers are the shortest that read back to the same bits; what JSON has no number
/// for is the text "NaN", "Infinity" or "-Infinity".
/// </summary>
public static class JsonText
{
    /// <summary>Writes the object.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, RunRecord run, Fiber fiber) => AtomicFile.Write(path, Of(run, fiber) + "\n");

    /// <summary>The object on one line.</summary>
    public static string Of(RunRecord run, Fiber fiber) => Of(run, json => WriteFiber(json, fiber));

    /// <summary>The object of another command on one line: the run's record around what <paramref name="result"/> writes.</summary>
    public static string Of(RunRecord run, Action<Utf8JsonWriter> result)
    {
        using MemoryStream stream = new();
        // Names in any script stay readable; quotes, backslashes and control characters are escaped as JSON asks.
        JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter json = new(stream, options))
        {
            json.WriteStartObject();
            json.WriteString("command", run.Command);
            WriteModel(json, run);
            result(json);
            Write(json, "seconds", run.Seconds);
            WriteSettings(json, run);
            json.WriteString("version", run.Version);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>A named number.</summary>
    public static void Write(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Write(json, value);
    }

    /// <summary>A named list of numbers.</summary>
    public static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WritePropertyName(name);
        Write(json, values);
    }

    /// <summary>A named matrix, a list for each row.  matrix: [rows * columns].</summary>
    public static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<double> matrix, int columns)
    {
        json.WritePropertyName(name);
        WriteRows(json, matrix, columns);
    }

    /// <summary>A matrix, a list for each row.  matrix: [rows * columns].</summary>
    internal static void WriteRows(Utf8JsonWriter json, ReadOnlySpan<double> matrix, int columns)
    {
        json.WriteStartArray();
        for (int i = 0; i < matrix.Length; i += columns)
        {
            Write(json, matrix.Slice(i, columns));
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(
                double.IsNaN(value) ? "NaN"
                : value > 0 ? "Infinity"
                : "-Infinity"
            );
        }
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<double> values)
    {
        json.WriteStartArray();
        foreach (double value in values)
        {
            Write(json, value);
        }

        json.WriteEndArray();
    }

    private static void WriteModel(Utf8JsonWriter json, RunRecord run)
    {
        json.WriteStartObject("model");
        json.WriteString("path", run.ModelPath);
        json.WriteString("sha256", run.ModelHash);
        WriteNames("inputs", run.Signature.Inputs);
        WriteNames("outputs", run.Signature.Outputs);
        json.WriteEndObject();

        void WriteNames(string name, IEnumerable<Variable> variables)
        {
            json.WriteStartArray(name);
            foreach (Variable variable in variables)
            {
                json.WriteStringValue(variable.Name);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteFiber(Utf8JsonWriter json, Fiber fiber)
    {
        Curve curve = fiber.Curve;
        Write(json, "target", fiber.Target.AsSpan());
        json.WriteBoolean("closed", curve.Closed);
        json.WriteStartArray("endings");
        json.WriteStringValue(curve.Start.ToString());
        json.WriteStringValue(curve.End.ToString());
        json.WriteEndArray();
        Write(json, "length", curve.Length);
        Write(json, "pseudoLength", fiber.PseudoLength);
        Write(json, "defect", curve.Defect);
        Write(json, "noise", fiber.Noise);
        json.WriteNumber("evaluations", fiber.Evaluations);
        Write(json, "points", curve.Points.AsSpan(), curve.Dimension);
    }

    private static void WriteSettings(Utf8JsonWriter json, RunRecord run)
    {
        json.WriteStartObject("settings");
        foreach (Setting setting in run.Settings)
        {
            json.WritePropertyName(setting.Name);
            if (setting.Text is { } text)
            {
                json.WriteStringValue(text);
            }
            else if (setting.Flag is { } flag)
            {
                json.WriteBooleanValue(flag);
            }
            else if (setting.Number is { } number)
            {
                Write(json, number);
            }
            else
            {
                Write(json, setting.Numbers.AsSpan());
            }
        }

        json.WriteEndObject();
    }
}
