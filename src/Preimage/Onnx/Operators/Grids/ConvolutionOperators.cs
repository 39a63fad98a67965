using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Convolutions of any rank.</summary>
internal static class ConvolutionOperators
{
    public static Operator[] All =>
        [new("Conv", n => [Convolution(n)]), new("ConvTranspose", n => [TransposedConvolution(n)])];

    /// <summary>y = sum w x + b over a moving window.  x: [batch, channels, ...], w: [outputs, channels / groups, ...], b: [outputs].</summary>
    public static Value Convolve(NodeReader n, Value x, Value w, Value? b)
    {
        DemandGrid(n, x, w);
        int groups = Groups(n, x.Shape[1], w);

        PaddedWindow padded = WindowAttributes.Read(n, x, WindowAttributes.Size(n, w.Shape.AsSpan()[2..]));
        var shape = new Convolve(padded.Window, x.Shape[0], groups, x.Shape[1], w.Shape[0]);
        return Make(n, shape, x, w, b);
    }

    /// <summary>The same where the windows' elements are laid side by side already.  columns: [batch, channels, elements, positions].</summary>
    public static Value OverColumns(NodeReader n, Value columns, Value w, Value? b)
    {
        (int channels, int elements, int positions) = (columns.Shape[1], columns.Shape[2], columns.Shape[3]);
        int groups = Groups(n, channels, w);

        var window = new Window([elements, positions], [elements, 1], [1, 1], [1, 1], [0, 0], [1, positions]);
        return Make(n, new Convolve(window, columns.Shape[0], groups, channels, w.Shape[0]), columns, w, b);
    }

    private static Value Convolution(NodeReader n) => Convolve(n, n.Real(0), n.Real(1), n.Has(2) ? n.Real(2) : null);

    private static Value Make(NodeReader n, Convolve shape, Value x, Value w, Value? b)
    {
        if (b is not null && (b.Rank != 1 || b.Shape[0] != shape.OutputChannels))
        {
            throw n.Fail(
                $"has a bias of shape {Shapes.Text(b.Shape)} for {shape.OutputChannels} output channels, which does not fit"
            );
        }

        int[] result = n.Shape([shape.Batch, shape.OutputChannels, .. shape.Window.Positions.Select(p => (long)p)]);
        if (n.TryConstant(x) is not null && n.TryConstant(w) is not null)
        {
            n.SpendWork((long)Shapes.Product(result) * Math.Max(1, Shapes.Product(w.Shape.AsSpan(1))));
        }

        return new Value(n.Graph.Convolve(shape, x.Node, w.Node, b?.Node), result, x.Kind);
    }

    /// <summary>
    /// The adjoint of a convolution, which is one itself: over the grid with stride - 1 zeros between its elements and zeros around it,
    /// with the kernel turned around.  x: [batch, channels, ...], w: [channels, outputs / groups, ...].
    /// </summary>
    private static Value TransposedConvolution(NodeReader n)
    {
        Value x = n.Real(0);
        Value w = n.Real(1);
        DemandGrid(n, x, w);
        int channels = x.Shape[1];
        long groups = n.Int("group", 1);
        if (w.Shape[0] != channels || groups < 1 || channels % groups != 0)
        {
            throw n.Fail(
                $"has weights of shape {Shapes.Text(w.Shape)} for {channels} channels in {groups} groups, which does not fit"
            );
        }

        TransposedAxis[] axes = TransposedAxes.Read(n, x.Shape[2..], WindowAttributes.Size(n, w.Shape.AsSpan()[2..]));
        int outputs = checked(w.Shape[1] * (int)groups);
        Value spread = Spread(n, x, axes);
        int[] ones = [.. axes.Select(_ => 1)];
        var window = new Window(
            [.. spread.Shape[2..]],
            [.. w.Shape[2..]],
            [.. ones],
            [.. axes.Select(a => a.Dilation)],
            [.. axes.Select(_ => 0)],
            [.. axes.Select(a => a.Positions)]
        );
        n.SpendWork((long)window.ElementCount * window.PositionCount);
        var shape = new Convolve(window, x.Shape[0], (int)groups, channels, outputs);
        return Make(n, shape, spread, Turned(n, w, (int)groups), n.Has(2) ? n.Real(2) : null);
    }

    /// <summary>The grid on which the turned kernel moves by steps of one: elements Stride apart, zeros elsewhere.</summary>
    private static Value Spread(NodeReader n, Value x, TransposedAxis[] axes)
    {
        int[] shape = n.Shape([x.Shape[0], x.Shape[1], .. axes.Select(a => (long)a.Positions + a.Span - 1)]);
        int[]?[] places = [null, null, .. axes.Select(a => a.Places())];
        return Rearranging.Take(n, x, shape, places, Broadcasting.Number(n, 0));
    }

    /// <summary>w[channels, outputs / groups, ...] as [outputs, channels / groups, ... backwards].</summary>
    private static Value Turned(NodeReader n, Value w, int groups)
    {
        int perGroup = w.Shape[0] / groups;
        int outputs = w.Shape[1];
        int elements = Shapes.Product(w.Shape.AsSpan(2));
        int[] sources = new int[Shapes.Product(w.Shape)];
        n.Spend(sources.Length);
        int next = 0;
        for (int m = 0; m < groups * outputs; m++)
        {
            for (int c = 0; c < perGroup; c++)
            {
                int plane = (m / outputs * perGroup + c) * outputs + m % outputs;
                for (int k = elements - 1; k >= 0; k--)
                {
                    sources[next++] = plane * elements + k;
                }
            }
        }

        return new Value(n.Graph.Select(sources, w.Node), [groups * outputs, perGroup, .. w.Shape[2..]], w.Kind);
    }

    private static void DemandGrid(NodeReader n, Value x, Value w)
    {
        if (x.Rank < 3 || w.Rank != x.Rank)
        {
            throw n.Fail(
                $"convolves a tensor of shape {Shapes.Text(x.Shape)} with weights of shape {Shapes.Text(w.Shape)}, where both must have one rank, 3 or more"
            );
        }
    }

    private static int Groups(NodeReader n, int channels, Value w)
    {
        long groups = n.Int("group", 1);
        return
            groups >= 1
            && channels > 0
            && channels % groups == 0
            && w.Shape[0] % groups == 0
            && w.Shape[1] == channels / groups
            ? (int)groups
            : throw n.Fail(
                $"convolves {channels} channels in {groups} groups with weights of shape {Shapes.Text(w.Shape)}, which does not fit"
            );
    }
}
