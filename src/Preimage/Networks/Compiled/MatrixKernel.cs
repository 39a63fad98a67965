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

    /// <summary>Panels of columns or of rows, whichever are more, of all matrices; both products of a tangent go into one matrix, whole.</summary>
    public override int Units(Pass pass, int operand, int lanes) => _shape.Batch * Panels(pass, operand, lanes);

    private int Panels(Pass pass, int operand, int lanes)
    {
        (int rows, int columns) = (pass, operand, lanes) switch
        {
            (Pass.Value, _, _) => (_shape.Rows, _shape.Columns),
            (Pass.Tangent, _, _) when _left is null && _right is null => (1, 1),
            (Pass.Tangent, _, _) when _left is not null => (_shape.Rows, _shape.Columns * lanes),
            (Pass.Tangent, _, 1) => (_shape.Rows, _shape.Columns),
            (Pass.Tangent, _, _) => (_shape.Columns, _shape.Rows * lanes),
            (_, 1, _) => (_shape.Inner, _shape.Columns * lanes),
            (_, _, 1) => (_shape.Rows, _shape.Inner),
            _ => (_shape.Inner, _shape.Rows * lanes),
        };
        return Math.Max(new ProductRows { Count = rows }.Panels, Product<T>.Panels(columns));
    }

    /// <inheritdoc/>
    public override void Value(in Frame frame)
    {
        int panels = Panels(Pass.Value, 0, 1);
        for (Part part = new(frame, panels); !part.IsDone(frame); part = part.Next(frame))
        {
            MultiplyRight(frame, part.Matrix, new Run(frame.X(1), frame.Y, 1, part, IsValue: true));
        }
    }

    /// <inheritdoc/>
    public override void Tangent(in Frame frame)
    {
        int lanes = frame.Lanes;
        double* da = frame.Dx(0);
        double* db = frame.Dx(1);
        int panels = Panels(Pass.Tangent, 0, lanes);
        for (Part part = new(frame, panels); !part.IsDone(frame); part = part.Next(frame))
        {
            if (da is not null && lanes == 1)
            {
                MultiplyLeft(frame, part.Matrix, new Run(da, frame.Dy, 1, part));
            }
            else if (da is not null)
            {
                MultiplyLeftLanes(frame, part.Matrix, new Run(da, frame.Dy, lanes, part));
            }

            if (db is not null)
            {
                MultiplyRight(frame, part.Matrix, new Run(db, frame.Dy, lanes, part with { Adds = da is not null }));
            }
        }
    }

    /// <inheritdoc/>
    public override void Adjoint(in Frame frame, int operand)
    {
        int panels = Panels(Pass.Adjoint, operand, frame.Lanes);
        for (
            Part part = new(frame, panels) { Adds = frame.Adds(operand) };
            !part.IsDone(frame);
            part = part.Next(frame)
        )
        {
            Run run = new(frame.Dy, frame.Dx(operand), frame.Lanes, part);
            if (operand == 1)
            {
                PullRight(frame, part.Matrix, run);
            }
            else if (frame.Lanes == 1)
            {
                PullLeft(frame, part.Matrix, run);
            }
            else
            {
                PullLeftLanes(frame, part.Matrix, run);
            }
        }
    }

    /// <summary>The units of a frame that fall into one of the matrices: panels First to Last (exclusive) of it.</summary>
    private readonly record struct Part(int Unit, int Panels, int Matrix, int First, int Last, bool Adds)
    {
        public Part(in Frame frame, int panels)
            : this(panels, frame.First, frame.Last, Adds: false) { }

        private Part(int panels, int unit, int end, bool Adds)
            : this(unit, panels, unit / panels, unit % panels, Math.Min(panels, unit % panels + end - unit), Adds) { }

        public bool IsDone(in Frame frame) => Unit >= frame.Last;

        public Part Next(in Frame frame) => new(Panels, Unit + Last - First, frame.Last, Adds);

        /// <summary>The same as a part of a product.</summary>
        public ProductPart Of(int rows, int columns) =>
            Panels == 1 ? new(0, rows, 0, columns)
            : rows > columns ? new(First, Last, 0, columns)
            : new(0, rows, First, Last);
    }

    /// <summary>Numbers that go through a matrix: from, to, lanes.</summary>
    private readonly struct Run(double* from, double* to, int lanes, Part part, bool IsValue = false)
    {
        public readonly double* From = from;
        public readonly double* To = to;
        public readonly int Lanes = lanes;
        public readonly Part Part = part;
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
        Multiply(frame, rows, columns, (Target(run, k * (nint)_shape.Rows * width, width), run.Part));
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
        Multiply(frame, rows, columns, (Target(run, (nint)k * _shape.Rows * _shape.Columns, _shape.Columns), run.Part));
    }

    /// <summary>The transpose of matrix k, packed or read in place.  matrices: [k][size.Rows][size.Columns].</summary>
    private static ProductRows Transposed(
        PackedMatrices? packed,
        double* matrices,
        int k,
        (int Rows, int Columns) size
    ) =>
        packed is not null
            ? new()
            {
                Count = size.Columns,
                Inner = size.Rows,
                Packed = packed.Panels(out nint stride) + k * stride,
            }
            : new()
            {
                Count = size.Columns,
                Inner = size.Rows,
                Source = new(matrices + (nint)k * size.Rows * size.Columns, 1, size.Columns),
            };

    /// <summary>dC = dA B for lanes: B^T times (row, lane).</summary>
    private void MultiplyLeftLanes(in Frame frame, int k, Run run)
    {
        ProductRows rows = Transposed(_rightTransposed, frame.X(1), k, (_shape.Inner, _shape.Columns));

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
        Multiply(frame, rows, columns, (target, run.Part));
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
        Multiply(frame, rows, columns, (Target(run, (nint)k * _shape.Rows * _shape.Inner, _shape.Inner), run.Part));
    }

    /// <summary>dB += A^T dC.</summary>
    private void PullRight(in Frame frame, int k, Run run)
    {
        ProductRows rows = Transposed(_leftTransposed, frame.X(0), k, (_shape.Rows, _shape.Inner));

        int width = _shape.Columns * run.Lanes;
        ProductColumns columns = new()
        {
            Source = run.From + (nint)k * _shape.Rows * width,
            Offsets = Multiples(_shape.Rows, width, frame),
            Lanes = 1,
            Count = width,
        };
        Multiply(frame, rows, columns, (Target(run, (nint)k * _shape.Inner * width, width), run.Part));
    }

    private static ProductTarget Target(Run run, nint start, int rowStride) =>
        new()
        {
            Start = run.To + start,
            RowStride = rowStride,
            Lanes = 1,
            Adds = run.Part.Adds,
        };

    private static void Multiply(
        in Frame frame,
        in ProductRows rows,
        in ProductColumns columns,
        in (ProductTarget Target, Part Part) to
    ) =>
        Product<T>.Multiply(
            rows,
            columns,
            to.Target,
            to.Part.Of(rows.Panels, Product<T>.Panels(columns.Count)),
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
