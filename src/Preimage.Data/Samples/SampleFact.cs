using System.Collections.Immutable;

namespace Preimage.Data.Samples;

/// <summary>Something that is known of every sample, such as its label: real numbers, whole numbers or words.</summary>
public sealed record SampleFact
{
    /// <summary>Real numbers.</summary>
    public SampleFact(string name, ImmutableArray<double> numbers)
        : this(name) => Numbers = numbers;

    /// <summary>Whole numbers.</summary>
    public SampleFact(string name, ImmutableArray<long> wholes)
        : this(name) => Wholes = wholes;

    /// <summary>Words.</summary>
    public SampleFact(string name, ImmutableArray<string> words)
        : this(name) => Words = words;

    private SampleFact(string name) => Name = name;

    /// <summary>What it is called, as a column of a table.</summary>
    public string Name { get; }

    /// <summary>The real numbers: [samples]; empty where it is something else.</summary>
    public ImmutableArray<double> Numbers { get; } = [];

    /// <summary>The whole numbers: [samples]; empty where it is something else.</summary>
    public ImmutableArray<long> Wholes { get; } = [];

    /// <summary>The words: [samples]; empty where it is something else.</summary>
    public ImmutableArray<string> Words { get; } = [];

    /// <summary>Of how many samples it is known.</summary>
    public int Count => Numbers.Length + Wholes.Length + Words.Length;

    /// <summary>What is known of a sample, counted from 0, as a cell of a table.</summary>
    internal string Cell(int sample) =>
        !Numbers.IsEmpty ? $"{Numbers[sample]:R}"
        : !Wholes.IsEmpty ? $"{Wholes[sample]}"
        : CsvTable.Quoted(Words[sample]);
}
