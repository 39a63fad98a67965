using System.Collections.Immutable;
using System.Numerics;
using Parquet;
using Parquet.Schema;
using Preimage.Data.Samples;

namespace Preimage.Data.Formats;

/// <summary>Reads and writes Parquet tables of numbers as arrays [rows, columns]. [Apache Parquet]</summary>
internal static class ParquetFormat
{
    /// <summary>The table, or one row of it.</summary>
    /// <exception cref="DataException">It is damaged, or a column that is wanted holds no numbers.</exception>
    /// <exception cref="ArgumentException">There is no such row.</exception>
    public static DataArray Read(Stream stream, DataPlace place, ColumnChoice? choose)
    {
        string file = place.File;
        ParquetReader reader = Guarded(file, ParquetReader.CreateAsync(stream));
        try
        {
            DataField[] fields = reader.Schema.GetDataFields();
            ImmutableArray<string> names = [.. fields.Select(field => field.Name)];
            ImmutableArray<int> columns =
                choose?.Invoke(names, fields.Length) ?? [.. Enumerable.Range(0, fields.Length)];
            long[] rows = [.. reader.RowGroups.Select(group => group.RowCount)];
            int width = columns.Length;
            _ = Bounds.Count([rows.Sum(), Math.Max(1, width)], file);
            Part[] parts = place.Row is { } row ? [Part.Of(row, rows, width, file)] : [.. rows.Select(Part.Whole)];
            double[] values = new double[parts.Sum(part => part.Count) * width];
            int at = 0;
            foreach (Part part in parts)
            {
                for (int c = 0; c < width; c++)
                {
                    double[] column = Column(reader.RowGroups[part.Group], fields[columns[c]], file);
                    for (int i = 0; i < part.Count; i++)
                    {
                        values[at + i * width + c] = column[part.First + i];
                    }
                }

                at += part.Count * width;
            }

            ImmutableArray<int> shape = place.Row is null ? [(int)rows.Sum(), width] : [width];
            return new DataArray(shape, [.. values], [.. columns.Select(c => names[c])]);
        }
        finally
        {
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>The bytes of a table.</summary>
    public static byte[] Bytes(DataArray table)
    {
        int width = table.RowLength;
        DataField[] fields =
        [
            .. Enumerable
                .Range(0, width)
                .Select(c => new DataField<double>(table.Columns.Length == width ? table.Columns[c] : $"x{c + 1}")),
        ];
        using MemoryStream stream = new();
        WriteAsync(stream, fields, table).GetAwaiter().GetResult();
        return stream.ToArray();
    }

    /// <summary>The bytes of samples: a column for each of their numbers, then one for each thing that is known.</summary>
    public static byte[] Bytes(SampleTable table)
    {
        DataField[] numbers = [.. table.Names.Select(name => new DataField<double>(name))];
        DataField[] facts =
        [
            .. table.Facts.Select(fact =>
                !fact.Numbers.IsEmpty ? new DataField<double>(fact.Name)
                : !fact.Wholes.IsEmpty ? (DataField)new DataField<long>(fact.Name)
                : new DataField(fact.Name, typeof(string), isNullable: false)
            ),
        ];
        using MemoryStream stream = new();
        WriteAsync(stream, (numbers, facts), table).GetAwaiter().GetResult();
        return stream.ToArray();
    }

    private static async Task WriteAsync(
        MemoryStream stream,
        (DataField[] Numbers, DataField[] Facts) fields,
        SampleTable table
    )
    {
        ParquetSchema schema = new([.. fields.Numbers, .. fields.Facts]);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        for (int c = 0; c < fields.Numbers.Length; c++)
        {
            double[] column = new double[table.Count];
            for (int row = 0; row < column.Length; row++)
            {
                column[row] = table.Points[row * table.Width + c];
            }

            await group.WriteAsync<double>(fields.Numbers[c], column);
        }

        foreach ((DataField field, SampleFact fact) in fields.Facts.Zip(table.Facts))
        {
            await (
                !fact.Numbers.IsEmpty ? group.WriteAsync<double>(field, fact.Numbers.AsMemory())
                : !fact.Wholes.IsEmpty ? group.WriteAsync<long>(field, fact.Wholes.AsMemory())
                : group.WriteAsync(field, fact.Words)
            );
        }
    }

    private static async Task WriteAsync(MemoryStream stream, DataField[] fields, DataArray table)
    {
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        for (int c = 0; c < fields.Length; c++)
        {
            double[] column = new double[table.Rows];
            for (int row = 0; row < column.Length; row++)
            {
                column[row] = table.Values[row * fields.Length + c];
            }

            await group.WriteAsync<double>(fields[c], column);
        }
    }

    private static double[] Column(ParquetRowGroupReader group, DataField field, string file)
    {
        Type type = field.ClrType;
        return field.MaxRepetitionLevel > 0 || field.IsArray ? throw NoNumbers(field, file)
            : type == typeof(double) ? Column<double>(group, field, file)
            : type == typeof(float) ? Column<float>(group, field, file)
            : type == typeof(long) ? Column<long>(group, field, file)
            : type == typeof(ulong) ? Column<ulong>(group, field, file)
            : type == typeof(int) ? Column<int>(group, field, file)
            : type == typeof(uint) ? Column<uint>(group, field, file)
            : type == typeof(short) ? Column<short>(group, field, file)
            : type == typeof(ushort) ? Column<ushort>(group, field, file)
            : type == typeof(sbyte) ? Column<sbyte>(group, field, file)
            : type == typeof(byte) ? Column<byte>(group, field, file)
            : type == typeof(decimal) ? Column<decimal>(group, field, file)
            : type == typeof(bool) ? Array.ConvertAll(Cells<bool>(group, field, file), yes => yes ? 1.0 : 0)
            : throw NoNumbers(field, file);
    }

    private static double[] Column<T>(ParquetRowGroupReader group, DataField field, string file)
        where T : struct, INumberBase<T> => Array.ConvertAll(Cells<T>(group, field, file), double.CreateTruncating);

    private static T[] Cells<T>(ParquetRowGroupReader group, DataField field, string file)
        where T : struct
    {
        int rows = (int)group.RowCount;
        if (!field.IsNullable)
        {
            T[] cells = new T[rows];
            Guarded(file, group.ReadAsync<T>(field, cells.AsMemory()).AsTask());
            return cells;
        }

        T?[] maybe = new T?[rows];
        Guarded(file, group.ReadAsync(field, maybe.AsMemory()).AsTask());
        int missing = Array.IndexOf(maybe, null);
        return missing < 0
            ? Array.ConvertAll(maybe, cell => cell!.Value)
            : throw new DataException($"'{file}' has no number in row {missing + 1} of the column '{field.Name}'.");
    }

    private static DataException NoNumbers(DataField field, string file) =>
        new($"'{file}' has the column '{field.Name}', which does not hold numbers; leave it out.");

    private static T Guarded<T>(string file, Task<T> reading)
    {
        Guarded(file, (Task)reading);
        return reading.Result;
    }

    /// <summary>The library tells a damaged file by exceptions of many kinds.</summary>
    private static void Guarded(string file, Task reading)
    {
        try
        {
            reading.GetAwaiter().GetResult();
        }
        catch (Exception bad) when (bad is not OutOfMemoryException)
        {
            throw new DataException($"'{file}' is no Parquet file, or is damaged.", bad);
        }
    }

    /// <summary>Some rows of a group.</summary>
    private readonly record struct Part(int Group, int First, int Count)
    {
        public static Part Whole(long rows, int group) => new(group, 0, (int)rows);

        public static Part Of(int row, long[] rows, int width, string file)
        {
            Bounds.CheckRow(row, [rows.Sum(), width], file);
            long first = row - 1;
            int group = 0;
            while (first >= rows[group])
            {
                first -= rows[group++];
            }

            return new Part(group, (int)first, 1);
        }
    }
}
