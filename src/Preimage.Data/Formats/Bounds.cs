namespace Preimage.Data.Formats;

/// <summary>What a file may ask for: checked before memory is taken, since a small file can describe a huge array.</summary>
internal static class Bounds
{
    /// <summary>Most dimensions of an array.</summary>
    public const int Rank = 16;

    /// <summary>How many numbers a shape has.</summary>
    /// <exception cref="DataException">There are too many, or a length is negative.</exception>
    public static int Count(ReadOnlySpan<long> shape, string file)
    {
        if (shape.Length > Rank)
        {
            throw new DataException($"'{file}' has {shape.Length} dimensions; at most {Rank} are read.");
        }

        long count = shape.Contains(0) ? 0 : 1;
        foreach (long length in shape)
        {
            if (length is < 0 or > int.MaxValue || (count > 0 && length > DataFile.MostNumbers / count))
            {
                throw new DataException(
                    $"'{file}' says that its array has the shape {DataArray.ShapeOf(shape.ToArray())}, but at most {DataFile.MostNumbers} numbers are read."
                );
            }

            count *= length;
        }

        return (int)count;
    }

    /// <summary>A row of an array that was read whole.</summary>
    /// <exception cref="ArgumentException">There is no such row.</exception>
    public static DataArray RowOf(DataArray all, int row, string file)
    {
        CheckRow(row, [.. all.Shape.Select(length => (long)length)], file);
        return all.Row(row);
    }

    /// <summary>Refuses a row that is not there.</summary>
    /// <exception cref="ArgumentException">There is no such row.</exception>
    public static void CheckRow(int row, ReadOnlySpan<long> shape, string file)
    {
        if (shape.IsEmpty)
        {
            throw new ArgumentException($"'{file}' holds one number and has no rows; leave the row out.");
        }

        if (row > shape[0])
        {
            throw new ArgumentException(
                $"Row {row} of '{file}' is asked for, which has only {shape[0]} row{(shape[0] == 1 ? "" : "s")}."
            );
        }
    }
}
