using System.Globalization;

namespace Preimage.Onnx;

/// <summary>The words of one layer: its name, then numbers, and settings as name=value.</summary>
internal sealed class LayerWords
{
    private readonly string _piece;
    private readonly List<string> _plain = [];
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>Takes them apart.</summary>
    /// <exception cref="ArgumentException">There is none, or one is given twice.</exception>
    public LayerWords(string piece)
    {
        _piece = piece;
        string[] words = piece.ToLowerInvariant().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        Name = words is [var name, ..]
            ? name
            : throw new ArgumentException(
                "The architecture has an empty layer; write layers with one bar between two."
            );
        foreach (string word in words.Skip(1))
        {
            int sign = word.IndexOf('=', StringComparison.Ordinal);
            if (sign < 0)
            {
                _plain.Add(word);
            }
            else if (!_settings.TryAdd(word[..sign], word[(sign + 1)..]))
            {
                throw new ArgumentException($"The layer '{piece}' gives {word[..sign]} twice; give it once.");
            }
        }
    }

    /// <summary>What kind of layer it is.</summary>
    public string Name { get; }

    /// <summary>A plain number.</summary>
    public int Number(int place, string example)
    {
        _read.Add($"{place}");
        return place < _plain.Count ? Whole(_plain[place], 1) : throw Missing(example);
    }

    /// <summary>Two plain numbers written 10x5.</summary>
    public (int First, int Second) Pair(string example)
    {
        _read.Add("0");
        return _plain is [var word, ..] && word.Split('x') is [var first, var second]
            ? (Whole(first, 1), Whole(second, 1))
            : throw Missing(example);
    }

    /// <summary>A number among the settings.</summary>
    public int Number(string name, int otherwise, int least = 1) =>
        Text(name, "") is { Length: > 0 } word ? Whole(word, least) : otherwise;

    /// <summary>A word among the settings.</summary>
    public string Text(string name, string otherwise)
    {
        _read.Add(name);
        return _settings.GetValueOrDefault(name, otherwise);
    }

    /// <summary>Whether a setting is the other of two words than where it is not given.</summary>
    public bool IsOther(string name, string otherwise, string other)
    {
        string word = Text(name, otherwise);
        return word == otherwise || word == other
            ? word == other
            : throw new ArgumentException($"The layer '{_piece}' has {name}={word}; choose {otherwise} or {other}.");
    }

    /// <summary>Refuses words that nothing has read.</summary>
    public void DemandAllRead()
    {
        for (int i = 0; i < _plain.Count; i++)
        {
            Demand($"{i}", _plain[i]);
        }

        foreach (string name in _settings.Keys)
        {
            Demand(name, name);
        }
    }

    private void Demand(string read, string word)
    {
        if (!_read.Contains(read))
        {
            string known = string.Join(", ", _read.Where(r => !char.IsAsciiDigit(r[0])).Select(r => $"{r}=..."));
            throw new ArgumentException(
                $"The layer '{_piece}' does not know '{word}'; {(known.Length == 0 ? "leave it out" : $"its settings are {known}")}."
            );
        }
    }

    private int Whole(string word, int least) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new ArgumentException(
                $"The layer '{_piece}' has '{word}' where a whole number, {least} or more, is needed."
            );

    private ArgumentException Missing(string example) =>
        new($"The layer '{_piece}' lacks its size; write it as in '{example}'.");
}
