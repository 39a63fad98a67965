using System.Collections.Immutable;
using System.Text;
using Preimage.Maps;

namespace Preimage.Figures.Data;

/// <summary>Names of inputs as mesh formats can hold them: one word of ASCII letters, digits and underscores, each once.</summary>
internal static class SurfaceNames
{
    /// <summary>A word for each variable that differs from all others and from those that are taken.</summary>
    public static ImmutableArray<string> Of(ImmutableArray<Variable> variables, params ReadOnlySpan<string> taken)
    {
        HashSet<string> used = [.. taken];
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>(variables.Length);
        foreach (Variable variable in variables)
        {
            StringBuilder word = new("in_");
            foreach (char letter in variable.Name)
            {
                word.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
            }

            string name = word.ToString();
            for (int k = 2; !used.Add(name); k++)
            {
                name = $"{word}_{k}";
            }

            names.Add(name);
        }

        return names.ToImmutable();
    }
}
