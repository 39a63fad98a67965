using System.Collections.Immutable;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Arguments;

/// <summary>The part of a network that is looked at: chosen outputs, by --outputs, and inputs that are held, by --fix.</summary>
internal sealed record MapChoice(IMap Map, Signature Signature, ImmutableArray<Setting> Settings)
{
    /// <summary>Reads the choice.</summary>
    /// <param name="network">The whole network.</param>
    /// <param name="outputs">Names of outputs, or their numbers from 0, separated by commas; all of them where null.</param>
    /// <param name="held">Each an input and its value, as in rh=60.</param>
    /// <exception cref="ArgumentException">There is no such variable, or nothing is left.</exception>
    public static MapChoice Of(Network network, string? outputs, string[] held)
    {
        MapChoice choice = new(network.Map, network.Signature, []);
        if (outputs is not null)
        {
            choice = choice.Select(outputs);
        }

        return held.Length > 0 ? choice.Hold(held) : choice;
    }

    private MapChoice Select(string text)
    {
        string[] words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        int[] chosen = [.. words.Select(word => Find(word, Signature.Outputs, "--outputs"))];
        if (chosen.Length == 0 || chosen.Distinct().Count() < chosen.Length)
        {
            throw new ArgumentException($"--outputs has '{text}'; name some outputs, each once.");
        }

        return new MapChoice(
            Map.Select(chosen),
            Signature with
            {
                Outputs = [.. chosen.Select(i => Signature.Outputs[i])],
            },
            Settings.Add(new Setting("outputs", text))
        );
    }

    private MapChoice Hold(string[] assignments)
    {
        double[] point = new double[Map.Inputs];
        List<int> held = [];
        foreach (string assignment in assignments)
        {
            int equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new ArgumentException($"--fix has '{assignment}'; write an input and its value, as in x3=0.5.");
            }

            int input = Find(assignment[..equals].Trim(), Signature.Inputs, "--fix");
            point[input] = Numbers.ParseOne(assignment[(equals + 1)..].Trim(), "--fix");
            held.Add(input);
        }

        FrozenInputs map = Map.Freeze(point, [.. held]);
        return new MapChoice(
            map,
            Signature with
            {
                Inputs = [.. map.Free.Select(i => Signature.Inputs[i])],
            },
            Settings.Add(new Setting("fix", string.Join(", ", assignments)))
        );
    }

    private static int Find(string word, ImmutableArray<Variable> variables, string option)
    {
        for (int i = 0; i < variables.Length; i++)
        {
            if (variables[i].Name.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return int.TryParse(word, out int number) && number >= 0 && number < variables.Length
            ? number
            : throw new ArgumentException(
                $"{option} does not find '{word}'; name one of {VariableNames.List(variables)}, or give its number from 0 to {variables.Length - 1}."
            );
    }
}
