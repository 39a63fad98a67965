namespace Preimage.Networks.Compiled;

/// <content>Weights that are an operand, as those of a network that is being fitted.</content>
internal sealed unsafe partial class ConvolveKernel<T>
{
    /// <summary>Panels of the terms of dW.</summary>
    private int WeightPanels => Product<T>.Panels(_inner);

    /// <summary>W of a group.</summary>
    private ProductRows Weights(in Frame frame, int group)
    {
        ProductRows rows = new() { Count = _groupOutputs, Inner = _inner };
        if (_weights is null)
        {
            rows.Source = new(frame.X(1) + (nint)group * _groupOutputs * _inner, _inner, 1);
        }
        else
        {
            rows.Packed = _weights.Panels(out nint stride) + group * stride;
        }

        return rows;
    }

    /// <summary>W^T of a group.</summary>
    private ProductRows Transposed(in Frame frame, int group)
    {
        ProductRows rows = new() { Count = _inner, Inner = _groupOutputs };
        if (_transposed is null)
        {
            rows.Source = new(frame.X(1) + (nint)group * _groupOutputs * _inner, 1, _inner);
        }
        else
        {
            rows.Packed = _transposed.Panels(out nint stride) + group * stride;
        }

        return rows;
    }

    /// <summary>dy = W dX + dW X.</summary>
    private void TangentOfBoth(in Frame frame)
    {
        Frame whole = frame;
        (whole.First, whole.Last) = (0, _shape.Batch * _shape.Groups * Product<T>.Panels(_positions * frame.Lanes));
        if (frame.Dx(0) is not null)
        {
            Apply(whole, frame.Dx(0), frame.Dy, null);
        }

        for (int lane = 0; lane < frame.Lanes && frame.Dx(1) is not null; lane++)
        {
            for (int block = 0; block < _shape.Batch * _shape.Groups; block++)
            {
                TangentOfWeights(frame, block, lane);
            }
        }
    }

    /// <summary>dy += dW X of one lane, for one group of one sample.</summary>
    private void TangentOfWeights(in Frame frame, int block, int lane)
    {
        int lanes = frame.Lanes;
        int group = block % _shape.Groups;
        int* places = Multiples(_positions, lanes, frame.Scratch + Product<T>.Scratch);
        ProductRows rows = new()
        {
            Source = new(frame.Dx(1) + (nint)group * _groupOutputs * _inner * lanes + lane, _inner * lanes, lanes),
            Count = _groupOutputs,
            Inner = _inner,
        };
        ProductColumns windows = new()
        {
            Source = frame.X(0) + (nint)block * _groupInputs * _gridCount,
            Offsets = Pinned(_terms),
            Places = Pinned(_places),
            Lanes = 1,
            Count = _positions,
        };
        ProductTarget to = new()
        {
            Start = frame.Dy + (nint)block * _groupOutputs * _positions * lanes + lane,
            RowStride = (nint)_positions * lanes,
            Places = places,
            Lanes = 1,
            Adds = frame.Dx(0) is not null,
        };
        Product<T>.Multiply(
            rows,
            windows,
            to,
            new ProductPart(0, rows.Panels, 0, Product<T>.Panels(_positions)),
            frame.Scratch
        );
    }

    /// <summary>dW = dy X^T, summed over samples: some panels of terms of some groups.</summary>
    private void AdjointWeights(in Frame frame)
    {
        for (int unit = frame.First; unit < frame.Last; )
        {
            (int group, int first) = Math.DivRem(unit, WeightPanels);
            int last = Math.Min(first + frame.Last - unit, WeightPanels);
            for (int lane = 0; lane < frame.Lanes; lane++)
            {
                AdjointOfGroup(frame, (group, lane), (first, last));
            }

            unit += last - first;
        }
    }

    private void AdjointOfGroup(in Frame frame, (int Group, int Lane) of, (int First, int Last) panels)
    {
        int lanes = frame.Lanes;
        int* places = Multiples(_inner, lanes, frame.Scratch + Product<T>.Scratch);
        ProductTarget to = new()
        {
            Start = frame.Dx(1) + (nint)of.Group * _groupOutputs * _inner * lanes + of.Lane,
            RowStride = (nint)_inner * lanes,
            Places = lanes == 1 ? null : places,
            Lanes = 1,
            Adds = frame.Adds(1),
        };
        for (int sample = 0; sample < _shape.Batch; sample++, to.Adds = true)
        {
            nint block = (nint)sample * _shape.Groups + of.Group;
            ProductRows rows = new()
            {
                Source = new(
                    frame.Dy + block * _groupOutputs * _positions * lanes + of.Lane,
                    _positions * lanes,
                    lanes
                ),
                Count = _groupOutputs,
                Inner = _positions,
            };
            ProductColumns windows = new()
            {
                Source = frame.X(0) + block * _groupInputs * _gridCount,
                Offsets = Pinned(_places),
                Places = Pinned(_terms),
                Lanes = 1,
                Count = _inner,
            };
            Product<T>.Multiply(
                rows,
                windows,
                to,
                new ProductPart(0, rows.Panels, panels.First, panels.Last),
                frame.Scratch
            );
        }
    }
}
