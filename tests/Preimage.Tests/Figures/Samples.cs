using System.Collections.Immutable;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Figures;

/// <summary>Curves with known shapes, as a tracer would give them, with reports around them.</summary>
internal static class Samples
{
    /// <summary>p(t) with unit tangents by central differences, t from 0 to 1; a closed curve stops before it repeats its first point.</summary>
    public static Curve Curve(
        Func<double, double[]> p,
        int count,
        bool closed = false,
        int outputs = 1,
        double defect = 1.1e-16
    )
    {
        int n = p(0).Length;
        List<double> points = [];
        List<double> tangents = [];
        for (int i = 0; i < count; i++)
        {
            double t = (double)i / (closed ? count : count - 1);
            const double Step = 1e-5;
            double[] direction = [.. p(t + Step).Zip(p(t - Step), (a, b) => a - b)];
            double length = Math.Sqrt(direction.Sum(v => v * v));
            points.AddRange(p(t));
            tangents.AddRange(direction.Select(v => v / length));
        }

        Ending ending = closed ? Ending.Closed : Ending.LeftBox;
        return new Curve
        {
            Dimension = n,
            Outputs = outputs,
            Points = [.. points],
            Tangents = [.. tangents],
            Values =
            [
                .. Enumerable.Range(0, count * outputs).Select(i => 0.1525 + 0.1 * (i % outputs) + defect * (i % 3)),
            ],
            Defects = [.. Enumerable.Range(0, count).Select(i => defect * (i % 3))],
            Curvatures = [.. Enumerable.Range(0, count).Select(i => 3.5 + Math.Sin(0.2 * i))],
            SingularValues =
            [
                .. Enumerable
                    .Range(0, count * outputs)
                    .Select(i => (0.3 + 0.1 * Math.Cos(0.1 * i)) / (1 + 9 * (i % outputs))),
            ],
            Start = ending,
            End = ending,
        };
    }

    public static FiberReport Report(
        string title,
        Curve curve,
        Signature signature,
        Box box,
        ImmutableArray<double> start = default
    ) =>
        new()
        {
            Title = title,
            Box = box,
            Start = start.IsDefault ? [.. curve.Point(curve.Count / 3)] : start,
            Fiber = new Fiber
            {
                Curve = curve,
                Target = [.. curve.Value(0)],
                PseudoLength = 3.2e-16,
                Evaluations = 525,
                Rejections = 2,
                RankTolerance = 4.4e-16,
            },
            Run = new RunRecord
            {
                Command = "trace",
                ModelPath = "models/compact.onnx",
                ModelHash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                Signature = signature,
                Settings =
                [
                    new("recipe", "continuation"),
                    new("chord", 1e-4),
                    new("box", [-1, 1, -1, 1]),
                    new("both directions", true),
                ],
                Seconds = 0.0123,
                Version = "0.1.0",
            },
        };

    public static Field Field(Box window, Func<double, double, double> f, int nodes = 81)
    {
        double[] x =
        [
            .. Enumerable
                .Range(0, nodes)
                .Select(i => window.Lower[0] + (window.Upper[0] - window.Lower[0]) * i / (nodes - 1)),
        ];
        double[] y =
        [
            .. Enumerable
                .Range(0, nodes)
                .Select(i => window.Lower[1] + (window.Upper[1] - window.Lower[1]) * i / (nodes - 1)),
        ];
        return new Field
        {
            X = [.. x],
            Y = [.. y],
            Values = [.. from b in y from a in x select f(a, b)],
        };
    }

    public static FiberReport Circle()
    {
        double[] P(double t) => [0.28 * Math.Cos(2 * Math.PI * t), 0.28 * Math.Sin(2 * Math.PI * t)];
        Box box = Box.Cube(2, -1, 1);
        return Report(
            "Fiber of compact.onnx through (0.2, 0.2)",
            Curve(P, 35, closed: true),
            Signature.Anonymous(2, 1),
            box
        ) with
        {
            Field = Field(box, (x, y) => Math.Exp(x * x + y * y - 2)),
        };
    }

    public static FiberReport WithSimec()
    {
        FiberReport circle = Circle();
        double[] P(double t) =>
            [(0.28 + 0.03 * t) * Math.Cos(2 * Math.PI * t), (0.28 + 0.03 * t) * Math.Sin(2 * Math.PI * t)];
        Curve simec = Curve(P, 200, defect: 1e-3) with { Start = Ending.Unknown, End = Ending.BudgetSpent };
        return circle with { Name = "continuation", Others = [new("published SiMEC", simec)] };
    }

    public static FiberReport Parabola()
    {
        double[] P(double t) => [-1 + 2 * t, 0.3125 - (-1 + 2 * t) * (-1 + 2 * t)];
        Box box = Box.Cube(2, -1, 1);
        return Report("Open fiber", Curve(P, 60), Signature.Anonymous(2, 1), box) with
        {
            Field = Field(box, (x, y) => Math.Exp(x * x + y - 2)),
        };
    }

    public static FiberReport Gas()
    {
        double[] P(double t) => [0.025 + 0.025 * t, 5000 / (0.025 + 0.025 * t)];
        Signature signature = new([new("V", "m3"), new("P", "Pa")], [new("T", "K")]);
        Box box = new([0.025, 1e5], [0.075, 2e5]);
        Curve curve = Curve(P, 50);
        curve = curve with
        {
            Values = [.. curve.Values.Select(_ => 601.3952369497233)],
            Defects = [.. curve.Defects.Select((_, i) => i % 4 == 0 ? 0 : 1.137e-13)],
        };
        return Report("Isothermal of an ideal gas", curve, signature, box) with
        {
            Field = Field(box, (v, p) => p * v / 8.314),
        };
    }

    public static FiberReport Tiny()
    {
        double[] P(double t) => [0.3 + 1e-6 * Math.Cos(2 * Math.PI * t), -0.2 + 1e-6 * Math.Sin(2 * Math.PI * t)];
        return Report("A tiny fiber", Curve(P, 40, closed: true), Signature.Anonymous(2, 1), Box.Cube(2, -1, 1));
    }

    public static FiberReport Line() =>
        Report("A straight fiber", Curve(t => [-1 + 2 * t, 0.5 - t], 2), Signature.Anonymous(2, 1), Box.Everything(2));

    public static FiberReport Helix()
    {
        double[] P(double t) => [0.7 * Math.Cos(14 * t), 0.7 * Math.Sin(14 * t), -1 + 2 * t];
        Signature signature = new([new("temperature", "K"), new("y"), new("z", "m")], [new("u"), new("v")]);
        return Report("A helix", Curve(P, 120, outputs: 2), signature, Box.Cube(3, -1, 1));
    }

    public static FiberReport Many(int n)
    {
        double[] P(double t) =>
            [.. Enumerable.Range(0, n).Select(d => Math.Sin((d + 1) * 2 * t + d) * (d % 2 == 0 ? 1 : 40))];
        return Report(
            $"A curve in {n} inputs",
            Curve(P, 90, outputs: n - 1),
            Signature.Anonymous(n, n - 1),
            Box.Everything(n)
        );
    }
}
