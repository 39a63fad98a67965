using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Preimage.Figures;
using Preimage.Figures.Trails;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Figures;

public partial class TrailFigureTests
{
    private static Dictionary<string, Func<TrailReport>> All { get; } =
        new(StringComparer.Ordinal)
        {
            ["line"] = () => TrailSamples.Report(9, 1, 1),
            ["plane"] = () => TrailSamples.Report(40, 2, 1),
            ["space"] = () => TrailSamples.Report(40, 3, 2),
            ["wide"] = () => TrailSamples.Report(40, 30, 12),
            ["one point"] = () => TrailSamples.Report(1, 4, 2),
            ["equal points"] = () => TrailSamples.Report(TrailSamples.Trail("walk", Still())),
            ["not finite"] = NotFinite,
            ["runaway"] = Runaway,
            ["chains"] = () => Chains(3),
            ["many chains"] = () => Chains(9),
            ["target"] = () =>
                TrailSamples.Report(40, 7, 2) with
                {
                    Target = [2, 1, 0, 0, 0, 0, 0],
                    Abscissa = "length",
                },
            ["samples"] = () =>
                TrailSamples.Report(
                    TrailSamples.Trail("samples", TrailSamples.Cloud(700, 5, 2)) with
                    {
                        IsJoined = false,
                    }
                ),
            ["images"] = () => TrailSamples.Images(),
            ["nasty"] = Nasty,
        };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Svg_IsXmlOnItsSheetWithoutNaN(string name)
    {
        TrailReport report = All[name]();
        string[] figures = report.Image is null
            ? [SvgFigure.Text(report)]
            : [SvgFigure.Text(report), SvgFigure.Strip(report)];
        foreach (string svg in figures)
        {
            XElement root = XDocument.Parse(svg).Root!;
            double width = (double)root.Attribute("width")!;
            double height = (double)root.Attribute("height")!;
            Assert.DoesNotMatch("NaN|Infinity|∞", string.Concat(root.Descendants().Attributes().Select(a => a.Value)));
            foreach (XElement text in Elements(root, "text"))
            {
                Assert.InRange((double)text.Attribute("x")!, 0, width);
                Assert.InRange((double)text.Attribute("y")!, 0, height);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Page_IsWholeAndDrawn(string name)
    {
        TrailReport report = All[name]();
        string page = HtmlPage.Text(report);
        Assert.DoesNotMatch("(src|href)=\"(?!data:)", page);
        JsonElement data = JsonDocument.Parse(Data().Match(page).Groups[1].Value).RootElement;
        JsonElement[] trails = [.. data.GetProperty("trails").EnumerateArray()];
        Assert.Equal(1 + report.Beside.Length, trails.Length);
        int outputs = data.GetProperty("outputs").GetArrayLength();
        foreach (JsonElement trail in trails)
        {
            int frames = trail.GetProperty("along").GetArrayLength();
            Assert.Equal(2 * frames, trail.GetProperty("spots").GetArrayLength());
            Assert.Equal(outputs * frames, trail.GetProperty("values").GetArrayLength());
            Assert.Equal(report.Image is not null, trail.TryGetProperty("image", out _));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Png_HasTwoPixelsToAUnit(string name)
    {
        TrailReport report = All[name]();
        XElement root = XDocument.Parse(SvgFigure.Text(report)).Root!;
        (int columns, int rows, _) = PngReader.Decode(PngFigure.Bytes(report));
        Assert.Equal(Math.Ceiling(2 * (double)root.Attribute("width")!), columns);
        Assert.Equal(Math.Ceiling(2 * (double)root.Attribute("height")!), rows);
    }

    [Fact]
    public void RankingChanges_AreCountedAndMarkedPointByPoint()
    {
        TrailReport report = TrailSamples.Images();
        Assert.Empty(TrailFigures.RankingChanges(report.Trail));
        Assert.Equal([6], TrailFigures.RankingChanges(report.Beside[0]));
        string[] texts = Texts(SvgFigure.Text(report));
        Assert.Contains(
            texts,
            t =>
                t.StartsWith("walk: ", StringComparison.Ordinal)
                && t.EndsWith(" 0 ranking changes", StringComparison.Ordinal)
        );
        Assert.Contains(texts, t => t.EndsWith(" 1 ranking change", StringComparison.Ordinal));
    }

    [Fact]
    public void RankingOfOutputsThatAreEqualToRounding_DoesNotChange()
    {
        Cloud cloud = TrailSamples.Cloud(3, 2, 2) with { Values = [1, 1 - 1e-16, 1 - 2e-16, 1, 1, 0.5] };
        Assert.Empty(TrailFigures.RankingChanges(TrailSamples.Trail("walk", cloud)));
        cloud = cloud with { Values = [1, 0.9, 0.9, 1, 1, 0.9] };
        Assert.Equal([1, 2], TrailFigures.RankingChanges(TrailSamples.Trail("walk", cloud)));
        Trail chains = TrailSamples.Trail("walk", cloud) with { Chains = [0, 1, 1] };
        Assert.Equal([2], TrailFigures.RankingChanges(chains));
    }

    [Fact]
    public void Axes_AreTheInputsOfAPlaneOrASpaceAndSharesOfVarianceElse()
    {
        string[] Named(int n) =>
            [.. Texts(SvgFigure.Text(TrailSamples.Report(40, n, 1))).Where(t => t is "x1" or "x2" or "x3" or "x4")];
        Assert.Equal(["x1", "x2"], Named(2));
        Assert.Equal(["x1", "x2", "x3"], Named(3));
        Assert.Empty(Named(4));
        string[] texts = Texts(SvgFigure.Text(TrailSamples.Report(40, 9, 1)));
        string[] axes = [.. texts.Where(t => t.StartsWith("principal axis", StringComparison.Ordinal))];
        double[] shares = [.. axes.Select(t => double.Parse(Share().Match(t).Value, CultureInfo.InvariantCulture))];
        Assert.Equal(2, shares.Length);
        Assert.True(shares[0] >= shares[1] && shares.Sum() <= 100.1);
    }

    [Fact]
    public void Strip_ShowsFramesAndDifferencesOfBothAndColorsAChangedLabel()
    {
        XElement root = XDocument.Parse(SvgFigure.Strip(TrailSamples.Images())).Root!;
        XElement[] images = [.. Elements(root, "image")];

        // Eight frames of each; the start of each has the scale of the differences in its place.
        Assert.Equal(16, images.Count(i => (string?)i.Attribute("class") == "pixels"));
        Assert.Equal(16, images.Count(i => (string?)i.Attribute("class") == "heat"));
        XElement[] texts = [.. Elements(root, "text")];
        Assert.Equal(2, texts.Count(t => t.Value == "start"));
        Assert.All(
            texts.Where(t => t.Value.StartsWith("y2  ", StringComparison.Ordinal)),
            t => Assert.Equal("f-undecided", (string?)t.Attribute("class"))
        );
        Assert.Contains(texts, t => t.Value.StartsWith("y2  ", StringComparison.Ordinal));
        Assert.Contains(texts, t => t.Value.StartsWith("below each: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Page_OfVeryManyPointsIsThinnedAndSaysSo()
    {
        string page = HtmlPage.Text(TrailSamples.Report(5000, 4, 2));
        Assert.Contains("400 of the 5000 points of walk", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Shown here", HtmlPage.Text(TrailSamples.Report(30, 4, 2)), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OfColourImagesStaysBelowThreeMegabytes()
    {
        const int Side = 224;
        const int Count = 20;
        double[] noise = new double[Count * 3 * Side * Side];
        new Generator(1).Normals(noise);
        Cloud cloud = TrailSamples.Cloud(Count, 1, 2) with
        {
            Dimension = 3 * Side * Side,
            Points = [.. noise.Select(v => 128 + 40 * v)],
        };
        TrailReport report = TrailSamples.Report(TrailSamples.Trail("walk", cloud)) with
        {
            Image = new TrailImage { Shape = [1, 3, Side, Side], Preprocessing = new() },
        };
        string page = HtmlPage.Text(report);
        Assert.InRange(page.Length, 1_000_000, 3_000_000);
        Assert.Matches("Shown here: \\d+ of the 20 points of walk", page);
    }

    [Fact]
    public void Files_AreAllOfThemWhenNoneIsNamed()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("preimage-").FullName, "walk");
        try
        {
            IReadOnlyList<string> written = TrailFiles.Write(
                path,
                TrailSamples.Images(),
                _ => { },
                FigureFormats.Default
            );
            string[] endings = [".csv", ".json", ".npy", ".svg", ".png", ".strip.png", ".html"];
            Assert.Equal(endings.Select(e => path + e), written);
            Assert.All(written, file => Assert.True(new FileInfo(file).Length > 100));
            written = TrailFiles.Write(path, TrailSamples.Report(5, 3, 1), _ => { }, FigureFormats.Png);
            Assert.Equal([path + ".png"], written);
            FigureFormats two = FigureFormats.Png | FigureFormats.Html;
            written = TrailFiles.Write(path, TrailSamples.Images(), _ => { }, two);
            Assert.Equal([path + ".npy", path + ".png", path + ".strip.png", path + ".html"], written);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public void ReportsThatDoNotFit_AreRefused()
    {
        TrailReport fits = TrailSamples.Images();
        TrailReport[] odd =
        [
            fits with
            {
                Start = [1],
            },
            fits with
            {
                Target = [1],
            },
            fits with
            {
                RowLength = 5,
            },
            fits with
            {
                Trail = fits.Trail with { Along = [0] },
            },
            fits with
            {
                Trail = fits.Trail with { Chains = [0] },
            },
            fits with
            {
                Trail = fits.Trail with { Tokens = TrailSamples.Tokens(2) },
            },
            fits with
            {
                Beside = [TrailSamples.Trail("other", TrailSamples.Cloud(4, 2, 3))],
            },
            fits with
            {
                Image = new TrailImage { Shape = [1, 1, 5, 5] },
            },
            fits with
            {
                Image = new TrailImage { Shape = [16] },
            },
            fits with
            {
                Image = new TrailImage { Shape = [1, 1, 5, 5], Places = [1] },
            },
        ];
        Assert.All(odd, report => Assert.Throws<ArgumentException>(() => SvgFigure.Text(report)));
        TrailReport none = TrailSamples.Report(4, 2, 1);
        Assert.Throws<ArgumentException>(() => SvgFigure.Strip(none));
        Assert.Throws<ArgumentException>(() => TrailFiles.Write("x", none, _ => { }, FigureFormats.StripPng));
        Assert.Throws<ArgumentException>(() => TrailFiles.Write("x", none, _ => { }, FigureFormats.ProfilePng));
    }

    private static Cloud Still()
    {
        Cloud cloud = TrailSamples.Cloud(5, 6, 2, defect: 0);
        return cloud with { Points = [.. Enumerable.Repeat(0.25, 30)] };
    }

    private static TrailReport NotFinite()
    {
        TrailReport report = TrailSamples.Report(20, 4, 2);
        Cloud cloud = TrailSamples.Cloud(20, 4, 2);
        double[] points = [.. cloud.Points];
        double[] values = [.. cloud.Values];
        (points[45], values[21], values[24]) = (double.NaN, double.PositiveInfinity, double.NaN);
        cloud = cloud with
        {
            Points = [.. points],
            Values = [.. values],
            Defects = [.. cloud.Defects.Select((d, i) => i > 10 ? double.NaN : d)],
        };
        return report with { Beside = [TrailSamples.Trail("published", cloud)] };
    }

    private static TrailReport Runaway()
    {
        TrailReport report = TrailSamples.Report(20, 4, 2);
        Cloud cloud = TrailSamples.Cloud(20, 4, 2);
        cloud = cloud with { Points = [.. cloud.Points.Select((x, i) => x * Math.Pow(10, i / 4))] };
        return report with { Beside = [TrailSamples.Trail("published", cloud)] };
    }

    private static TrailReport Chains(int chains)
    {
        TrailReport report = TrailSamples.Report(4 * chains, 6, 3);
        return report with
        {
            Trail = report.Trail with
            {
                Chains = [.. TrailSamples.Range(4 * chains).Select(i => i / 4)],
                Along = [.. TrailSamples.Range(4 * chains).Select(i => (double)(i % 4))],
            },
        };
    }

    private static TrailReport Nasty()
    {
        const string Name = "<b>&\"\u0001</script>";
        TrailReport report = TrailSamples.Report(6, 2, 2);
        return report with
        {
            Title = Name,
            Abscissa = Name,
            Facts = [(Name, Name)],
            Trail = report.Trail with
            {
                Name = Name,
                Tokens =
                [
                    .. TrailSamples
                        .Range(6)
                        .Select(_ => (string[])[Name])
                        .Select(t => (System.Collections.Immutable.ImmutableArray<string>)[.. t]),
                ],
            },
            Run = report.Run with { Signature = new Signature([new(Name), new(Name, Name)], [new(Name), new(Name)]) },
        };
    }

    private static IEnumerable<XElement> Elements(XElement root, string name) =>
        root.Descendants().Where(e => e.Name.LocalName == name);

    private static string[] Texts(string svg) => [.. Elements(XDocument.Parse(svg).Root!, "text").Select(e => e.Value)];

    [GeneratedRegex(@"\d+\.\d(?= %)")]
    private static partial Regex Share();

    [GeneratedRegex("id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();
}
