using System.Collections.Immutable;
using Google.Protobuf.Collections;
using Preimage.Maps;
using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>
/// The metadata of a model file that Preimage writes and reads back. Keys of the model's metadata_props, counted from 0:
/// "preimage.inputs.0.name", ".unit", ".lower", ".upper", and the same under "preimage.outputs". Numbers have all their digits.
/// "preimage.inputs.lower" and ".upper" are the range of all that have none of their own, as of the pixels of an image.
/// An attribute that a 32-bit float cannot hold has its exact value in the node's metadata_props: "preimage.exact.alpha".
/// </summary>
internal static class Metadata
{
    private const string Inputs = "preimage.inputs";
    private const string Outputs = "preimage.outputs";

    /// <summary>So many variables without names are described together.</summary>
    private const int Many = 64;

    /// <summary>The key of the exact value of an attribute.</summary>
    public static string Exact(string attribute) => $"preimage.exact.{attribute}";

    /// <summary>The signature that a file holds; x1.., y1.. without ranges where it holds none.</summary>
    public static Signature Read(IEnumerable<StringStringEntryProto> entries, int inputs, int outputs)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (StringStringEntryProto entry in entries)
        {
            values[entry.Key] = entry.Value;
        }

        Signature plain = Signature.Anonymous(inputs, outputs);
        return values.Count == 0
            ? plain
            : new Signature(Read(values, Inputs, plain.Inputs), Read(values, Outputs, plain.Outputs));
    }

    /// <summary>Writes a signature.</summary>
    public static void Write(Signature signature, RepeatedField<StringStringEntryProto> entries)
    {
        Write(Inputs, signature.Inputs, entries);
        Write(Outputs, signature.Outputs, entries);
    }

    private static ImmutableArray<Variable> Read(
        Dictionary<string, string> values,
        string key,
        ImmutableArray<Variable> plain
    )
    {
        double least = Number(values, $"{key}.lower", double.NegativeInfinity);
        double most = Number(values, $"{key}.upper", double.PositiveInfinity);
        var variables = ImmutableArray.CreateBuilder<Variable>(plain.Length);
        for (int i = 0; i < plain.Length; i++)
        {
            double lower = Number(values, $"{key}.{i}.lower", least);
            double upper = Number(values, $"{key}.{i}.upper", most);
            bool ordered = lower <= upper;
            variables.Add(
                new Variable(
                    values.GetValueOrDefault($"{key}.{i}.name", plain[i].Name),
                    values.GetValueOrDefault($"{key}.{i}.unit", ""),
                    ordered ? lower : double.NegativeInfinity,
                    ordered ? upper : double.PositiveInfinity
                )
            );
        }

        return variables.MoveToImmutable();
    }

    /// <summary>The one finite range of many variables that have no names of their own; null elsewhere.</summary>
    private static (double Lower, double Upper)? Common(ImmutableArray<Variable> variables)
    {
        (double lower, double upper) = variables.Length < Many ? (0, 0) : (variables[0].Lower, variables[0].Upper);
        ImmutableArray<Variable> plain = Signature.Anonymous(variables.Length, 0).Inputs;
        return
            variables.Length >= Many
            && double.IsFinite(upper - lower)
            && variables.SequenceEqual(plain.Select(v => v with { Lower = lower, Upper = upper }))
            ? (lower, upper)
            : null;
    }

    private static double Number(Dictionary<string, string> values, string key, double otherwise) =>
        values.TryGetValue(key, out string? text) && double.TryParse(text, out double number) && !double.IsNaN(number)
            ? number
            : otherwise;

    private static void Write(
        string key,
        ImmutableArray<Variable> variables,
        RepeatedField<StringStringEntryProto> entries
    )
    {
        if (Common(variables) is var (lower, upper))
        {
            Write($"{key}.lower", $"{lower:R}", entries);
            Write($"{key}.upper", $"{upper:R}", entries);
            return;
        }

        for (int i = 0; i < variables.Length; i++)
        {
            Variable variable = variables[i];
            Write($"{key}.{i}.name", variable.Name, entries);
            if (variable.Unit.Length > 0)
            {
                Write($"{key}.{i}.unit", variable.Unit, entries);
            }

            if (double.IsFinite(variable.Lower))
            {
                Write($"{key}.{i}.lower", $"{variable.Lower:R}", entries);
            }

            if (double.IsFinite(variable.Upper))
            {
                Write($"{key}.{i}.upper", $"{variable.Upper:R}", entries);
            }
        }
    }

    private static void Write(string key, string value, RepeatedField<StringStringEntryProto> entries) =>
        entries.Add(new StringStringEntryProto { Key = key, Value = value });
}
