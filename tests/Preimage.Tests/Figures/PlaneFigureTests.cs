using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Figures;

/// <summary>What holds for every figure of what was found on a plane.</summary>
public partial class PlaneFigureTests
{
    private const string Nasty = "<b>&\"\u0001</script>";

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, Func<PlaneReport>> All { get; } =
        new(StringComparer.Ordinal)
        {
            ["level"] = PlaneSamples.Level,
            ["band"] = PlaneSamples.Band,
            ["band over field"] = PlaneSamples.BandOverField,
            ["foliation"] = PlaneSamples.Foliation,
            ["saddle"] = PlaneSamples.Saddle,
            ["crossing"] = PlaneSamples.Crossing,
            ["cloud"] = PlaneSamples.Cloud,
            ["extreme"] = PlaneSamples.Extreme,
            ["tiny"] = PlaneSamples.Tiny,
            ["empty"] = PlaneSamples.Empty,
            ["nasty"] = Named,
            ["not finite"] = NotFinite,
        };

    [Theory, MemberData(nameof(Names))]
    public void Svg_IsXmlOnItsSheetWithoutNaN(string name)
    {
        XElement root = XDocument.Parse(SvgFigure.Text(All[name]())).Root!;
        double width = (double)root.Attribute("width")!;
        double height = (double)root.Attribute("height")!;
        Assert.DoesNotMatch("NaN|Infinity|∞", string.Concat(root.Descendants().Attributes().Select(a => a.Value)));
        foreach (XElement text in root.Descendants().Where(e => e.Name.LocalName == "text"))
        {
            Assert.InRange((double)text.Attribute("x")!, 0, width);
            Assert.InRange((double)text.Attribute("y")!, 0, height);
        }

        foreach (XElement path in root.Descendants().Where(e => e.Name.LocalName == "path"))
        {
            string data = path.Attribute("d")!.Value.Replace("h0", "", StringComparison.Ordinal);
            double[] numbers = [.. Number().Matches(data).Select(m => double.Parse(m.Value))];
            Assert.All(numbers.Where((_, i) => i % 2 == 0), x => Assert.InRange(x, 0, width));
            Assert.All(numbers.Where((_, i) => i % 2 == 1), y => Assert.InRange(y, 0, height));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Png_IsAWholePngOfTwiceTheSheetsSize(string name)
    {
        XElement root = XDocument.Parse(SvgFigure.Text(All[name]())).Root!;
        (int columns, int rows, byte[] lines) = PngReader.Decode(PngFigure.Bytes(All[name]()));
        Assert.Equal(Math.Ceiling(2 * (double)root.Attribute("width")!), columns);
        Assert.Equal(Math.Ceiling(2 * (double)root.Attribute("height")!), rows);
        Assert.Equal(rows * (3 * columns + 1), lines.Length);
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
        PlaneReport report = All[name]();
        string page = HtmlPage.Text(report);
        Assert.DoesNotMatch(
            @"https?:|//[a-z]+\.|@import|<link|<iframe|\ssrc=|fetch\(|import\s*\(|XMLHttpRequest",
            page
        );
        Assert.Single(Regex.Matches(page, "<script>"));
        Assert.Contains("<svg id=\"plane\"", page, StringComparison.Ordinal);
        Assert.Contains("<table id=\"record\">", page, StringComparison.Ordinal);
        Assert.Equal(report.Field is not null, page.Contains("<canvas id=\"surface\"", StringComparison.Ordinal));
        using JsonDocument json = JsonDocument.Parse(Data().Match(page).Groups[1].Value);
        JsonElement root = json.RootElement;
        Assert.Equal(2, root.GetProperty("inputs").GetArrayLength());
        Assert.Equal(report.Curves.Length, root.GetProperty("curves").GetArrayLength());
        Assert.Equal(
            report.CriticalPoints.Length + report.Undecided.Length + report.Points.Count(p => p.Label.Length > 0),
            root.GetProperty("marks").GetArrayLength()
        );
        Assert.Equal(report.Field is not null, root.TryGetProperty("surface", out JsonElement surface));
        if (report.Field is { } field)
        {
            Assert.Equal(field.Values.Length, surface.GetProperty("values").GetArrayLength());
            Assert.Equal(3, surface.GetProperty("axes").GetArrayLength());
        }
    }

    [Fact]
    public void NastyNames_AreEscaped()
    {
        string page = HtmlPage.Text(Named());
        Assert.Contains("<b>&\"\uFFFD</script>", Texts(Named()));
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("&\"\u0001</script>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_StandInTheHeadingAndInTheTable()
    {
        Assert.Contains(
            Texts(PlaneSamples.Level()),
            t => t.StartsWith("components 1, proved · length 3.1415926535 · ", StringComparison.Ordinal)
        );
        Assert.Contains(
            "<tr><th>enclosures</th><td>1234</td></tr>",
            HtmlPage.Text(PlaneSamples.Level()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Fiber_WithItsField_HasASurfaceToo()
    {
        Assert.Contains("<canvas id=\"surface\"", HtmlPage.Text(Samples.Circle()), StringComparison.Ordinal);
        Assert.DoesNotContain("<canvas", HtmlPage.Text(Samples.Tiny()), StringComparison.Ordinal);
        Assert.DoesNotContain("<canvas id=\"surface\"", HtmlPage.Text(Samples.Helix()), StringComparison.Ordinal);
    }

    [Fact]
    public void Surface_LiftsCurvesInPiecesOfAboutACell()
    {
        PlaneReport crossing = PlaneSamples.Crossing();
        Curve chord = Samples.Curve(t => [-0.9 + 1.8 * t, 0.1], 2);
        double[] line = Line(crossing with { Curves = [new(chord, "chord")] }, 0);
        Assert.InRange(line.Length / 2, 80, 100);
        for (int i = 0; i < line.Length; i += 2)
        {
            Assert.InRange(line[i], i == 0 ? 0 : line[i - 2], (i == 0 ? 0.05 : line[i - 2]) + 1.0 / 80);
            Assert.Equal(0.55, line[i + 1], 1e-5);
        }
    }

    [Fact]
    public void Surface_OfAThousandCurves_LiftsAFewOfThem()
    {
        PlaneReport level = PlaneSamples.Level();
        PlaneCurve[] many =
        [
            .. Enumerable
                .Range(1, 500)
                .Select(i => new PlaneCurve(PlaneSamples.Circle(0, 0, 0.001 * i, 12), "leaves", i)),
        ];
        string page = HtmlPage.Text(level with { Curves = [.. many] });
        Assert.InRange(Regex.Count(page, "\"line\":"), 50, 120);
    }

    [Fact]
    public void Report_ThatDoesNotFit_IsRefused()
    {
        PlaneReport level = PlaneSamples.Level();
        Assert.Contains(
            "the box has 3 inputs",
            Refusal(level with { Box = Box.Cube(3, 0, 1) }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "signature names 3 inputs",
            Refusal(level with { Run = PlaneSamples.Run("level", Signature.Anonymous(3, 1)) }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"helix\" has 3 inputs",
            Refusal(level with { Curves = [new(Samples.Helix().Fiber.Curve, "helix")] }),
            StringComparison.Ordinal
        );
        Assert.Contains("of 0 inputs", Refusal(level with { Points = [new([])] }), StringComparison.Ordinal);
        Assert.Contains(
            "of 3 inputs",
            Refusal(level with { Undecided = [new([0, 0, 0], [1, 1, 1])] }),
            StringComparison.Ordinal
        );
    }

    private static double[] Line(PlaneReport report, int curve)
    {
        using JsonDocument json = JsonDocument.Parse(Data().Match(HtmlPage.Text(report)).Groups[1].Value);
        JsonElement line = json.RootElement.GetProperty("curves")[curve].GetProperty("line");
        return [.. line.EnumerateArray().Select(v => v.GetDouble())];
    }

    private static string Refusal(PlaneReport report) =>
        Assert.Throws<ArgumentException>(() => SvgFigure.Text(report)).Message;

    private static PlaneReport Named()
    {
        PlaneReport level = PlaneSamples.Saddle();
        Signature signature = new([new(Nasty), new("x", Nasty)], [new(Nasty)]);
        return level with
        {
            Title = Nasty,
            Facts = [(Nasty, Nasty)],
            RegionName = Nasty,
            Region = [new RegionPart(PlaneSamples.Ring(0, 0, 0.2), [])],
            Curves = [new(PlaneSamples.Circle(0, 0, 0.5), Nasty, 1), new(PlaneSamples.Circle(0, 0, 0.6), "b", 2)],
            Points = [new([0.1, 0.1], Nasty)],
            Run = PlaneSamples.Run(Nasty, signature) with { ModelPath = Nasty, Settings = [new(Nasty, Nasty)] },
        };
    }

    /// <summary>A curve that the map left at a point, and a field with holes and an infinite level.</summary>
    private static PlaneReport NotFinite()
    {
        PlaneReport level = PlaneSamples.Level();
        Curve circle = level.Curves[0].Curve;
        Curve broken = circle with
        {
            Points = [.. circle.Points.Select((p, i) => i == 40 ? double.NaN : p)],
            End = Ending.NotFinite,
        };
        return level with
        {
            Curves = [new(broken, "broken", double.PositiveInfinity), new(circle, "whole", 0.25)],
            Field = level.Field! with
            {
                Values = [.. level.Field.Values.Select((v, i) => i % 97 == 0 ? double.NaN : v)],
            },
        };
    }

    private static string[] Texts(PlaneReport report) =>
        [
            .. XDocument
                .Parse(SvgFigure.Text(report))
                .Descendants()
                .Where(e => e.Name.LocalName == "text")
                .Select(e => e.Value),
        ];

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex("id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();
}
