using System.Collections.Immutable;

namespace Preimage.Maps;

/// <summary>A named coordinate of a map: label and unit for axes, range as the default box (infinite where unknown).</summary>
public sealed record Variable(
    string Name,
    string Unit = "",
    double Lower = double.NegativeInfinity,
    double Upper = double.PositiveInfinity
)
{
    /// <summary>The name with its unit, as an axis shows it: "P [Pa]".</summary>
    public string Label => Unit.Length == 0 ? Name : $"{Name} [{Unit}]";
}

/// <summary>The names, units and ranges of a map's inputs and outputs.</summary>
public sealed record Signature(ImmutableArray<Variable> Inputs, ImmutableArray<Variable> Outputs)
{
    /// <summary>x1..xn -> y1..ym (x and y where there is only one), without ranges.</summary>
    public static Signature Anonymous(int inputs, int outputs) => new(Numbered("x", inputs), Numbered("y", outputs));

    /// <summary>The box of the inputs' ranges.</summary>
    public Box Box => new([.. Inputs.Select(v => v.Lower)], [.. Inputs.Select(v => v.Upper)]);

    private static ImmutableArray<Variable> Numbered(string letter, int count) =>
        [.. Enumerable.Range(1, count).Select(i => new Variable(count == 1 ? letter : $"{letter}{i}"))];
}
