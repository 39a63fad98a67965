namespace Preimage.Networks.Compiled;

/// <summary>
/// C_k = A_k B_k. With lanes innermost, the derivative by the right operand is one product A dB with columns and lanes as one run; that by the left one is
/// a product B^T dA with (row, lane) as columns; for one lane dA B is a product of the same kind as the value.  A: [Batch, Rows, Inner],
/// B: [Batch, Inner, Columns]. A constant operand is packed once.
/// </summary>
internal sealed unsafe class MatrixKernel<T> : Kernel
    where T : struct, ILanes<T>
{
    private readonly MatrixMultiply _shape;
    private readonly PackedMatrices? _left;
    private readonly PackedMatrices? _leftTransposed;
    private readonly PackedMatrices? _right;
    private readonly PackedMatrices? _rightTransposed;
    private readonly PackedColumns? _columns;
    private readonly PackedColumns? _columnsTransposed;
    private readonly int[] _rowsOfA;
    private readonly int[] _rowsOfC;
    private readonly int[] _columnsOfB;

    /// <summary>Left and right: the operands where they are constant.</summary>
    public MatrixKernel(MatrixMultiply shape, double[]? left, double[]? right)
    {
        _shape = shape;
        (int batch, int rows, int inner, int columns) = (shape.Batch, shape.Rows, shape.Inner, shape.Columns);
        if (left is not null)
        {
            _left = new PackedMatrices(left, batch, rows, inner, Transposed: false);
            _leftTransposed = new PackedMatrices(left, batch, inner, rows, Transposed: true);
        }

        if (right is not null)
        {
            _right = new PackedMatrices(right, batch, inner, columns, Transposed: false);
            _rightTransposed = new PackedMatrices(right, batch, columns, inner, Transposed: true);
            _columns = new PackedColumns(right, shape, Product<T>.Panel, Transposed: false);
            _columnsTransposed = new PackedColumns(right, shape, Product<T>.Panel, Transposed: true);
        }

        _rowsOfA = Multiples(rows, inner);
        _rowsOfC = Multiples(rows, columns);
        _columnsOfB = Multiples(inner, columns);
    }

    /// <inheritdoc/>
    public override long Work => (long)_shape.Batch * _shape.Rows * _shape.Inner * _shape.Columns;

    /// <inheritdoc/>
    public override int Scratch =>
        Product<T>.Scratch + Math.Max(_shape.Inner, Math.Max(_shape.Rows, _shape.Columns)) / 2 + 8;

    /// <inheritdoc/>
    public override bool Needs(int operand) => true;

    /// <inheritdoc/>
    public override bool Reads(int operand) => operand == 0 ? _left is null : _right is null;

    /// <inheritdoc/>
    public override int Units(Pass pass, int operand, int lanes) => _shape.Batch;

    /// <inheritdoc/>
    public override void Value(in Frame frame)
    {
        for (int k = frame.First; k < frame.Last; k++)
        {
            MultiplyRight(frame, k, new Run(frame.X(1), frame.Y, 1, Adds: false, IsValue: true));
        }
    }

    /// <inheritdoc/>
    public override void Tangent(in Frame frame)
    {
        int lanes = frame.Lanes;
        for (int k = frame.First; k < frame.Last; k++)
        {
            if (frame.Dx(0) is not null && lanes == 1)
            {
                MultiplyLeft(frame, k, new Run(frame.Dx(0), frame.Dy, 1, Adds: false));
            }
            else if (frame.Dx(0) is not null)
            {
                MultiplyLeftLanes(frame, k, new Run(frame.Dx(0), frame.Dy, lanes, Adds: false));
            }

            if (frame.Dx(1) is not null)
            {
                MultiplyRight(frame, k, new Run(frame.Dx(1), frame.Dy, lanes, Adds: frame.Dx(0) is not null));
            }
        }
    }

    /// <inheritdoc/>
    public override void Adjoint(in Frame frame, int operand)
    {
        Run run = new(frame.Dy, frame.Dx(operand), frame.Lanes, frame.Adds(operand));
        for (int k = frame.First; k < frame.Last; k++)
        {
            if (operand == 1)
            {
                PullRight(frame, k, run);
            }
            else if (frame.Lanes == 1)
            {
                PullLeft(frame, k, run);
            }
            else
            {
                PullLeftLanes(frame, k, run);
            }
        }
    }

    /// <summary>Numbers that go through a matrix: from, to, lanes.</summary>
    private readonly struct Run(double* from, double* to, int lanes, bool Adds, bool IsValue = false)
    {
        public readonly double* From = from;
        public readonly double* To = to;
        public readonly int Lanes = lanes;
        public readonly bool Adds = Adds;
        public readonly bool IsValue = IsValue;
    }

    private ProductRows Left(in Frame frame, int k)
    {
        ProductRows rows = new() { Count = _shape.Rows, Inner = _shape.Inner };
        if (_left is null)
        {
            rows.Source = new(frame.X(0) + (nint)k * _shape.Rows * _shape.Inner, _shape.Inner, 1);
            return rows;
        }

        rows.Packed = _left.Panels(out nint stride) + k * stride;
        return rows;
    }

    /// <summary>C += A B, for the value or for lanes of dB; B may be packed.</summary>
    private void MultiplyRight(in Frame frame, int k, Run run)
    {
        ProductRows rows = Left(frame, k);
        int width = _shape.Columns * run.Lanes;
        ProductColumns columns =
            run.IsValue && _columns is not null
                ? _columns.Of(k)
                : new()
                {
                    Source = run.From + (nint)k * _shape.Inner * width,
                    Offsets = Multiples(_shape.Inner, width, frame),
                    Lanes = 1,
                    Count = width,
                };
        Multiply(frame, rows, columns, Target(run, k * (nint)_shape.Rows * width, width));
    }

    /// <summary>dC = dA B for one lane.</summary>
    private void MultiplyLeft(in Frame frame, int k, Run run)
    {
        ProductRows rows = new()
        {
            Source = new(run.From + (nint)k * _shape.Rows * _shape.Inner, _shape.Inner, 1),
            Count = _shape.Rows,
            Inner = _shape.Inner,
        };
        ProductColumns columns = _columns is not null
            ? _columns.Of(k)
            : new()
            {
                Source = frame.X(1) + (nint)k * _shape.Inner * _shape.Columns,
                Offsets = Multiples(_shape.Inner, _shape.Columns, frame),
                Lanes = 1,
                Count = _shape.Columns,
            };
        Multiply(frame, rows, columns, Target(run, (nint)k * _shape.Rows * _shape.Columns, _shape.Columns));
    }

    /// <summary>dC = dA B for lanes: B^T times (row, lane).</summary>
    private void MultiplyLeftLanes(in Frame frame, int k, Run run)
    {
        ProductRows rows = new() { Count = _shape.Columns, Inner = _shape.Inner };
        if (_rightTransposed is not null)
        {
            rows.Packed = _rightTransposed.Panels(out nint stride) + k * stride;
        }
        else
        {
            rows.Source = new(frame.X(1) + (nint)k * _shape.Inner * _shape.Columns, 1, _shape.Columns);
        }

        MultiplyLanes(frame, rows, (_rowsOfA, _rowsOfC), (k, run));
    }

    /// <summary>dA += dC B^T for lanes: B times (row, lane).</summary>
    private void PullLeftLanes(in Frame frame, int k, Run run)
    {
        ProductRows rows = new() { Count = _shape.Inner, Inner = _shape.Columns };
        if (_right is not null)
        {
            rows.Packed = _right.Panels(out nint stride) + k * stride;
        }
        else
        {
            rows.Source = new(frame.X(1) + (nint)k * _shape.Inner * _shape.Columns, _shape.Columns, 1);
        }

        MultiplyLanes(frame, rows, (_rowsOfC, _rowsOfA), (k, run));
    }

    private void MultiplyLanes(
        in Frame frame,
        in ProductRows rows,
        (int[] From, int[] To) places,
        (int Batch, Run Run) at
    )
    {
        Run run = at.Run;
        ProductColumns columns = new()
        {
            Source = run.From + (nint)at.Batch * _shape.Rows * rows.Inner * run.Lanes,
            Offsets = Multiples(rows.Inner, run.Lanes, frame),
            Places = Pinned(places.From),
            Lanes = run.Lanes,
            Count = _shape.Rows * run.Lanes,
        };
        ProductTarget target = Target(run, (nint)at.Batch * _shape.Rows * rows.Count * run.Lanes, run.Lanes);
        target.Places = Pinned(places.To);
        target.Lanes = run.Lanes;
        Multiply(frame, rows, columns, target);
    }

    /// <summary>dA += dC B^T for one lane.</summary>
    private void PullLeft(in Frame frame, int k, Run run)
    {
        ProductRows rows = new()
        {
            Source = new(run.From + (nint)k * _shape.Rows * _shape.Columns, _shape.Columns, 1),
            Count = _shape.Rows,
            Inner = _shape.Columns,
        };
        ProductColumns columns = _columnsTransposed is not null
            ? _columnsTransposed.Of(k)
            : new()
            {
                Source = frame.X(1) + (nint)k * _shape.Inner * _shape.Columns,
                Offsets = Multiples(_shape.Columns, 1, frame),
                Places = Pinned(_columnsOfB),
                Lanes = 1,
                Count = _shape.Inner,
            };
        Multiply(frame, rows, columns, Target(run, (nint)k * _shape.Rows * _shape.Inner, _shape.Inner));
    }

    /// <summary>dB += A^T dC.</summary>
    private void PullRight(in Frame frame, int k, Run run)
    {
        ProductRows rows = new() { Count = _shape.Inner, Inner = _shape.Rows };
        if (_leftTransposed is not null)
        {
            rows.Packed = _leftTransposed.Panels(out nint stride) + k * stride;
        }
        else
        {
            rows.Source = new(frame.X(0) + (nint)k * _shape.Rows * _shape.Inner, 1, _shape.Inner);
        }

        int width = _shape.Columns * run.Lanes;
        ProductColumns columns = new()
        {
            Source = run.From + (nint)k * _shape.Rows * width,
            Offsets = Multiples(_shape.Rows, width, frame),
            Lanes = 1,
            Count = width,
        };
        Multiply(frame, rows, columns, Target(run, (nint)k * _shape.Inner * width, width));
    }

    private static ProductTarget Target(Run run, nint start, int rowStride) =>
        new()
        {
            Start = run.To + start,
            RowStride = rowStride,
            Lanes = 1,
            Adds = run.Adds,
        };

    private static void Multiply(
        in Frame frame,
        in ProductRows rows,
        in ProductColumns columns,
        in ProductTarget target
    ) =>
        Product<T>.Multiply(
            rows,
            columns,
            target,
            new ProductPart(0, rows.Panels, 0, Product<T>.Panels(columns.Count)),
            frame.Scratch
        );

    /// <summary>0, step, 2 step ... in the thread's scratch memory.</summary>
    private static int* Multiples(int count, int step, in Frame frame)
    {
        int* multiples = (int*)(frame.Scratch + Product<T>.Scratch);
        for (int k = 0; k < count; k++)
        {
            multiples[k] = k * step;
        }

        return multiples;
    }

    private static int[] Multiples(int count, int step)
    {
        int[] multiples = GC.AllocateUninitializedArray<int>(Math.Max(1, count), pinned: true);
        for (int k = 0; k < count; k++)
        {
            multiples[k] = k * step;
        }

        return multiples;
    }

    private static int* Pinned(int[] array) => (int*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref array[0]);
}
