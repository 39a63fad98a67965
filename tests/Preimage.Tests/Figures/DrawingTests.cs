using System.Globalization;
using CsCheck;
using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Figures;

public class DrawingTests
{
    private const int Size = 40;

    // A pixel that an edge crosses rounds its share of black to one of 256 levels; an outline crosses at most 6 * Size of them.
    private const double Rounding = 0.5 / 255 * 6 * Size;

    [Fact]
    public void Coverage_OfATriangle_IsItsArea() =>
        Gen.Double[1, Size - 1]
            .Array[6]
            .Sample(p =>
            {
                double area = Math.Abs((p[2] - p[0]) * (p[5] - p[1]) - (p[4] - p[0]) * (p[3] - p[1])) / 2;
                Assert.Equal(area, Painted(c => c.Add([new(p[0], p[1]), new(p[2], p[3]), new(p[4], p[5])])), Rounding);
            });

    [Fact]
    public void Coverage_BeyondTheEdges_IsCutOff() =>
        Assert.Equal(Size * 10.0, Painted(c => c.Add([new(-5, 10), new(90, 10), new(90, 20), new(-5, 20)])), Rounding);

    [Fact]
    public void Outline_OfALine_IsItsLengthTimesItsWidthAndTwoRoundEnds() =>
        Gen.Double[6, Size - 6]
            .Array[4]
            .Where(p => Math.Abs(p[0] - p[2]) > 1)
            .Sample(p =>
            {
                double length = Math.Sqrt(Math.Pow(p[2] - p[0], 2) + Math.Pow(p[3] - p[1], 2));
                double painted = Painted(c => Outline.Add(c, [new(p[0], p[1]), new(p[2], p[3])], 4, closed: false));

                // The ends are half dodecagons: 95.5 % of half discs.
                Assert.Equal(4 * length + 3 * 4, painted, Rounding);
            });

    [Fact]
    public void Outline_OfARing_LeavesItsInsideFree()
    {
        Spot[] circle =
        [
            .. Enumerable
                .Range(0, 90)
                .Select(i => new Spot(20 + 12 * Math.Cos(i * Math.PI / 45), 20 + 12 * Math.Sin(i * Math.PI / 45))),
        ];
        double painted = Painted(c => Outline.Add(c, circle, 3, closed: true));
        Assert.Equal(2 * Math.PI * 12 * 3, painted, 1.0);
    }

    [Fact]
    public void HeatColors_DarkenSteadily()
    {
        double[] lightness = [.. HeatColors.Palette.Take(HeatColors.Levels).Select(Luminance)];
        for (int i = 5; i < lightness.Length; i++)
        {
            Assert.True(lightness[i] < lightness[i - 5]);
        }
    }

    [Fact]
    public void StrokeFont_KnowsEveryPrintableAsciiCharacter()
    {
        double box = StrokeFont.Width("漢", 10);
        for (char c = '!'; c <= '~'; c++)
        {
            Assert.NotEmpty(StrokeFont.Strokes(c.ToString(), 10));
            Assert.NotEqual(Shape("漢"), Shape(c.ToString()));
        }

        Assert.Equal(2 * box, StrokeFont.Width("漢é", 10), 1e-12);
    }

    [Fact]
    public void Contours_OfACircle_AreClosedAndSecondOrder()
    {
        double coarse = WorstRadius(21);
        double fine = WorstRadius(41);
        Assert.InRange(Math.Log2(coarse / fine), 1.7, 2.3);
    }

    [Fact]
    public void Contours_AtASaddle_DoNotCross()
    {
        Field field = new()
        {
            X = [0, 1],
            Y = [0, 1],
            Values = [1, 0, 0, 1],
        };
        Assert.Equal(2, Contours.Of(field, 0.4).Count);
        Assert.Equal(2, Contours.Of(field, 0.6).Count);
        Assert.All(Contours.Of(field, 0.4).Concat(Contours.Of(field, 0.6)), line => Assert.Equal(2, line.Count));
    }

    [Fact]
    public void Axis_Ticks_StandWhereTheirTextsSay() =>
        Gen.Select(Gen.Double[-1000, 1000], Gen.Double[1e-3, 1000], Gen.Int[2, 10])
            .Sample(
                (low, range, count) =>
                {
                    Axis axis = Axis.Linear(new Variable("x"), low, low + range, count);
                    Assert.InRange(axis.Ticks.Length, 2, 2 * count + 2);
                    double unit = Unit(axis);
                    foreach (Tick tick in axis.Ticks)
                    {
                        Assert.InRange(axis.Place(tick.Value), -1e-9, 1 + 1e-9);
                        Assert.Equal(tick.Value - Offset(axis), unit * Parse(tick.Text), 1e-9 * range);
                    }
                }
            );

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1.75202724, "1.752027")]
    [InlineData(-0.00123456789, "−0.001234568")]
    [InlineData(2.2e-16, "2.200000×10⁻¹⁶")]
    [InlineData(133333.333, "133333.3")]
    [InlineData(1e7, "1.000000×10⁷")]
    [InlineData(999999.99999, "1.000000×10⁶")]
    public void Short_HasSevenDigits(double value, string text) => Assert.Equal(text, Numerals.Short(value, 7));

    [Theory]
    [InlineData("m3", "m³")]
    [InlineData("m^3", "m³")]
    [InlineData("s^-1", "s⁻¹")]
    [InlineData("kg/m2", "kg/m²")]
    [InlineData("°C", "°C")]
    [InlineData("H2O", "H2O")]
    [InlineData("", "")]
    public void Unit_RaisesExponents(string unit, string shown) => Assert.Equal(shown, Numerals.Unit(unit));

    [Theory]
    [InlineData("P [kPa]", 100, "P [kPa]")]
    [InlineData("pressure at the intake [kPa]", 100, "pressur… [kPa]")]
    [InlineData("pressure at the intake", 100, "pressure at t…")]
    [InlineData("x [a unit longer than the room]", 52, "x [a u…")]
    public void Fitted_KeepsTheUnitWhereItCan(string label, double room, string shown) =>
        Assert.Equal(shown, Panel.Fitted(label, room, 13));

    private static double Painted(Action<Coverage> draw)
    {
        byte[] pixels = new byte[3 * Size * Size];
        Array.Fill(pixels, (byte)255);
        Coverage coverage = new(Size, Size);
        draw(coverage);
        coverage.Paint(pixels, new Ink("text", 0));
        return pixels.Where((_, i) => i % 3 == 0).Sum(p => (255 - p) / 255.0);
    }

    private static double Luminance(uint rgb) =>
        0.2126 * Math.Pow((rgb >> 16 & 255) / 255.0, 2.2)
        + 0.7152 * Math.Pow((rgb >> 8 & 255) / 255.0, 2.2)
        + 0.0722 * Math.Pow((rgb & 255) / 255.0, 2.2);

    private static string Shape(string text) =>
        string.Join(' ', StrokeFont.Strokes(text, 10).SelectMany(s => s.Line).Select(p => $"{p.X:F2},{p.Y:F2}"));

    private static double WorstRadius(int nodes)
    {
        Field field = Samples.Field(Box.Cube(2, -1, 1), (x, y) => x * x + y * y, nodes);
        var line = Assert.Single(Contours.Of(field, 0.37));
        Assert.Equal(line[0], line[^1]);
        return line.Max(p => Math.Abs(Math.Sqrt(p.X * p.X + p.Y * p.Y) - Math.Sqrt(0.37)));
    }

    private static double Parse(string text) => double.Parse(text.Replace('−', '-'), CultureInfo.InvariantCulture);

    private static double Offset(Axis axis)
    {
        string[] words = axis.Label.Split(' ');
        return words.Length > 2 && words[1] == "−" ? Parse(words[2])
            : words.Length > 2 && words[1] == "+" ? -Parse(words[2])
            : 0;
    }

    private static double Unit(Axis axis)
    {
        int at = axis.Label.IndexOf("[10", StringComparison.Ordinal);
        string power = at < 0 ? "0" : axis.Label[(at + 3)..].TrimEnd(']').Replace('⁻', '-');
        return Math.Pow(
            10,
            int.Parse(
                string.Concat(power.Select(c => "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c) is >= 0 and var i ? (char)('0' + i) : c)),
                CultureInfo.InvariantCulture
            )
        );
    }
}
