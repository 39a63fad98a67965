using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Figures;

/// <summary>What was run, on which model, with which settings: the part of a record that the result itself does not know.</summary>
public sealed record RunRecord
{
    /// <summary>The command or recipe: "trace".</summary>
    public required string Command { get; init; }

    /// <summary>Where the model's file stands.</summary>
    public required string ModelPath { get; init; }

    /// <summary>SHA-256 of the model's file, in hexadecimal digits.</summary>
    public required string ModelHash { get; init; }

    /// <summary>Names, units and ranges of the map that was traced.</summary>
    public required Signature Signature { get; init; }

    /// <summary>The settings in force, in the order to be shown.</summary>
    public ImmutableArray<Setting> Settings { get; init; } = [];

    /// <summary>How long the run took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The version of the program that ran.</summary>
    public required string Version { get; init; }
}

/// <summary>A named setting: a text, a truth value, a number or a list of numbers.</summary>
public sealed record Setting
{
    /// <summary>A text.</summary>
    public Setting(string name, string text)
        : this(name) => Text = text;

    /// <summary>A truth value.</summary>
    public Setting(string name, bool flag)
        : this(name) => Flag = flag;

    /// <summary>A number.</summary>
    public Setting(string name, double number)
        : this(name) => Number = number;

    /// <summary>A list of numbers, such as a point or the bounds of a box.</summary>
    public Setting(string name, ImmutableArray<double> numbers)
        : this(name) => Numbers = numbers;

    private Setting(string name) => Name = name;

    /// <summary>The setting's name.</summary>
    public string Name { get; }

    internal string? Text { get; }

    internal bool? Flag { get; }

    internal double? Number { get; }

    internal ImmutableArray<double> Numbers { get; }

    /// <summary>The value as a table shows it.</summary>
    public override string ToString() =>
        Text
        ?? (Flag is { } flag ? (flag ? "yes" : "no") : null)
        ?? Number?.ToString("R")
        ?? string.Join(", ", Numbers.Select(n => n.ToString("R")));
}
