using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// A convolution on a padded grid as products: y = W X with X the windows of x, which are read where they stand or packed panel by panel, never written
/// out whole; dx = W^T dy by blocks of channels, added into the places of the windows; dW = dy X^T. One window of one element at all places is a plain
/// matrix product. Constant weights are packed once; others are a second operand.  x: [Batch, InputChannels, padded grid],
/// W: [OutputChannels, InputChannels / Groups, elements], y: [Batch, OutputChannels, Positions].
/// </summary>
internal sealed unsafe partial class ConvolveKernel<T> : Kernel
    where T : struct, ILanes<T>
{
    /// <summary>Rows of W^T that are computed in one go.</summary>
    private const int AdjointRows = 256;

    /// <summary>Numbers of windows that are computed in one go: they stay in the second cache.</summary>
    private const int AdjointNumbers = 1 << 14;

    private readonly Convolve _shape;
    private readonly Grid _grid;
    private readonly int _gridCount;
    private readonly int _positions;
    private readonly int _inner;
    private readonly int _groupInputs;
    private readonly int _groupOutputs;
    private readonly int[] _places;
    private readonly int[] _terms;
    private readonly int[] _order;
    private readonly int[] _panelPlaces;
    private readonly PackedMatrices? _weights;
    private readonly PackedMatrices? _transposed;
    private readonly AlignedMemory? _biases;

    /// <summary>Weights: [OutputChannels, InputChannels / Groups, elements], null where they are the second operand; biases: [OutputChannels] or null.</summary>
    public ConvolveKernel(Convolve shape, Grid grid, double[]? weights, double[]? biases)
    {
        (_shape, _grid, _gridCount) = (shape, grid, grid.Count);
        _positions = grid.Positions.Length;
        _groupInputs = shape.InputChannels / shape.Groups;
        _groupOutputs = shape.OutputChannels / shape.Groups;
        int elements = grid.Elements.Length;
        _inner = _groupInputs * elements;
        _places = GC.AllocateUninitializedArray<int>(_positions, pinned: true);
        grid.Positions.CopyTo(_places, 0);
        _terms = GC.AllocateUninitializedArray<int>(_inner, pinned: true);
        for (int k = 0; k < _inner; k++)
        {
            _terms[k] = k / elements * _gridCount + grid.Elements[k % elements];
        }

        _order = Order();
        int together = Math.Clamp(AdjointNumbers / (WindowRows * Product<T>.Panel), 1, 8);
        _panelPlaces = GC.AllocateUninitializedArray<int>(together, pinned: true);
        for (int i = 0; i < together; i++)
        {
            _panelPlaces[i] = i * WindowRows;
        }

        if (weights is not null)
        {
            _weights = new PackedMatrices(weights, shape.Groups, _groupOutputs, _inner, Transposed: false);
            _transposed = new PackedMatrices(weights, shape.Groups, _inner, _groupOutputs, Transposed: true);
        }

        _biases = biases is null ? null : Lines(biases);
    }

    /// <inheritdoc/>
    public override long Work => (long)_shape.Batch * _shape.OutputChannels * _positions * _inner;

    /// <inheritdoc/>
    public override int Scratch => Product<T>.Scratch + _panelPlaces.Length * WindowRows * Product<T>.Panel + TermCount;

    /// <inheritdoc/>
    public override bool Reads(int operand) => true;

    /// <inheritdoc/>
    public override bool Needs(int operand) => _weights is null;

    /// <summary>Rows of windows that a block of channels makes, with those of the panels that it shares.</summary>
    private int WindowRows => AdjointBlock * _grid.Elements.Length + Tiles.Rows;

    private int AdjointBlock => Math.Clamp(AdjointRows / _grid.Elements.Length, 1, _groupInputs);

    /// <summary>Room for the terms' places, as numbers of scratch memory.</summary>
    private int TermCount => Math.Max(Math.Max(_inner, _groupOutputs), _weights is null ? _positions : 0) / 2 + 8;

    /// <inheritdoc/>
    public override int Units(Pass pass, int operand, int lanes) =>
        pass == Pass.Adjoint && operand == 1 ? _shape.Groups * WeightPanels
        : pass == Pass.Adjoint && !_grid.IsPointwise ? _shape.Batch * _shape.InputChannels
        : pass == Pass.Tangent && _weights is null ? 1
        : _shape.Batch * _shape.Groups * Product<T>.Panels(_positions * lanes);

    /// <inheritdoc/>
    public override void Value(in Frame frame) => Apply(frame, frame.X(0), frame.Y, _biases);

    /// <inheritdoc/>
    public override void Tangent(in Frame frame)
    {
        if (_weights is not null)
        {
            Apply(frame, frame.Dx(0), frame.Dy, null);
            return;
        }

        TangentOfBoth(frame);
    }

    /// <summary>y = W X + b, panel by panel of all groups of all samples.</summary>
    private void Apply(in Frame frame, double* x, double* y, AlignedMemory? biases)
    {
        int lanes = frame.Lanes;
        int columns = _positions * lanes;
        int panels = Product<T>.Panels(columns);
        int* terms = Terms(_terms, lanes, frame.Scratch + Product<T>.Scratch);
        for (int unit = frame.First; unit < frame.Last; )
        {
            int block = unit / panels;
            int group = block % _shape.Groups;
            int last = Math.Min(frame.Last - block * panels, panels);
            ProductRows rows = Weights(frame, group);
            ProductColumns from = new()
            {
                Source = x + (nint)block * _groupInputs * _gridCount * lanes,
                Offsets = terms,
                Places = Pinned(_places),
                Lanes = lanes,
                Count = columns,
            };
            ProductTarget to = new()
            {
                Start = y + (nint)block * _groupOutputs * columns,
                RowStride = columns,
                Lanes = 1,
                Biases = biases is null ? null : biases.Start + group * _groupOutputs * Product<T>.Panel,
            };
            ProductPart part = new(0, rows.Panels, unit - block * panels, last);
            Product<T>.Multiply(rows, from, to, part, frame.Scratch);
            unit = block * panels + last;
        }
    }

    /// <inheritdoc/>
    public override void Adjoint(in Frame frame, int operand)
    {
        if (operand == 1)
        {
            AdjointWeights(frame);
            return;
        }

        if (_grid.IsPointwise)
        {
            AdjointPoints(frame);
            return;
        }

        int lanes = frame.Lanes;
        if (!frame.Adds(0))
        {
            nint plane = (nint)_gridCount * lanes;
            NativeMemory.Clear(
                frame.Dx(0) + frame.First * plane,
                (nuint)((frame.Last - frame.First) * plane * sizeof(double))
            );
        }

        for (int unit = frame.First; unit < frame.Last; )
        {
            int block = unit / _groupInputs;
            int channel = unit - block * _groupInputs;
            int count = Math.Min(Math.Min(frame.Last - unit, _groupInputs - channel), AdjointBlock);
            AdjointChannels(frame, block, channel, count);
            unit += count;
        }
    }

    /// <summary>dx += W^T dy for some channels of one group of one sample.</summary>
    private void AdjointChannels(in Frame frame, int block, int channel, int count)
    {
        int lanes = frame.Lanes;
        int columns = _positions * lanes;
        int elements = _grid.Elements.Length;
        double* windows = frame.Scratch + Product<T>.Scratch + TermCount;
        int* offsets = Multiples(_groupOutputs, columns, frame.Scratch + Product<T>.Scratch);
        (int first, int last) = (channel * elements / Tiles.Rows, (channel + count) * elements);
        int skipped = channel * elements - first * Tiles.Rows;
        ProductRows rows = Transposed(frame, block % _shape.Groups);
        rows.Count = last;
        ProductColumns from = new()
        {
            Source = frame.Dy + (nint)block * _groupOutputs * columns,
            Offsets = offsets,
            Lanes = 1,
        };
        ProductTarget to = new()
        {
            Start = windows - (first * Tiles.Rows * Product<T>.Panel),
            RowStride = Product<T>.Panel,
            Places = Pinned(_panelPlaces),
            Lanes = Product<T>.Panel,
        };
        WindowSum sum = new()
        {
            Grid = frame.Dx(0) + ((nint)block * _groupInputs + channel) * _gridCount * lanes,
            Stride = Product<T>.Panel,
            Terms = Pinned(_terms),
            Rows = count * elements,
            Order = Pinned(_order),
            OrderCount = _order.Length,
            Lanes = lanes,
        };
        int step = Step(lanes);
        int together = step == Product<T>.Panel ? _panelPlaces.Length : 1;
        for (int column = 0; column < columns; column += together * step, from.Source += together * step)
        {
            int panels = Math.Min(together, (columns - column + step - 1) / step);
            from.Count = panels * Product<T>.Panel; // what lies beyond the last column is not taken
            Product<T>.Multiply(rows, from, to, new ProductPart(first, rows.Panels, 0, panels), frame.Scratch);
            for (int j = 0; j < panels; j++)
            {
                int at = column + j * step;
                sum.Windows = windows + (skipped + _panelPlaces[j]) * Product<T>.Panel;
                AddWindows(sum, at, Math.Min(step, columns - at));
            }
        }
    }

    /// <summary>The rows of a block of channels, those of one place along the last axis after each other: their runs lie on different lines of the grid.</summary>
    private int[] Order()
    {
        int width = _shape.Window.Size[^1];
        int rows = AdjointBlock * _grid.Elements.Length;
        int[] order = GC.AllocateUninitializedArray<int>(rows, pinned: true);
        for (int i = 0; i < rows; i++)
        {
            order[i] = i / (rows / width) + i % (rows / width) * width;
        }

        return order;
    }

    /// <summary>Columns of a panel: whole positions where these are runs that do not meet.</summary>
    private int Step(int lanes) =>
        lanes >= T.Count && lanes <= Product<T>.Panel && _shape.Window.Stride[^1] > 1
            ? Product<T>.Panel / lanes * lanes
            : Product<T>.Panel;

    /// <summary>Adds a panel of windows into the grid, run by run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddWindows(WindowSum sum, int column, int width)
    {
        int lanes = sum.Lanes;
        double* grid = sum.Grid;
        for (int done = 0; done < width; done += sum.Count)
        {
            (int position, int lane) = Math.DivRem(column + done, lanes);
            sum.Count = lanes - lane;
            sum.Grid = grid + (nint)_places[position] * lanes + lane;
            for (; done + sum.Count < width && _places[position + 1] - _places[position] == 1; position++)
            {
                sum.Count += lanes;
            }

            sum.Count = Math.Min(sum.Count, width - done);
            WindowSums.Add<T>(sum);
            sum.Windows += sum.Count;
        }
    }

    /// <summary>dx = W^T dy where places and positions are one.</summary>
    private void AdjointPoints(in Frame frame)
    {
        int columns = _positions * frame.Lanes;
        int panels = Product<T>.Panels(columns);
        int* offsets = Multiples(_groupOutputs, columns, frame.Scratch + Product<T>.Scratch);
        for (int unit = frame.First; unit < frame.Last; )
        {
            int block = unit / panels;
            int last = Math.Min(frame.Last - block * panels, panels);
            ProductRows rows = Transposed(frame, block % _shape.Groups);
            ProductColumns from = new()
            {
                Source = frame.Dy + (nint)block * _groupOutputs * columns,
                Offsets = offsets,
                Lanes = 1,
                Count = columns,
            };
            ProductTarget to = new()
            {
                Start = frame.Dx(0) + (nint)block * _inner * columns,
                RowStride = columns,
                Lanes = 1,
                Adds = frame.Adds(0),
            };
            Product<T>.Multiply(
                rows,
                from,
                to,
                new ProductPart(0, rows.Panels, unit - block * panels, last),
                frame.Scratch
            );
            unit = block * panels + last;
        }
    }

    /// <summary>Places of terms for lanes.</summary>
    private static int* Terms(int[] terms, int lanes, double* room)
    {
        int* scaled = (int*)room;
        for (int k = 0; k < terms.Length; k++)
        {
            scaled[k] = terms[k] * lanes;
        }

        return scaled;
    }

    /// <summary>0, step, 2 step ...</summary>
    private static int* Multiples(int count, int step, double* room)
    {
        int* multiples = (int*)room;
        for (int k = 0; k < count; k++)
        {
            multiples[k] = k * step;
        }

        return multiples;
    }

    private static int* Pinned(int[] array) => (int*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref array[0]);

    /// <summary>Each number along a panel's width.</summary>
    private static AlignedMemory Lines(double[] numbers)
    {
        AlignedMemory lines = new(numbers.Length * Product<T>.Panel);
        for (int i = 0; i < lines.Length; i++)
        {
            lines.Start[i] = numbers[i / Product<T>.Panel];
        }

        return lines;
    }
}
