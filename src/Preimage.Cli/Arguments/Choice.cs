namespace Preimage.Cli.Arguments;

/// <summary>A word that stands for one of a few things.</summary>
internal static class Choice
{
    /// <summary>What the word stands for; a sentence with all the words where it stands for nothing.</summary>
    public static T Of<T>(string word, string option, params ReadOnlySpan<(string Word, T Meaning)> choices)
    {
        foreach ((string candidate, T meaning) in choices)
        {
            if (candidate.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return meaning;
            }
        }

        List<string> words = [];
        foreach ((string candidate, _) in choices)
        {
            words.Add(candidate);
        }

        throw new ArgumentException($"{option} does not know '{word}'; choose one of {string.Join(", ", words)}.");
    }
}
