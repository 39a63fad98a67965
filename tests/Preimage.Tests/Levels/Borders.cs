using CsCheck;
using Preimage.Enclosing;
using Preimage.Maps;

namespace Preimage.Tests.Levels;

/// <summary>g as a map and over boxes.</summary>
internal sealed record Border(IMap Map, IEnclosedMap Enclosure);

/// <summary>Borders whose nearest points are known, and random ones.</summary>
internal static class Borders
{
    public delegate double Value(ReadOnlySpan<double> x, Span<double> gradient);

    /// <summary>Encloses g and writes an enclosure of its gradient.</summary>
    public delegate Interval Enclosure(ReadOnlySpan<Interval> x, Span<Interval> gradient);

    /// <summary>a x^2 + b y^2 - c.</summary>
    public static Border Quadratic(double a, double b, double c) =>
        Of(
            2,
            (x, g) =>
            {
                (g[0], g[1]) = (2 * a * x[0], 2 * b * x[1]);
                return a * x[0] * x[0] + b * x[1] * x[1] - c;
            },
            (x, g) =>
            {
                (g[0], g[1]) = (x[0] * (2 * a), x[1] * (2 * b));
                return x[0].Square() * a + x[1].Square() * b - c;
            },
            (_, h) => (h[0], h[1], h[2], h[3]) = (2 * a, 0, 0, 2 * b)
        );

    /// <summary>a . x - c.</summary>
    public static Border Plane(double c, params double[] a) =>
        Of(
            a.Length,
            (x, g) =>
            {
                double sum = -c;
                for (int i = 0; i < a.Length; i++)
                {
                    g[i] = a[i];
                    sum += a[i] * x[i];
                }

                return sum;
            },
            (x, g) =>
            {
                Interval sum = -c;
                for (int i = 0; i < a.Length; i++)
                {
                    g[i] = a[i];
                    sum += x[i] * a[i];
                }

                return sum;
            },
            (_, h) => h.Clear()
        );

    /// <summary>|x - a|^2 - r^2: a disc by its middle and radius.</summary>
    public static Border Disc(double a, double b, double radius) =>
        Of(
            2,
            (x, g) =>
            {
                (g[0], g[1]) = (2 * (x[0] - a), 2 * (x[1] - b));
                return Square(x[0] - a) + Square(x[1] - b) - Square(radius);
            },
            (x, g) =>
            {
                (g[0], g[1]) = ((x[0] - a) * 2, (x[1] - b) * 2);
                return (x[0] - a).Square() + (x[1] - b).Square() - Square(radius);
            },
            (_, h) => (h[0], h[1], h[2], h[3]) = (2, 0, 0, 2)
        );

    /// <summary>
    /// (p + 20 p^2) q with p = |x - a|^2 - r^2 and q = |x - b|^2 - s^2: two discs, the last entry of each its radius; the first is felt from farther.
    /// </summary>
    public static Border Discs(double[] first, double[] second) =>
        Of(
            2,
            (x, g) =>
            {
                double p = Square(x[0] - first[0]) + Square(x[1] - first[1]) - Square(first[2]);
                double q = Square(x[0] - second[0]) + Square(x[1] - second[1]) - Square(second[2]);
                double far = p + 20 * p * p;
                for (int i = 0; i < 2; i++)
                {
                    g[i] = (1 + 40 * p) * 2 * (x[i] - first[i]) * q + 2 * (x[i] - second[i]) * far;
                }

                return far * q;
            },
            (x, g) =>
            {
                Interval p = (x[0] - first[0]).Square() + (x[1] - first[1]).Square() - Square(first[2]);
                Interval q = (x[0] - second[0]).Square() + (x[1] - second[1]).Square() - Square(second[2]);
                Interval far = p + p.Square() * 20;
                for (int i = 0; i < 2; i++)
                {
                    g[i] = (p * 40 + 1) * (x[i] - first[i]) * 2 * q + (x[i] - second[i]) * 2 * far;
                }

                return far * q;
            }
        );

    /// <summary>|x| + |y| - 1, with Clarke's derivative at its kinks.</summary>
    public static Border Diamond { get; } =
        Of(
            2,
            (x, g) =>
            {
                (g[0], g[1]) = (x[0] < 0 ? -1 : 1, x[1] < 0 ? -1 : 1);
                return Math.Abs(x[0]) + Math.Abs(x[1]) - 1;
            },
            (x, g) =>
            {
                for (int i = 0; i < 2; i++)
                {
                    g[i] =
                        x[i].Low > 0 ? 1
                        : x[i].High < 0 ? -1
                        : new Interval(-1, 1);
                }

                return x[0].Absolute() + x[1].Absolute() - 1;
            }
        );

    /// <summary>Random sigmoid networks inputs-hidden-1 with a level inside their range.</summary>
    public static Gen<Border> Networks(int inputs, int hidden) =>
        Gen.Double[-1, 1].Array[hidden * (inputs + 2) + 1].Select(numbers => Network(inputs, hidden, numbers));

    private static Border Network(int inputs, int hidden, double[] numbers)
    {
        RandomNetwork network = new(inputs, hidden, numbers);
        return Of(inputs, network.Value, network.Enclose, network.Bend);
    }

    /// <summary>c + sum of b_h (sigmoid(w_h . x + a_h) - 1/2), with steep weights.</summary>
    private sealed class RandomNetwork(int inputs, int hidden, double[] numbers)
    {
        private const double Steepness = 4;

        public double Value(ReadOnlySpan<double> x, Span<double> g)
        {
            g.Clear();
            double sum = 0.3 * numbers[^1];
            for (int h = 0; h < hidden; h++)
            {
                double z = numbers[hidden * inputs + h];
                for (int i = 0; i < inputs; i++)
                {
                    z += Weight(h, i) * x[i];
                }

                double s = 1 / (1 + Math.Exp(-z)) - 0.5;
                sum += Outer(h) * s;
                for (int i = 0; i < inputs; i++)
                {
                    g[i] += Outer(h) * (0.25 - s * s) * Weight(h, i);
                }
            }

            return sum;
        }

        public Interval Enclose(ReadOnlySpan<Interval> x, Span<Interval> g)
        {
            g.Clear();
            Interval sum = Interval.Of(0.3) * numbers[^1];
            for (int h = 0; h < hidden; h++)
            {
                Interval s = Centred(Inner(x, h));
                sum += s * Outer(h);
                for (int i = 0; i < inputs; i++)
                {
                    g[i] += (0.25 - s.Square()) * Outer(h) * Weight(h, i);
                }
            }

            return sum;
        }

        public void Bend(ReadOnlySpan<Interval> x, Span<Interval> second)
        {
            second.Clear();
            for (int h = 0; h < hidden; h++)
            {
                Interval s = Centred(Inner(x, h));
                Interval bend = s * -2 * (0.25 - s.Square()) * Outer(h);
                for (int k = 0; k < second.Length; k++)
                {
                    second[k] += bend * Weight(h, k / inputs) * Weight(h, k % inputs);
                }
            }
        }

        /// <summary>Exact: a power of two times a number.</summary>
        private double Weight(int h, int i) => Steepness * numbers[h * inputs + i];

        private double Outer(int h) => numbers[hidden * (inputs + 1) + h];

        private Interval Inner(ReadOnlySpan<Interval> x, int h)
        {
            Interval z = numbers[hidden * inputs + h];
            for (int i = 0; i < inputs; i++)
            {
                z += x[i] * Weight(h, i);
            }

            return z;
        }
    }

    /// <summary>sigmoid(z) - 1/2, widened far beyond the error of Math.Exp.</summary>
    private static Interval Centred(Interval z) =>
        new Interval(1 / (1 + Math.Exp(-z.Low)), 1 / (1 + Math.Exp(-z.High))).Widen(64) - 0.5;

    /// <summary>A border without second derivatives where these are not given.</summary>
    public static Border Of(int inputs, Value value, Enclosure enclosure, BoxFunction? second = null)
    {
        FunctionMap map = new(inputs, 1, (x, y, j) => y[0] = value(x, j));
        FunctionEnclosure boxes = new(
            inputs,
            1,
            (x, y) => y[0] = enclosure(x, new Interval[inputs]),
            (x, j) => enclosure(x, j),
            second ?? ((_, h) => h.Fill(Interval.Everything))
        );
        return new Border(map, boxes);
    }

    private static double Square(double x) => x * x;
}
