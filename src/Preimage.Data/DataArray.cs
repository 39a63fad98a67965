using System.Collections.Immutable;

namespace Preimage.Data;

/// <summary>An array of numbers of any rank, as a file holds it.</summary>
/// <param name="Shape">The length along each dimension; empty for a single number.</param>
/// <param name="Values">The numbers, the last index running fastest: [product of Shape]. They may be NaN or infinite where the file says so.</param>
/// <param name="Columns">The names of the last dimension; empty where the file gives none.</param>
public sealed record DataArray(ImmutableArray<int> Shape, ImmutableArray<double> Values, ImmutableArray<string> Columns)
{
    /// <summary>An array without names.</summary>
    public DataArray(ImmutableArray<int> shape, ImmutableArray<double> values)
        : this(shape, values, []) { }

    /// <summary>How many rows there are: the length of the first dimension, 1 for a single number.</summary>
    public int Rows => Shape.IsEmpty ? 1 : Shape[0];

    /// <summary>How many numbers a row has.</summary>
    public int RowLength => Shape.IsEmpty ? 1 : Shape.Skip(1).Aggregate(1, (product, length) => product * length);

    /// <summary>The shape as a person writes it: [1, 28, 28].</summary>
    public string ShapeText => ShapeOf(Shape);

    /// <summary>The row of a number, counted from 1: an array of one dimension less.</summary>
    /// <exception cref="ArgumentException">There is no such row.</exception>
    public DataArray Row(int row)
    {
        if (Shape.IsEmpty || row < 1 || row > Rows)
        {
            throw new ArgumentException($"An array of the shape {ShapeText} has no row {row}; rows count from 1.");
        }

        int length = RowLength;
        return this with
        {
            Shape = Shape[1..],
            Values = Values.Slice((row - 1) * length, length),
            Columns = Shape.Length == 1 ? [] : Columns,
        };
    }

    /// <summary>"[1, 28, 28]".</summary>
    internal static string ShapeOf<T>(IEnumerable<T> shape) => $"[{string.Join(", ", shape)}]";
}
