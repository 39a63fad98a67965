using System.Numerics;
using System.Runtime.InteropServices;

namespace Preimage.Networks;

/// <summary>Arithmetic on short contiguous runs of numbers. Wide and narrow machines give the same bits: no sum crosses elements.</summary>
internal static class Lanes
{
    /// <summary>y += a x.  x, y: [one length].</summary>
    public static void AddScaled(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        int i = 0;
        if (y.Length >= Vector<double>.Count)
        {
            Span<Vector<double>> wideY = MemoryMarshal.Cast<double, Vector<double>>(y);
            ReadOnlySpan<Vector<double>> wideX = MemoryMarshal.Cast<double, Vector<double>>(x);
            var factor = new Vector<double>(a);
            for (int j = 0; j < wideY.Length; j++)
            {
                wideY[j] += factor * wideX[j];
            }

            i = wideY.Length * Vector<double>.Count;
        }

        for (; i < y.Length; i++)
        {
            y[i] += a * x[i];
        }
    }

    /// <summary>
    /// y += s x, where a derivative x of 0 stays 0 under a slope s that is not finite: what is not moved, or not seen, has no part in the result.
    /// x, y: [one length].
    /// </summary>
    public static void AddSlope(Span<double> y, double s, ReadOnlySpan<double> x)
    {
        if (double.IsFinite(s))
        {
            AddScaled(y, s, x);
            return;
        }

        for (int i = 0; i < y.Length; i++)
        {
            y[i] += x[i] == 0 ? 0 : s * x[i];
        }
    }

    /// <summary>y += x.  x, y: [one length].</summary>
    public static void Add(Span<double> y, ReadOnlySpan<double> x) => AddScaled(y, 1, x);

    /// <summary>Element i of a tensor that carries several derivatives side by side.  all: [size * lanes].</summary>
    public static Span<double> At(double[] all, int i, int lanes) => all.AsSpan(i * lanes, lanes);
}
