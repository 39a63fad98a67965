using System.Collections.Immutable;
using System.CommandLine;
using Preimage.Cli.Output;
using Preimage.Data;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Arguments;

/// <summary>--decode, --vocabulary, --words: what the points of an inner tensor mean, told in the model's input or in words.</summary>
internal sealed class EmbeddingOptions
{
    private readonly Option<bool> _decode = new("--decode")
    {
        Description =
            "With --from an inner tensor: show its points as points of the model's input, by least squares (the pseudo-inverse of an embedding).",
    };
    private readonly Option<string?> _vocabulary = new("--vocabulary")
    {
        Description =
            "The embedding's table [words, width], as an .npy or .csv file: each row of a point is read as the nearest word.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _words = new("--words")
    {
        Description = "With --vocabulary: a text file with a word in each line, in the table's order.",
        HelpName = "FILE",
    };

    public IEnumerable<Option> All => [_decode, _vocabulary, _words];

    /// <summary>What was said.</summary>
    /// <exception cref="ArgumentException">--words is given without a table.</exception>
    public EmbeddingReading Read(ParseResult result)
    {
        string? vocabulary = result.GetValue(_vocabulary);
        string? words = result.GetValue(_words);
        return words is null || vocabulary is not null
            ? new EmbeddingReading(result.GetValue(_decode), vocabulary, words)
            : throw new ArgumentException("--words names the rows of a table; give the table with --vocabulary.");
    }
}

/// <summary>How the points of an inner tensor are read.</summary>
/// <param name="IsDecoded">As points of the model's input.</param>
/// <param name="Vocabulary">As rows of this table; null where they are not.</param>
/// <param name="Words">The file of the rows' names; null for their numbers.</param>
internal sealed record EmbeddingReading(bool IsDecoded, string? Vocabulary, string? Words)
{
    /// <summary>For the record.</summary>
    public IEnumerable<Setting> Settings() =>
        [
            .. IsDecoded ? (Setting[])[new("decode", "least squares")] : [],
            .. Vocabulary is null ? [] : (Setting[])[new("vocabulary", Vocabulary)],
            .. Words is null ? [] : (Setting[])[new("words", Words)],
        ];

    /// <summary>Refuses, before the run, what could not be read after it.</summary>
    /// <exception cref="ArgumentException">The map begins at the model's input already, or the table does not fit its rows.</exception>
    public ITrailReading Prepare(SliceWords asked, MapChoice choice, string? path)
    {
        if (path is null && (IsDecoded || Vocabulary is not null))
        {
            throw new ArgumentException(
                $"{(IsDecoded ? "--decode" : "--vocabulary")} is for the figures and files of --out, and there is none; add --out."
            );
        }

        if (IsDecoded)
        {
            return Decoder(asked, choice);
        }

        return Vocabulary is null ? new AsItIs() : Reader(choice);
    }

    private Decoding Decoder(SliceWords asked, MapChoice choice)
    {
        if (Vocabulary is not null)
        {
            throw new ArgumentException("--decode and --vocabulary both say how points are read; give one of them.");
        }

        if (asked.Model.From is not { } from || asked.At is null)
        {
            throw new ArgumentException(
                "--decode leads from an inner tensor back to the model's input; name the tensor with --from and a point of the input with --at."
            );
        }

        Network embedding = Models.Read(asked.Model with { From = null, To = from, IsFirstOnly = true })[0];
        double[] start = PointArgument.Parse(asked.At, embedding.Signature, asked.Reading(embedding.InputTensor.Shape));
        return new Decoding(embedding, choice, start, TrailShape.Image(embedding.InputTensor.Shape, asked));
    }

    private WordReading Reader(MapChoice choice)
    {
        DataArray table = DataFile.Read(Vocabulary!);
        ImmutableArray<int> shape = choice.Network.InputTensor.Shape;
        int width = shape.IsEmpty ? 1 : shape[^1];
        if (table.Shape.Length != 2 || table.Shape[1] != width)
        {
            throw new ArgumentException(
                $"--vocabulary {Vocabulary} is a table of shape [{string.Join(", ", table.Shape)}], and the rows of {choice.Network.InputTensor.Name} have {width} numbers; give a table of shape [words, {width}]."
            );
        }

        int count = table.Shape[0];
        string[] words = Words is null ? [.. Enumerable.Range(0, count).Select(i => $"{i}")] : ReadWords(Words);
        return words.Length == count
            ? new WordReading(table.Values, words, width, choice)
            : throw new ArgumentException(
                $"--words {Words} has {words.Length} lines, and the table of --vocabulary {count} rows; give one word for each."
            );
    }

    private static string[] ReadWords(string file) =>
        File.Exists(file)
            ? File.ReadAllLines(file)
            : throw new ArgumentException($"--words names the file '{file}', which does not exist.");
}
