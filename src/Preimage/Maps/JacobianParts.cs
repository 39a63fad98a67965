using System.Runtime.CompilerServices;

namespace Preimage.Maps;

/// <summary>Rows and columns of a Jacobian by products with unit vectors, in blocks of bounded room: never the whole of it.</summary>
internal static class JacobianParts
{
    /// <summary>Most numbers that a block of unit vectors, or of their products, holds: 32 MiB. Of a narrow map one block holds all.</summary>
    private const int Room = 1 << 22;

    /// <summary>Whether a dense Jacobian has no more numbers than one block.</summary>
    public static bool FitsDense(IMap map) => (long)map.Inputs * map.Outputs <= Room;

    /// <summary>How many products of the map one block holds.</summary>
    public static int Block(IMap map) => Math.Max(1, Room / Math.Max(1, Math.Max(map.Inputs, map.Outputs)));

    /// <summary>The gradients of some outputs, by one call of <see cref="IProductMap.Adjoint"/> a block.  x: [Inputs], rows: [outputs.Length * Inputs].</summary>
    [SkipLocalsInit]
    public static void Rows(IProductMap map, ReadOnlySpan<double> x, ReadOnlySpan<int> outputs, Span<double> rows)
    {
        int block = Math.Min(Block(map), outputs.Length);
        using Scratch units = new(block * map.Outputs, stackalloc double[Scratch.OnStack]);
        for (int first = 0; first < outputs.Length; first += block)
        {
            int count = Math.Min(block, outputs.Length - first);
            Span<double> covectors = units.Span[..(count * map.Outputs)];
            Units(outputs.Slice(first, count), map.Outputs, covectors);
            map.Adjoint(x, covectors, rows.Slice(first * map.Inputs, count * map.Inputs));
        }
    }

    /// <summary>The derivatives by some inputs, by one call of <see cref="IProductMap.Tangent"/> a block.  x: [Inputs], columns: [inputs.Length * Outputs], a column after the other.</summary>
    [SkipLocalsInit]
    public static void Columns(IProductMap map, ReadOnlySpan<double> x, ReadOnlySpan<int> inputs, Span<double> columns)
    {
        int block = Math.Min(Block(map), inputs.Length);
        using Scratch units = new(block * map.Inputs, stackalloc double[Scratch.OnStack]);
        for (int first = 0; first < inputs.Length; first += block)
        {
            int count = Math.Min(block, inputs.Length - first);
            Span<double> directions = units.Span[..(count * map.Inputs)];
            Units(inputs.Slice(first, count), map.Inputs, directions);
            map.Tangent(x, directions, columns.Slice(first * map.Outputs, count * map.Outputs));
        }
    }

    /// <summary>[rows, columns] becomes [columns, rows].</summary>
    public static void Transpose(ReadOnlySpan<double> matrix, int rows, Span<double> transposed)
    {
        int columns = matrix.Length / Math.Max(1, rows);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                transposed[j * rows + i] = matrix[i * columns + j];
            }
        }
    }

    private static void Units(ReadOnlySpan<int> places, int length, Span<double> vectors)
    {
        vectors.Clear();
        for (int k = 0; k < places.Length; k++)
        {
            vectors[k * length + places[k]] = 1;
        }
    }
}
