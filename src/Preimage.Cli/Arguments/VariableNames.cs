using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Cli.Arguments;

/// <summary>The names of variables, as a refusal lists them.</summary>
internal static class VariableNames
{
    private const int Shown = 8;

    /// <summary>All of them, or the first and the last where there are many.</summary>
    public static string List(ImmutableArray<Variable> variables) =>
        variables.Length <= Shown
            ? string.Join(", ", variables.Select(v => v.Name))
            : $"{variables[0].Name} to {variables[^1].Name}";
}
