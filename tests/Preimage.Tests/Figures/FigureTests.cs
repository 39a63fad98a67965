using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Figures;

public partial class FigureTests
{
    private const string Nasty = "<b>&\"\u0001</script>";

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, Func<FiberReport>> All { get; } =
        new(StringComparer.Ordinal)
        {
            ["circle"] = Samples.Circle,
            ["simec"] = Samples.WithSimec,
            ["parabola"] = Samples.Parabola,
            ["gas"] = Samples.Gas,
            ["tiny"] = Samples.Tiny,
            ["line"] = Samples.Line,
            ["helix"] = Samples.Helix,
            ["five"] = () => Samples.Many(5),
            ["forty"] = () => Samples.Many(40),
            ["point"] = Point,
            ["not finite"] = NotFinite,
            ["nasty"] = Named,
        };

    [Theory, MemberData(nameof(Names))]
    public void Svg_IsXmlWithoutNaN(string name)
    {
        foreach (string svg in new[] { SvgFigure.Text(All[name]()), SvgFigure.Profile(All[name]()) })
        {
            XElement root = XDocument.Parse(svg).Root!;
            Assert.Equal("svg", root.Name.LocalName);
            foreach (XElement element in root.Descendants().Where(e => e.Name.LocalName != "text"))
            {
                Assert.DoesNotContain(
                    element.Attributes(),
                    a =>
                        a.Value.Contains("NaN", StringComparison.Ordinal)
                        || a.Value.Contains("Infinity", StringComparison.Ordinal)
                        || a.Value.Contains('∞', StringComparison.Ordinal)
                );
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Svg_EverythingStandsOnTheSheet(string name)
    {
        XElement root = XDocument.Parse(SvgFigure.Text(All[name]())).Root!;
        double width = (double)root.Attribute("width")!;
        double height = (double)root.Attribute("height")!;
        foreach (XElement text in root.Descendants().Where(e => e.Name.LocalName == "text"))
        {
            Assert.InRange((double)text.Attribute("x")!, 0, width);
            Assert.InRange((double)text.Attribute("y")!, 0, height);
        }

        foreach (XElement path in root.Descendants().Where(e => e.Name.LocalName == "path"))
        {
            double[] numbers = [.. Number().Matches(path.Attribute("d")!.Value).Select(m => double.Parse(m.Value))];
            Assert.All(numbers.Where((_, i) => i % 2 == 0), x => Assert.InRange(x, 0, width));
            Assert.All(numbers.Where((_, i) => i % 2 == 1), y => Assert.InRange(y, 0, height));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Png_IsAWholePngOfTwiceTheSheetsSize(string name)
    {
        XElement root = XDocument.Parse(SvgFigure.Text(All[name]())).Root!;
        byte[] png = PngFigure.Bytes(All[name]());
        (int columns, int rows, byte[] lines) = PngReader.Decode(png);
        Assert.Equal(Math.Ceiling(2 * (double)root.Attribute("width")!), columns);
        Assert.Equal(Math.Ceiling(2 * (double)root.Attribute("height")!), rows);
        Assert.Equal(rows * (3 * columns + 1), lines.Length);
    }

    [Fact]
    public void Png_HasTheCurveWhereTheSvgHasIt()
    {
        (int columns, int rows, byte[] lines) = PngReader.Decode(PngFigure.Bytes(Samples.Circle()));
        int stride = 3 * columns + 1;
        for (int i = stride; i < lines.Length; i++)
        {
            // Every line but the first holds the difference to the one above it.
            lines[i] += (byte)(i % stride == 0 ? 0 : lines[i - stride]);
        }

        double[] numbers =
        [
            .. Number().Matches(Paths(Samples.Circle(), "fiber").Single()).Select(m => double.Parse(m.Value)),
        ];
        Assert.InRange(rows, 1, 4000);
        int vermilion = 0;
        for (int i = 0; i < numbers.Length; i += 6)
        {
            int at = (int)(2 * numbers[i + 1]) * stride + 1 + 3 * (int)(2 * numbers[i]);
            vermilion += lines[at] == 0xCC && lines[at + 1] == 0x2F && lines[at + 2] == 0x1B ? 1 : 0;
        }

        // All vertices but the few under the disc that marks the start.
        Assert.InRange(vermilion, 30, 36);
    }

    [Theory, MemberData(nameof(Names))]
    public void SameReport_SameBytes(string name)
    {
        Assert.Equal(SvgFigure.Text(All[name]()), SvgFigure.Text(All[name]()));
        Assert.Equal(PngFigure.Bytes(All[name]()), PngFigure.Bytes(All[name]()));
        Assert.Equal(HtmlPage.Text(All[name]()), HtmlPage.Text(All[name]()));
    }

    [Theory, MemberData(nameof(Names))]
    public void Html_FetchesNothingAndItsDataIsJson(string name)
    {
        string page = HtmlPage.Text(All[name]());
        Assert.DoesNotMatch(
            @"https?:|//[a-z]+\.|@import|<link|<iframe|\ssrc=|fetch\(|import\s*\(|XMLHttpRequest",
            page
        );
        Assert.All(
            Reference().Matches(page),
            m => Assert.StartsWith("data:image/png;base64,", m.Groups[1].Value, StringComparison.Ordinal)
        );
        string data = Data().Match(page).Groups[1].Value;
        using JsonDocument json = JsonDocument.Parse(data);
        Curve curve = All[name]().Fiber.Curve;
        Assert.Equal(curve.Dimension, json.RootElement.GetProperty("inputs").GetArrayLength());
        Assert.Equal(
            curve.Points.Length,
            json.RootElement.GetProperty("curves")[0].GetProperty("points").GetArrayLength()
        );
    }

    [Fact]
    public void Svg_CurveHasOneSegmentBetweenNeighbours()
    {
        Assert.Equal(35, Segments(Samples.Circle(), "fiber"));
        Assert.Equal(59, Segments(Samples.Parabola(), "fiber"));
        Assert.Equal(1, Segments(Samples.Line(), "fiber"));
        Assert.Equal(35, Segments(Samples.WithSimec(), "continuation"));
    }

    [Fact]
    public void Svg_ManyPoints_AreThinnedToWhatASheetShows()
    {
        FiberReport circle = Samples.Circle();
        Curve dense = Samples.Curve(
            t => [0.28 * Math.Cos(2 * Math.PI * t), 0.28 * Math.Sin(2 * Math.PI * t)],
            20000,
            closed: true
        );
        FiberReport report = circle with { Fiber = circle.Fiber with { Curve = dense } };
        Assert.InRange(Segments(report, "fiber"), 100, 2000);
        Assert.InRange(SvgFigure.Profile(report).Length, 1000, 200000);
    }

    [Fact]
    public void Svg_LabelsNameInputsOutputsAndUnits()
    {
        string[] texts = Texts(Samples.Gas());
        Assert.Contains("V [m³]", texts);
        Assert.Contains("P [10³ Pa]", texts);
        Assert.Contains("T [K]", texts);
        Assert.Contains("Isothermal of an ideal gas", texts);
        Assert.Contains(texts, t => t.StartsWith("open, both ends on the box · length ", StringComparison.Ordinal));
    }

    [Fact]
    public void Svg_NastyNames_AreEscaped()
    {
        FiberReport report = Named();
        string[] texts = Texts(report);
        Assert.Contains("<b>&\"\uFFFD</script>", texts);
        Assert.Single(Regex.Matches(HtmlPage.Text(report), "<script>"));
        Assert.DoesNotContain("<b>", HtmlPage.Text(report), StringComparison.Ordinal);
        Assert.DoesNotContain("&\"\u0001</script>", HtmlPage.Text(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_OfManyInputs_AreCappedAndSaySo()
    {
        string[] texts = Texts(Samples.Many(40));
        Assert.Contains("the 6 of 40 inputs that vary the most", texts);
        Assert.Equal(15, Paths(Samples.Many(40), "fiber").Count());
        Assert.Equal(10, Paths(Samples.Many(5), "fiber").Count());
    }

    [Fact]
    public void OneUnitAndLikeRanges_ShareAScale()
    {
        double[] d = Extent(Paths(Samples.Circle(), "fiber").Single());
        Assert.Equal(d[0], d[1], 0.2);
    }

    [Fact]
    public void Window_OfASpeck_ClosesInOnIt()
    {
        Box window = FigureWindow.Of(Samples.Tiny());
        Assert.InRange(window.Upper[0] - window.Lower[0], 3e-6, 1e-5);
        Assert.True(window.Contains([0.3, -0.2]));
        Assert.Equal(Box.Cube(2, -1, 1), FigureWindow.Of(Samples.Circle()));
    }

    [Fact]
    public void Report_ThatDoesNotFit_IsRefused()
    {
        FiberReport circle = Samples.Circle();
        FiberReport wrong = circle with { Run = circle.Run with { Signature = Signature.Anonymous(3, 1) } };
        Assert.Contains("names 3 inputs", Refusal(wrong), StringComparison.Ordinal);
        Assert.Contains("box has 3 inputs", Refusal(circle with { Box = Box.Cube(3, 0, 1) }), StringComparison.Ordinal);
        Assert.Contains(
            "\"helix\"",
            Refusal(circle with { Others = [new("helix", Samples.Helix().Fiber.Curve)] }),
            StringComparison.Ordinal
        );
        Assert.Contains("Output 1 of the field", Refusal(circle with { FieldOutput = 1 }), StringComparison.Ordinal);
    }

    [Fact]
    public void AnyScale_GivesAWholeFigure() =>
        Gen.Select(Gen.Double[-300, 300], Gen.Double[-300, 300], Gen.Double[-18, 3], Gen.Int[2, 4])
            .Sample(
                (first, second, relative, n) =>
                {
                    double[] center = [Math.Pow(10, first), -Math.Pow(10, second), 0, 1];
                    double[] P(double t) =>
                        [
                            .. Enumerable
                                .Range(0, n)
                                .Select(d =>
                                    center[d] + Math.Abs(center[d]) * Math.Pow(10, relative) * Math.Sin(6 * t + d)
                                ),
                        ];
                    Curve curve = Samples.Curve(P, 12);
                    Curve unit = curve with { Tangents = [.. curve.Tangents.Select(t => double.IsFinite(t) ? t : 0)] };
                    FiberReport report = Samples.Report("any", unit, Signature.Anonymous(n, 1), Box.Everything(n));
                    XElement root = XDocument.Parse(SvgFigure.Text(report)).Root!;
                    Assert.InRange(root.Descendants().Count(e => e.Name.LocalName == "text"), 4, 120);
                    Assert.DoesNotMatch(
                        "NaN|Infinity|∞",
                        string.Concat(root.Descendants().Attributes().Select(v => v.Value))
                    );
                    Assert.NotEmpty(PngFigure.Bytes(report));
                    Assert.Contains("</html>", HtmlPage.Text(report), StringComparison.Ordinal);
                },
                iter: 60
            );

    private static string Refusal(FiberReport report) =>
        Assert.Throws<ArgumentException>(() => SvgFigure.Text(report)).Message;

    private static FiberReport Point() =>
        Samples.Report(
            "A point",
            Samples.Curve(t => [0.1, 0.2 + t], 2) is var c
                ? c with
                {
                    Points = [0.1, 0.2],
                    Tangents = [1, 0],
                    Values = [3],
                    Defects = [0],
                    Curvatures = [0],
                    SingularValues = [0],
                    Start = Ending.Singular,
                    End = Ending.Singular,
                }
                : c,
            Signature.Anonymous(2, 1),
            Box.Everything(2)
        );

    private static FiberReport NotFinite()
    {
        FiberReport parabola = Samples.Parabola();
        Curve curve = parabola.Fiber.Curve;
        return parabola with
        {
            Fiber = parabola.Fiber with
            {
                Curve = curve with
                {
                    Points = [.. curve.Points.Select((p, i) => i == 40 ? double.NaN : p)],
                    Values = [.. curve.Values.Select((v, i) => i == 20 ? double.PositiveInfinity : v)],
                    Curvatures = [.. curve.Curvatures.Select((v, i) => i == 21 ? double.NaN : v)],
                    End = Ending.NotFinite,
                },
            },
            Field = parabola.Field! with
            {
                Values = [.. parabola.Field.Values.Select((v, i) => i % 97 == 0 ? double.NaN : v)],
            },
        };
    }

    private static FiberReport Named()
    {
        FiberReport circle = Samples.Circle();
        Signature signature = new([new(Nasty), new("x", Nasty)], [new(Nasty)]);
        return circle with
        {
            Title = Nasty,
            Name = Nasty,
            Others = [new(Nasty, circle.Fiber.Curve)],
            Run = circle.Run with { Signature = signature, ModelPath = Nasty, Settings = [new(Nasty, Nasty)] },
        };
    }

    private static string[] Texts(FiberReport report) =>
        [
            .. XDocument
                .Parse(SvgFigure.Text(report))
                .Descendants()
                .Where(e => e.Name.LocalName == "text")
                .Select(e => e.Value),
        ];

    private static IEnumerable<string> Paths(FiberReport report, string name) =>
        XDocument
            .Parse(SvgFigure.Text(report))
            .Descendants()
            .Where(e => (string?)e.Attribute("data-name") == name)
            .Select(e => e.Attribute("d")!.Value);

    private static int Segments(FiberReport report, string name) => Paths(report, name).Single().Count(c => c == 'C');

    private static double[] Extent(string path)
    {
        double[] numbers = [.. Number().Matches(path).Select(m => double.Parse(m.Value))];
        double[] x = [.. numbers.Where((_, i) => i % 2 == 0)];
        double[] y = [.. numbers.Where((_, i) => i % 2 == 1)];
        return [x.Max() - x.Min(), y.Max() - y.Min()];
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex("href=\"([^\"]{0,30})")]
    private static partial Regex Reference();

    [GeneratedRegex("id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();
}
