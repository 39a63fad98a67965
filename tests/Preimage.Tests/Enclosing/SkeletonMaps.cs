using Preimage.Enclosing;
using Preimage.Maps;

namespace Preimage.Tests.Enclosing;

/// <summary>A function of two variables as an interval function.</summary>
internal delegate Interval PlaneFunction(Interval x, Interval y);

/// <summary>Functions of the plane whose level sets are known, as maps and as enclosures of themselves.</summary>
internal static class SkeletonMaps
{
    /// <summary>x^2 + y^2: circles.</summary>
    public static ICurvedEnclosedMap Circle { get; } =
        Enclosure((x, y) => x.Square() + y.Square(), [(x, _) => x * 2, (_, y) => y * 2], [2, 0, 2]);

    /// <summary>x^2 - y^2: hyperbolas and a saddle.</summary>
    public static ICurvedEnclosedMap Saddle { get; } =
        Enclosure((x, y) => x.Square() - y.Square(), [(x, _) => x * 2, (_, y) => y * -2], [2, 0, -2]);

    /// <summary>x - y: straight lines.</summary>
    public static ICurvedEnclosedMap Line { get; } = Enclosure((x, y) => x - y, [(_, _) => 1, (_, _) => -1], [0, 0, 0]);

    /// <summary>3, everywhere.</summary>
    public static ICurvedEnclosedMap Constant { get; } = Enclosure((_, _) => 3, [(_, _) => 0, (_, _) => 0], [0, 0, 0]);

    /// <summary>((x - 1)^2 + y^2) ((x + 1)^2 + y^2): Cassini's ovals, two below 1, the lemniscate at 1, one above.</summary>
    public static ICurvedEnclosedMap Cassini { get; } =
        Enclosure(
            (x, y) => ((x - 1).Square() + y.Square()) * ((x + 1).Square() + y.Square()),
            [(x, y) => x * (x.Square() + y.Square() - 1) * 4, (x, y) => y * (x.Square() + y.Square() + 1) * 4],
            [
                (x, y) => (x.Square() * 3 + y.Square() - 1) * 4,
                (x, y) => x * y * 8,
                (x, y) => (x.Square() + y.Square() * 3 + 1) * 4,
            ]
        );

    /// <summary>|x| + |y|: diamonds, with kinks on the axes.</summary>
    public static ICurvedEnclosedMap Diamond { get; } =
        Enclosure(
            (x, y) => x.Absolute() + y.Absolute(),
            [(x, _) => Sign(x), (_, y) => Sign(y)],
            [(x, _) => Kink(x), (_, _) => 0, (_, y) => Kink(y)]
        );

    private static Interval Sign(Interval x) => new(x.Low > 0 ? 1 : -1, x.High < 0 ? -1 : 1);

    private static Interval Kink(Interval x) => x.Contains(0) ? Interval.Everything : Interval.Zero;

    /// <summary>sin(k x) sin(k y): islands in the squares of a chessboard, saddles at its vertices.</summary>
    public static ICurvedEnclosedMap Islands(double k) =>
        Enclosure(
            (x, y) => (x * k).Sin() * (y * k).Sin(),
            [(x, y) => (x * k).Cos() * (y * k).Sin() * k, (x, y) => (x * k).Sin() * (y * k).Cos() * k],
            [
                (x, y) => (x * k).Sin() * (y * k).Sin() * (-k * k),
                (x, y) => (x * k).Cos() * (y * k).Cos() * (k * k),
                (x, y) => (x * k).Sin() * (y * k).Sin() * (-k * k),
            ]
        );

    /// <summary>A function with its two first and three second derivatives (xx, xy, yy).</summary>
    public static ICurvedEnclosedMap Enclosure(PlaneFunction value, PlaneFunction[] first, PlaneFunction[] second) =>
        new FunctionEnclosure(
            2,
            1,
            (x, y) => y[0] = value(x[0], x[1]),
            (x, y) => (y[0], y[1]) = (first[0](x[0], x[1]), first[1](x[0], x[1])),
            (x, y) =>
            {
                Interval mixed = second[1](x[0], x[1]);
                (y[0], y[1], y[2], y[3]) = (second[0](x[0], x[1]), mixed, mixed, second[2](x[0], x[1]));
            }
        );

    /// <summary>The same with constant second derivatives.</summary>
    public static ICurvedEnclosedMap Enclosure(PlaneFunction value, PlaneFunction[] first, double[] second) =>
        Enclosure(value, first, [.. second.Select<double, PlaneFunction>(s => (_, _) => s)]);

    /// <summary>The enclosed function at points: the middle of its enclosure, which is as wide as its rounding.</summary>
    public static IMap ToMap(this IEnclosedMap enclosure) =>
        new FunctionMap(
            2,
            1,
            (x, y, j) =>
            {
                Interval[] value = new Interval[1];
                Interval[] jacobian = new Interval[2];
                enclosure.EncloseJacobian([x[0], x[1]], value, jacobian);
                y[0] = value[0].Middle;
                for (int i = 0; i < j.Length; i++)
                {
                    j[i] = jacobian[i].Middle;
                }
            }
        );

    public static Rectangle Square(double half) => new(-half, -half, half, half);
}
