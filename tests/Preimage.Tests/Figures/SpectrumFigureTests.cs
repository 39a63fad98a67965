using System.Collections.Immutable;
using System.Xml.Linq;
using Preimage.Data.Images;
using Preimage.Figures;
using Preimage.Maps;

namespace Preimage.Tests.Figures;

/// <summary>Figures of spectra.</summary>
public class SpectrumFigureTests
{
    [Theory]
    [InlineData(12, false)]
    [InlineData(64, true)]
    [InlineData(192, true)]
    public void Svg_IsXmlOnItsSheetWithoutNaN(int inputs, bool image)
    {
        SpectrumReport report = Report(inputs, image ? ImageShape.Of([1, inputs / 64, 8, 8]) : null, [4, 1, 0.1, 0, 0]);
        XElement root = XDocument.Parse(SvgFigure.Text(report)).Root!;
        double width = (double)root.Attribute("width")!;
        double height = (double)root.Attribute("height")!;
        Assert.DoesNotMatch("NaN|Infinity|∞", string.Concat(root.Descendants().Attributes().Select(a => a.Value)));
        foreach (XElement text in root.Descendants().Where(e => e.Name.LocalName == "text"))
        {
            Assert.InRange((double)text.Attribute("x")!, 0, width);
            Assert.InRange((double)text.Attribute("y")!, 0, height);
        }

        Assert.Equal(image ? 2 : 0, root.Descendants().Count(e => e.Name.LocalName == "image"));
        Assert.Contains("knee at 3", root.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e-300, 1e-310)]
    [InlineData(0, 0)]
    [InlineData(1e300, 1)]
    public void ExtremeSpectra_AreDrawn(double first, double second)
    {
        SpectrumReport report = Report(3, null, [first, second]);
        (int columns, int rows, _) = PngReader.Decode(PngFigure.Bytes(report));
        Assert.True(columns > 0 && rows > 0);
        Assert.DoesNotContain("NaN", SvgFigure.Text(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(3, "1 2 3")]
    [InlineData(40, "5 10 15 20 25 30 35 40")]
    public void Eigenvalues_AreCountedInWholeNumbers(int count, string numbers)
    {
        SpectrumReport report = Report(3, null, [.. Enumerable.Range(1, count).Select(k => 10.0 / k)]) with
        {
            Directions = [],
        };
        report = report with { Spectra = report.Spectra[..1] };
        string[] texts =
        [
            .. XDocument
                .Parse(SvgFigure.Text(report))
                .Descendants()
                .Where(e => e.Name.LocalName == "text")
                .Select(e => e.Value),
        ];
        int last = Array.IndexOf(texts, "number of the eigenvalue");
        string[] asked = numbers.Split(' ');
        Assert.Equal(asked, texts.Where(t => t.All(char.IsAsciiDigit)).Where(asked.Contains).Distinct());
        Assert.DoesNotContain(texts, t => t is "1.0" or "2.0");
        Assert.True(last >= 0);
    }

    [Fact]
    public void Facts_AreKeptWhole()
    {
        string fact = new('a', 60);
        SpectrumReport report = Report(3, null, [1]) with { Facts = [("one", fact), ("two", fact), ("three", fact)] };
        Assert.DoesNotContain("…", SvgFigure.Text(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Html_HasTheRecordAndEscapesNames()
    {
        string page = HtmlPage.Text(Report(3, null, [1]) with { Title = "<b>&" });
        Assert.Contains("<title>&lt;b&gt;&amp;</title>", page, StringComparison.Ordinal);
        Assert.Contains("SHA-256", page, StringComparison.Ordinal);
    }

    [Fact]
    public void ReportsThatDoNotFit_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => SvgFigure.Text(Report(3, null, [])));
        Assert.Throws<ArgumentException>(() => SvgFigure.Text(Report(63, new ImageShape(1, 8, 8), [1])));
        SpectrumReport odd = Report(3, null, [1]) with { Directions = [new NamedDirection("1", [1, 0])] };
        Assert.Throws<ArgumentException>(() => SvgFigure.Text(odd));
    }

    private static SpectrumReport Report(int inputs, ImageShape? image, double[] spectrum)
    {
        ImmutableArray<double> direction = [.. Enumerable.Range(0, inputs).Select(i => Math.Sin(i))];
        return new SpectrumReport
        {
            Run = new RunRecord
            {
                Command = "metric",
                ModelPath = "model.onnx",
                ModelHash = new string('0', 64),
                Signature = Signature.Anonymous(inputs, 2),
                Seconds = 0.5,
                Version = "0",
            },
            Title = "What model.onnx sees",
            Facts = [("rank", "2")],
            Spectra =
            [
                new NamedSpectrum("mean", [.. spectrum], Knee: 3),
                new NamedSpectrum("layer", [2, 1]),
                new NamedSpectrum("least", [1, 1e-5], Beside: true),
            ],
            Directions = [new NamedDirection("1: 4", direction), new NamedDirection("2: 1", direction)],
            Image = image,
        };
    }
}
