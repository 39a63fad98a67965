using System.Collections.Immutable;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Figures;

/// <summary>Reports of level sets, bands, foliations and crossings of maps whose shapes are known.</summary>
internal static class PlaneSamples
{
    public static RunRecord Run(string command, Signature? signature = null) =>
        Samples.Circle().Run with
        {
            Command = command,
            Signature = signature ?? Signature.Anonymous(2, 1),
        };

    public static Curve Circle(double x, double y, double radius, int count = 60) =>
        Samples.Curve(
            t => [x + radius * Math.Cos(2 * Math.PI * t), y + radius * Math.Sin(2 * Math.PI * t)],
            count,
            closed: true
        );

    public static Ring Ring(double x, double y, double radius, bool hole = false, int count = 80)
    {
        double sign = hole ? -1 : 1;
        double[] points =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => sign * 2 * Math.PI * i / count)
                .SelectMany(a => new[] { x + radius * Math.Cos(a), y + radius * Math.Sin(a) }),
        ];
        return new Ring([.. points], sign * Math.PI * radius * radius);
    }

    public static CriticalPoint Critical(
        double x,
        double y,
        CriticalKind kind,
        CriticalPlace place = CriticalPlace.Interior,
        Verdict verdict = Verdict.Proved
    ) =>
        new()
        {
            At = [x, y],
            Value = x * x + y * y,
            Kind = kind,
            Place = place,
            Verdict = verdict,
            Enclosure = new Cell([x - 1e-9, y - 1e-9], [x + 1e-9, y + 1e-9]),
            ValueLower = x * x + y * y - 1e-9,
            ValueUpper = x * x + y * y + 1e-9,
        };

    /// <summary>{ x^2 + y^2 = 0.25 } in a square, with its minimum and the corners.</summary>
    public static PlaneReport Level() =>
        new()
        {
            Run = Run("level"),
            Box = Box.Cube(2, -1, 1),
            Title = "Level set of compact.onnx at 0.25",
            Facts =
            [
                ("components", "1, proved"),
                ("length", "3.1415926535"),
                ("largest defect", "2.2e-16"),
                ("critical points", "9"),
                ("enclosures", "1234"),
                ("evaluations", "512"),
            ],
            Curves = [new(Circle(0, 0, 0.5), "level 0.25", 0.25)],
            CriticalPoints =
            [
                Critical(0, 0, CriticalKind.Minimum),
                Critical(1, 0, CriticalKind.Minimum, CriticalPlace.Edge),
                Critical(-1, 0, CriticalKind.Minimum, CriticalPlace.Edge),
                Critical(0, 1, CriticalKind.Minimum, CriticalPlace.Edge),
                Critical(0, -1, CriticalKind.Minimum, CriticalPlace.Edge),
                Critical(1, 1, CriticalKind.Maximum, CriticalPlace.Corner),
                Critical(-1, 1, CriticalKind.Maximum, CriticalPlace.Corner),
                Critical(1, -1, CriticalKind.Maximum, CriticalPlace.Corner),
                Critical(-1, -1, CriticalKind.Maximum, CriticalPlace.Corner),
            ],
            Field = Samples.Field(Box.Cube(2, -1, 1), (x, y) => x * x + y * y),
        };

    /// <summary>A disc with two holes, one of them with an island, and a small disc beside it.</summary>
    public static PlaneReport Band() =>
        new()
        {
            Run = Run("band", new Signature([new("V", "m3"), new("W", "m3")], [new("T", "K")])),
            Box = Box.Cube(2, -1, 1),
            Title = "Operating conditions with T between 480 and 520 K",
            Facts = [("area", "1.2345678"), ("certified", "1.23 to 1.24"), ("gap", "8.1e-4 of the box")],
            Region =
            [
                new RegionPart(
                    Ring(-0.2, 0, 0.7),
                    [Ring(-0.45, 0, 0.3, hole: true), Ring(0.25, 0.1, 0.15, hole: true)]
                ),
                new RegionPart(Ring(-0.45, 0, 0.1), []),
                new RegionPart(Ring(0.8, 0.8, 0.005), []),
            ],
            RegionName = "480 K to 520 K",
            Curves =
            [
                new(Circle(-0.2, 0, 0.7), "T = 480 K", 480),
                new(Circle(-0.45, 0, 0.3), "T = 520 K", 520),
                new(Circle(0.25, 0.1, 0.15), "T = 520 K", 520),
                new(Circle(-0.45, 0, 0.1), "T = 520 K", 520),
                new(Circle(0.8, 0.8, 0.005), "T = 480 K", 480),
            ],
        };

    public static PlaneReport BandOverField() =>
        Band() with
        {
            Field = Samples.Field(Box.Cube(2, -1, 1), (x, y) => 500 + 60 * Math.Sin(3 * x) * Math.Cos(4 * y)),
            Points = Scattered(5000, 0.65, (-0.2, 0)),
        };

    /// <summary>Twenty circles with a published recipe's dashed spiral beside them.</summary>
    public static PlaneReport Foliation()
    {
        PlaneCurve[] leaves =
        [
            .. Enumerable
                .Range(1, 20)
                .Select(i => new PlaneCurve(Circle(0, 0, 0.048 * i), "leaves", Math.Pow(0.048 * i, 2))),
        ];
        Curve lift = Samples.Curve(t => [0.03 + 0.93 * t, 0.02], 20) with
        {
            Start = Ending.Unknown,
            End = Ending.ReachedTarget,
        };
        Curve simexp = Samples.Curve(t => [0.03 + 0.9 * t, 0.02 + 0.05 * t * t], 100) with
        {
            Start = Ending.Unknown,
            End = Ending.BudgetSpent,
        };
        return Level() with
        {
            Run = Run(
                "foliate",
                new Signature([new("x", "m"), new("y", "m")], [new("energy density at the wall", "kJ m^-3")])
            ),
            Title = "Twenty fibers with evenly spaced outputs",
            Curves = [.. leaves, new(lift, "horizontal lift"), new(simexp, "published SiMExp", Beside: true)],
            CriticalPoints = [],
            Points = [new([0.03, 0.02], "start")],
        };
    }

    /// <summary>{ x^2 - y^2 = 0 }: four branches from a saddle, and what stays undecided.</summary>
    public static PlaneReport Saddle()
    {
        Curve Branch(double x, double y) =>
            Samples.Curve(t => [x * t, y * t], 12) with
            {
                Start = Ending.Singular,
                End = Ending.LeftBox,
            };
        return Level() with
        {
            Title = "A level through a saddle",
            Curves =
            [
                .. new[] { (1, 1), (-1, 1), (-1, -1), (1, -1) }.Select(p => new PlaneCurve(
                    Branch(p.Item1, p.Item2),
                    "level 0",
                    0
                )),
            ],
            CriticalPoints =
            [
                Critical(0, 0, CriticalKind.Saddle),
                Critical(0.6, 0.3, CriticalKind.Unknown, verdict: Verdict.Unknown),
                Critical(-0.6, 0.3, CriticalKind.Saddle, verdict: Verdict.Unknown),
                Critical(0.2, -0.7, CriticalKind.Maximum, verdict: Verdict.Unknown),
                Critical(-1, 0, CriticalKind.Unknown, CriticalPlace.Edge),
                Critical(1, 1, CriticalKind.Minimum, CriticalPlace.Corner),
            ],
            Undecided =
            [
                new Cell([0.3, 0.3], [0.3 + 1e-9, 0.3 + 1e-9]),
                new Cell([-0.8, -0.9], [-0.5, -0.7]),
                new Cell([0.999, -0.2], [1, -0.199]),
            ],
            Field = Samples.Field(Box.Cube(2, -1, 1), (x, y) => x * x - y * y),
        };
    }

    /// <summary>A start in a corner, a crossing near the frame, and the path between them.</summary>
    public static PlaneReport Crossing() =>
        Level() with
        {
            Run = Run("cross"),
            Title = "The nearest point of another class",
            Curves =
            [
                new(Circle(0, 0, 0.9), "border of the class"),
                new(Samples.Curve(t => [0.97 - 0.334 * t, 0.97 - 0.334 * t], 9), "minimum-norm path"),
            ],
            CriticalPoints = [],
            Points =
            [
                new([0.97, 0.97], "start: class 3 (setosa), margin 0.2143"),
                new([0.636, 0.636], "crossing, distance 0.4723"),
                new([-0.999, -0.999], "corner"),
            ],
        };

    public static PlaneReport Cloud() =>
        Level() with
        {
            Title = "Five thousand samples",
            Curves = [],
            Region = [new RegionPart(Ring(0, 0, 0.8), [])],
            CriticalPoints = [],
            Field = null,
            Points = Scattered(5000, 0.8, (0, 0)),
        };

    /// <summary>One input in tens of micrometres, the other in hundreds of kilopascals, with long names.</summary>
    public static PlaneReport Extreme() =>
        new()
        {
            Run = Run(
                "level",
                new Signature(
                    [
                        new("thickness of the oxide layer at the inner wall of the second heat exchanger", "m"),
                        new(
                            "pressure before the throttle, averaged over the last ten minutes of operation",
                            "kg m^-1 s^-2"
                        ),
                    ],
                    [
                        new(
                            "probability that the inspector finds a crack longer than the allowed length",
                            "percent of parts"
                        ),
                    ]
                )
            ),
            Box = new Box([0, 0], [1e-5, 1e5]),
            Title =
                "A level set in a box of ten micrometres by a hundred kilopascals, with a title that does not end where the sheet ends",
            Facts = [("components", "2, proved"), ("length", "100000.00000001")],
            Curves =
            [
                new(
                    Samples.Curve(t => [1e-5 * t, 1e5 * (0.3 + 0.2 * Math.Sin(6 * t))], 60),
                    "level 0.5 with a name that is longer than anything that one would like to read in a legend of a figure",
                    0.5
                ),
                new(Samples.Curve(t => [1e-5 * t, 1e5 * (0.6 + 0.2 * Math.Sin(6 * t))], 60), "level 0.7", 0.7),
            ],
            Points = [new([9.9e-6, 9.9e4], "start")],
        };

    /// <summary>A region of a thousandth of the box, and nothing else.</summary>
    public static PlaneReport Tiny() =>
        Level() with
        {
            Title = "A tiny region",
            Curves = [new(Circle(0.3, 0.4, 1e-3), "level 0.2500", 0.25)],
            Region = [new RegionPart(Ring(0.3, 0.4, 1e-3), [Ring(0.3, 0.4, 4e-4, hole: true)])],
            Field = null,
        };

    /// <summary>Proved to be empty: nothing but the box.</summary>
    public static PlaneReport Empty() =>
        Level() with
        {
            Title = "The level is never reached",
            Facts = [("components", "0, proved")],
            Curves = [],
            CriticalPoints = [],
            Field = null,
        };

    /// <summary>A thousand circles of a thousand points.</summary>
    public static PlaneReport Thousand() =>
        Level() with
        {
            Title = "A thousand curves",
            CriticalPoints = [],
            Curves =
            [
                .. Enumerable
                    .Range(1, 1000)
                    .Select(i => new PlaneCurve(Circle(0, 0, 0.00097 * i, 1000), "leaves", 0.00097 * i)),
            ],
        };

    private static ImmutableArray<PlanePoint> Scattered(int count, double radius, (double X, double Y) center)
    {
        // The golden angle fills a disc evenly.
        const double Golden = 2.399963229728653;
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    double r = radius * Math.Sqrt((i + 0.5) / count);
                    return new PlanePoint([center.X + r * Math.Cos(Golden * i), center.Y + r * Math.Sin(Golden * i)]);
                }),
        ];
    }
}
