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

    /// <summary>The coordinates of a tensor, row-major, without ranges: hidden[0,0], hidden[0,1], ...; the name alone where there is only one.</summary>
    public static ImmutableArray<Variable> OfTensor(string name, ReadOnlySpan<int> shape)
    {
        int size = 1;
        foreach (int extent in shape)
        {
            size = checked(size * extent);
        }

        if (size == 1)
        {
            return [new Variable(name)];
        }

        var variables = ImmutableArray.CreateBuilder<Variable>(size);
        int[] row = new int[shape.Length - 1];
        while (variables.Count < size)
        {
            string prefix = string.Concat(row.Select(place => $"{place},"));
            for (int k = 0; k < shape[^1]; k++)
            {
                variables.Add(new Variable($"{name}[{prefix}{k}]"));
            }

            for (int axis = row.Length - 1; axis >= 0 && ++row[axis] == shape[axis]; axis--)
            {
                row[axis] = 0;
            }
        }

        return variables.MoveToImmutable();
    }

    /// <summary>The box of the inputs' ranges.</summary>
    public Box Box => new([.. Inputs.Select(v => v.Lower)], [.. Inputs.Select(v => v.Upper)]);

    private static ImmutableArray<Variable> Numbered(string letter, int count) =>
        [.. Enumerable.Range(1, count).Select(i => new Variable(count == 1 ? letter : $"{letter}{i}"))];
}
