using Preimage.Enclosing;

namespace Preimage.Tests.Enclosing;

/// <summary>Maps whose enclosures a person writes in a line, and whose bands have known volumes.</summary>
internal static class RelaxableMaps
{
    /// <summary>sum x_i^2.</summary>
    public static FunctionEnclosure SquareSum(int n) =>
        new(
            n,
            1,
            (x, y) =>
            {
                y[0] = Interval.Zero;
                foreach (Interval a in x)
                {
                    y[0] += a.Square();
                }
            },
            (x, j) =>
            {
                for (int i = 0; i < x.Length; i++)
                {
                    j[i] = x[i] * 2;
                }
            },
            (_, h) =>
            {
                h.Clear();
                for (int i = 0; i < n; i++)
                {
                    h[i * n + i] = 2;
                }
            }
        );

    /// <summary>slopes . x.</summary>
    public static FunctionEnclosure Linear(params double[] slopes) =>
        new(
            slopes.Length,
            1,
            (x, y) =>
            {
                y[0] = Interval.Zero;
                for (int i = 0; i < x.Length; i++)
                {
                    y[0] += x[i] * slopes[i];
                }
            },
            (_, j) =>
            {
                for (int i = 0; i < slopes.Length; i++)
                {
                    j[i] = slopes[i];
                }
            },
            (_, h) => h.Clear()
        );

    /// <summary>|x1| + |x2|, with Clarke's derivative.</summary>
    public static FunctionEnclosure Diamond { get; } =
        new(
            2,
            1,
            (x, y) => y[0] = x[0].Absolute() + x[1].Absolute(),
            (x, j) =>
            {
                for (int i = 0; i < 2; i++)
                {
                    j[i] =
                        x[i].Low > 0 ? 1
                        : x[i].High < 0 ? -1
                        : new Interval(-1, 1);
                }
            },
            (_, h) => h.Fill(Interval.Everything)
        );

    /// <summary>x1^2 - x2^2 and x1 x2: a map with two outputs.</summary>
    public static FunctionEnclosure ComplexSquare { get; } =
        new(
            2,
            2,
            (x, y) =>
            {
                y[0] = x[0].Square() - x[1].Square();
                y[1] = x[0] * x[1];
            },
            (x, j) =>
            {
                j[0] = x[0] * 2;
                j[1] = x[1] * -2;
                j[2] = x[1];
                j[3] = x[0];
            },
            (_, h) =>
            {
                h.Clear();
                h[0] = 2;
                h[3] = -2;
                h[5] = h[6] = 1;
            }
        );
}
