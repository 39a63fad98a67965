namespace Preimage.Networks;

/// <summary>The meanings of <see cref="Pool"/>, from the window's table.</summary>
internal static class Pools
{
    /// <summary>y = pool(x). A window that sees nothing gives 0 as a sum, -infinity as a maximum.</summary>
    public static void Value(Pool pool, ReadOnlySpan<double> x, Span<double> y)
    {
        y.Fill(pool.Kind == Pooling.Maximum ? double.NegativeInfinity : 0);
        Window window = pool.Window;
        int positions = window.PositionCount;
        for (int k = 0; k < window.ElementCount; k++)
        {
            ReadOnlySpan<int> sources = window.SourcesOf(k);
            for (int i = 0; i < y.Length; i++)
            {
                int source = sources[i % positions];
                if (source >= 0)
                {
                    double element = x[i / positions * window.GridCount + source];
                    y[i] = pool.Kind == Pooling.Maximum ? Math.Max(y[i], element) : y[i] + element;
                }
            }
        }
    }

    /// <summary>dy += D pool(x) dx.  lanes innermost.</summary>
    public static void PushForward(Pool pool, Values at, double[] dx, double[] dy, int lanes) =>
        Visit(pool, at, (source, target) => Lanes.Add(Lanes.At(dy, target, lanes), Lanes.At(dx, source, lanes)));

    /// <summary>dx += D pool(x)^T dy.  lanes innermost.</summary>
    public static void PullBack(Pool pool, Values at, double[] dy, double[] dx, int lanes) =>
        Visit(pool, at, (source, target) => Lanes.Add(Lanes.At(dx, source, lanes), Lanes.At(dy, target, lanes)));

    /// <summary>All pairs of places with derivative 1.</summary>
    private static void Visit(Pool pool, Values at, Action<int, int> term)
    {
        Window window = pool.Window;
        int positions = window.PositionCount;
        for (int target = 0; target < at.Size; target++)
        {
            for (int k = 0; k < window.ElementCount; k++)
            {
                int place = window.SourcesOf(k)[target % positions];
                int source = target / positions * window.GridCount + place;
                if (place < 0 || (pool.Kind == Pooling.Maximum && at.Operands[0][source] != at.Result[target]))
                {
                    continue;
                }

                term(source, target);
                if (pool.Kind == Pooling.Maximum)
                {
                    break;
                }
            }
        }
    }
}
