using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// Constant matrices in panels for tiles, packed when they are first needed.  numbers: [count][rows][inner], or Transposed: [count][inner][rows].
/// </summary>
internal sealed unsafe class PackedMatrices(double[] numbers, int count, int rows, int inner, bool Transposed)
{
    private readonly Lock _gate = new();
    private volatile AlignedMemory? _memory;

    /// <summary>The panels of all matrices; stride: from one matrix to the next.</summary>
    public double* Panels(out nint stride)
    {
        stride = (nint)Length(rows) * inner;
        return (_memory ?? Make()).Start;
    }

    private static int Length(int rows) => (rows + Tiles.Rows - 1) / Tiles.Rows * Tiles.Rows;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private AlignedMemory Make()
    {
        lock (_gate)
        {
            if (_memory is { } made)
            {
                return made;
            }

            int stride = checked(Length(rows) * inner);
            AlignedMemory memory = new(checked(count * stride + AlignedMemory.Slack));
            fixed (double* start = numbers)
            {
                for (int i = 0; i < count; i++)
                {
                    double* matrix = start + (nint)i * rows * inner;
                    StridedMatrix source = Transposed ? new(matrix, 1, rows) : new(matrix, inner, 1);
                    PackedRows.Pack(source, rows, inner, memory.Start + (nint)i * stride);
                }
            }

            return _memory = memory;
        }
    }
}

/// <summary>
/// Constant right matrices B of a product, or Transposed, B^T, in panels of columns, packed when they are first needed.
/// </summary>
internal sealed unsafe class PackedColumns(double[] numbers, MatrixMultiply shape, int width, bool Transposed)
{
    private readonly Lock _gate = new();
    private readonly int _inner = Transposed ? shape.Columns : shape.Inner;
    private readonly int _columns = Transposed ? shape.Inner : shape.Columns;
    private volatile AlignedMemory[]? _matrices;

    /// <summary>One matrix as a product's columns.</summary>
    public ProductColumns Of(int matrix)
    {
        AlignedMemory memory = (_matrices ?? Make())[matrix];
        return new ProductColumns
        {
            Source = memory.Start,
            Offsets = PanelOffsets.Of(width),
            Lanes = 1,
            Count = _columns,
            PanelStride = (nint)_inner * width,
        };
    }

    private AlignedMemory[] Make()
    {
        lock (_gate)
        {
            if (_matrices is { } made)
            {
                return made;
            }

            var matrices = new AlignedMemory[shape.Batch];
            fixed (double* start = numbers)
            {
                for (int i = 0; i < shape.Batch; i++)
                {
                    double* matrix = start + (nint)i * _inner * _columns;
                    StridedMatrix source = Transposed ? new(matrix, 1, _inner) : new(matrix, _columns, 1);
                    matrices[i] = PackedRows.Columns(source, _inner, _columns, width);
                }
            }

            return _matrices = matrices;
        }
    }
}
