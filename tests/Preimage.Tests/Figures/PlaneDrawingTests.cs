using System.Collections.Immutable;
using Preimage.Figures;
using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Figures;

/// <summary>What is drawn of what was found on a plane, and where.</summary>
public class PlaneDrawingTests
{
    private const uint White = 0xFFFFFF;

    [Fact]
    public void Region_OnPixels_HasItsHolesLeftOut()
    {
        Pixels image = new(PlaneSamples.Band() with { Curves = [] });
        uint filled = image.At(-0.75, -0.3);
        Assert.NotEqual(White, filled);
        Assert.Equal(filled, image.At(0.05, -0.3));
        Assert.Equal(White, image.At(-0.63, 0.13));
        Assert.Equal(White, image.At(0.3, 0.05));
        Assert.Equal(filled, image.At(-0.47, 0.03));
        Assert.Equal(White, image.At(-0.9, 0.7));
    }

    [Fact]
    public void Region_WhicheverWayItsRingsTurn_LooksTheSame()
    {
        static Ring Turned(Ring ring)
        {
            var points = Enumerable
                .Range(0, ring.Count)
                .Reverse()
                .SelectMany(i => new[] { ring.Points[2 * i], ring.Points[2 * i + 1] });
            return new Ring([.. points], -ring.Area);
        }

        PlaneReport report = PlaneSamples.Band() with { Curves = [] };
        PlaneReport turned = report with
        {
            Region = [.. report.Region.Select(p => new RegionPart(Turned(p.Shell), [.. p.Holes.Select(h => h)]))],
        };
        (Pixels a, Pixels b) = (new(report), new(turned));
        foreach ((double x, double y) in new[] { (-0.75, -0.3), (-0.63, 0.13), (0.3, 0.05), (-0.47, 0.03) })
        {
            Assert.Equal(a.At(x, y), b.At(x, y));
        }
    }

    [Fact]
    public void Region_InSvg_IsOnePathForEachPartWithEvenOdd()
    {
        AreaMark[] areas = [.. Marks<AreaMark>(PlaneSamples.Band())];
        Assert.Equal([3, 1, 1], areas.Select(a => a.Rings.Length));
        Assert.All(areas, a => Assert.NotNull(a.Pen));
        Assert.Equal(3, SvgFigure.Text(PlaneSamples.Band()).Split("fill-rule=\"evenodd\"").Length - 1);
    }

    [Fact]
    public void Region_TooSmallToSee_GetsARing()
    {
        PlaneReport speck = PlaneSamples.Band() with { Curves = [] };
        PlaneReport without = speck with { Region = speck.Region[..2] };
        Assert.Equal(1, Rings(speck) - Rings(without));

        static int Rings(PlaneReport report) =>
            Marks<PathMark>(report).Count(p => p is { Closed: true, Fill: null, Points.Length: 24 });
    }

    [Fact]
    public void Level_EachHasItsColour_EachNameItsEntry()
    {
        PlaneReport report = PlaneSamples.Foliation();
        PathMark[] leaves = [.. Marks<PathMark>(report).Where(p => p.Name == "leaves")];
        Assert.Equal(20, leaves.Length);

        // The two lowest levels are a hundredth of the range apart, less than one of the scale's steps.
        Assert.InRange(leaves.Select(p => p.Pen!.Value.Ink).Distinct().Count(), 19, 20);
        Assert.Equal(LevelColors.Light[0], leaves[0].Pen!.Value.Ink.Rgb);
        Assert.Equal(LevelColors.Light[^1], leaves[^1].Pen!.Value.Ink.Rgb);
        string[] texts = [.. Marks<TextMark>(report).Select(t => t.Text)];
        Assert.Single(texts, "leaves");
        Assert.Single(texts, "horizontal lift");
        PathMark beside = Marks<PathMark>(report).Single(p => p.Name == "published SiMExp");
        Assert.True(beside.Pen!.Value.Dash > 0);
        Assert.All(leaves, p => Assert.Equal(0, p.Pen!.Value.Dash));
    }

    [Fact]
    public void Comparisons_LieAboveWhatTheyAreComparedWith()
    {
        Curve circle = PlaneSamples.Circle(0, 0, 0.5);
        PlaneReport report = PlaneSamples.Empty() with
        {
            Curves = [new(circle, "truth", Beside: true), new(circle, "network")],
        };
        string[] order = [.. Marks<PathMark>(report).Select(p => p.Name).Where(n => n.Length > 0)];
        Assert.Equal(["network", "truth"], order);
    }

    [Fact]
    public void LevelColors_BrightenInEvenSteps()
    {
        foreach (ImmutableArray<uint> colors in new[] { LevelColors.Light, LevelColors.Dark })
        {
            double[] luminance = [.. colors.Select(Luminance)];
            for (int i = 4; i < luminance.Length; i++)
            {
                Assert.True(luminance[i] > luminance[i - 4], $"{i}");
            }
        }

        static double Luminance(uint rgb) =>
            new[] { (16, 0.2126), (8, 0.7152), (0, 0.0722) }.Sum(c =>
                c.Item2 * Math.Pow((rgb >> c.Item1 & 0xFF) / 255.0, 2.2)
            );
    }

    [Fact]
    public void LevelsWithoutField_HaveABarOfTheirOwn()
    {
        PlaneReport report = PlaneSamples.Foliation() with { Field = null };
        Assert.Contains(
            Marks<TextMark>(report),
            t => t is { Turned: true, Text: "energy density at the wall [kJ m⁻³]" }
        );
        Assert.Contains(Marks<PathMark>(report), p => p.Fill?.Part == "l0");
    }

    [Theory]
    [InlineData(CriticalKind.Minimum, "minimum")]
    [InlineData(CriticalKind.Maximum, "maximum")]
    [InlineData(CriticalKind.Saddle, "saddle")]
    [InlineData(CriticalKind.Unknown, "critical, kind not decided")]
    public void CriticalPoint_HasAMarkOfItsKind(CriticalKind kind, string name)
    {
        string Shape(CriticalKind k, CriticalPlace place, Verdict verdict) =>
            string.Concat(Drawn(s => CriticalMarks.Draw(s, new(0, 0), PlaneSamples.Critical(0, 0, k, place, verdict))));

        CriticalKind[] others = [.. Enum.GetValues<CriticalKind>().Where(k => k != kind)];
        string mark = Shape(kind, CriticalPlace.Interior, Verdict.Proved);
        Assert.All(others, k => Assert.NotEqual(mark, Shape(k, CriticalPlace.Interior, Verdict.Proved)));
        Assert.NotEqual(mark, Shape(kind, CriticalPlace.Interior, Verdict.Unknown));
        Assert.NotEqual(mark, Shape(kind, CriticalPlace.Edge, Verdict.Proved));
        Assert.Equal(
            Shape(kind, CriticalPlace.Corner, Verdict.Proved),
            Shape(kind, CriticalPlace.Edge, Verdict.Proved)
        );
        PlaneReport report = PlaneSamples.Empty() with { CriticalPoints = [PlaneSamples.Critical(0, 0, kind)] };
        Assert.Contains(Marks<TextMark>(report), t => t.Text == name);
    }

    [Fact]
    public void CriticalPoints_LegendSaysWhatSmallAndHollowMean()
    {
        string[] texts = [.. Marks<TextMark>(PlaneSamples.Saddle()).Select(t => t.Text)];
        Assert.Contains("hollow: not proved", texts);
        Assert.Contains("small: on the border", texts);
        Assert.Contains("3 undecided cells", texts);
        Assert.DoesNotContain("hollow: not proved", Marks<TextMark>(PlaneSamples.Level()).Select(t => t.Text));
    }

    [Fact]
    public void Undecided_SmallestCell_IsSeen()
    {
        PlaneReport report = PlaneSamples.Saddle();
        PathMark[] cells = [.. Marks<PathMark>(report).Where(p => p.Fill?.Part == "undecided" && p.Points[0].Y > 150)];
        Assert.Equal(3, cells.Length);
        Assert.All(cells, c => Assert.NotNull(c.Pen));
        Spot middle = Panel(report).At(0.3, 0.3);
        Assert.Equal(7, cells[0].Points[1].X - cells[0].Points[0].X, 1e-9);
        Assert.Equal(middle.X, (cells[0].Points[1].X + cells[0].Points[0].X) / 2, 1e-6);
        Assert.Equal(
            0.3,
            (cells[1].Points[1].X - cells[1].Points[0].X) / (Panel(report).At(1, 0).X - Panel(report).At(0, 0).X),
            1e-9
        );
    }

    [Fact]
    public void Labels_StandInTheFrameAndApart()
    {
        PlaneReport report = PlaneSamples.Crossing();
        Frame frame = Figure.Plane(report).Panels[0].Frame;
        TextMark[] labels = [.. Marks<TextMark>(report).Where(t => t.Halo)];
        Assert.Equal(report.Points.Select(p => p.Label), labels.Select(t => t.Text));
        foreach (TextMark label in labels)
        {
            double width = StrokeFont.Width(label.Text, label.Size);
            double left = label.Anchor switch
            {
                Anchor.Start => label.At.X,
                Anchor.Middle => label.At.X - width / 2,
                Anchor.End => label.At.X - width,
            };
            Assert.InRange(left, frame.Left, frame.Right - width);
            Assert.InRange(label.At.Y, frame.Top + label.Size / 2, frame.Bottom);
        }
    }

    [Fact]
    public void ManyPoints_AreOneCloud()
    {
        CloudMark[] clouds = [.. Marks<CloudMark>(PlaneSamples.Cloud())];
        Assert.Equal([3, 5000], clouds.Select(c => c.Centers.Length));
        Assert.Contains(Marks<TextMark>(PlaneSamples.Cloud()), t => t.Text == "5000 points");
        Assert.Empty(Marks<CloudMark>(PlaneSamples.Crossing()));
        Assert.InRange(SvgFigure.Text(PlaneSamples.Cloud()).Length, 50_000, 120_000);
    }

    [Fact]
    public void Window_OfASpeck_ClosesInAndLeavesOutWhatIsOutside()
    {
        PlaneReport tiny = PlaneSamples.Tiny();
        Box window = FigureWindow.Of(tiny);
        Assert.InRange(window.Upper[0] - window.Lower[0], 3e-3, 1e-2);
        string[] texts = [.. Marks<TextMark>(tiny).Select(t => t.Text)];
        Assert.Contains("part of the box", texts);
        Assert.DoesNotContain("minimum", texts);
        Assert.Equal(Box.Cube(2, -1, 1), FigureWindow.Of(PlaneSamples.Empty()));
        Assert.Equal(Box.Cube(2, -1, 1), FigureWindow.Of(PlaneSamples.Saddle()));
    }

    [Fact]
    public void LongCurves_AreThinnedToCubicsThatStayOnThem()
    {
        PathMark path = CurvePath.Of(
            PlaneSamples.Circle(0, 0, 200, 1000),
            p => new Spot(p[0], p[1]),
            CurvePath.Spacing(1_000_000)
        );
        Assert.InRange(path.Points.Length / 3, 20, 100);
        for (int i = 0; i + 3 < path.Points.Length; i += 3)
        {
            (Spot p, Spot c, Spot d, Spot q) = (
                path.Points[i],
                path.Points[i + 1],
                path.Points[i + 2],
                path.Points[i + 3]
            );
            (double x, double y) = ((p.X + 3 * c.X + 3 * d.X + q.X) / 8, (p.Y + 3 * c.Y + 3 * d.Y + q.Y) / 8);
            Assert.Equal(200, Math.Sqrt(x * x + y * y), 0.01);
        }
    }

    [Fact]
    public void LongCurves_KeepTheirCorners()
    {
        // A right angle at (100, 0), as of a network with kinks.
        const int Count = 2001;
        double[] P(double t) => t < 0.5 ? [200 * t, 0] : [100, 200 * (t - 0.5)];
        PathMark path = CurvePath.Of(Samples.Curve(P, Count), p => new Spot(p[0], p[1]), CurvePath.Spacing(1_000_000));
        Assert.InRange(path.Points.Length / 3, 10, 40);
        Assert.All(path.Points, p => Assert.True(Math.Min(Math.Abs(p.Y), Math.Abs(p.X - 100)) < 0.5));
    }

    [Fact]
    public void Surface_Inside_IsTheRegion()
    {
        PlaneReport report = PlaneSamples.BandOverField();
        FieldSurface surface = FieldSurface.Of(report)!;
        string inside = surface.Inside();
        Assert.Equal(80 * 80, inside.Length);
        for (int k = 0; k < inside.Length; k++)
        {
            double x = -1 + (k % 80 + 0.5) / 40;
            double y = -1 + (k / 80 + 0.5) / 40;
            double[] radii =
            [
                Far(x + 0.2, y, 0.7),
                Far(x + 0.45, y, 0.3),
                Far(x - 0.25, y - 0.1, 0.15),
                Far(x + 0.45, y, 0.1),
                Far(x - 0.8, y - 0.8, 0.005),
            ];

            // The rings are polygons of eighty vertices: within a thousandth of the circle nothing is said.
            if (radii.All(r => Math.Abs(r) > 1e-3))
            {
                Assert.Equal(radii.Count(r => r < 0) % 2 == 1 ? '1' : '0', inside[k]);
            }
        }

        static double Far(double x, double y, double radius) => Math.Sqrt(x * x + y * y) - radius;
    }

    private static IEnumerable<T> Marks<T>(PlaneReport report)
        where T : Mark => Figure.Plane(report).Marks.OfType<T>();

    private static ImmutableArray<string> Drawn(Action<Sheet> draw)
    {
        Sheet sheet = new(100, 100);
        draw(sheet);
        return [.. sheet.Finish().Marks.Cast<PathMark>().Select(p => $"{string.Join(' ', p.Points)} {p.Pen} {p.Fill}")];
    }

    private static Panel Panel(PlaneReport report)
    {
        PanelMap map = Figure.Plane(report).Panels[0];
        return new Panel(map.Frame, new Axis("", map.XLow, map.XHigh, []), new Axis("", map.YLow, map.YHigh, []));
    }

    /// <summary>The pixels of a figure by the inputs that they show.</summary>
    private sealed class Pixels
    {
        private readonly Panel panel;
        private readonly int stride;
        private readonly byte[] lines;

        public Pixels(PlaneReport report)
        {
            panel = Panel(report);
            (int columns, _, lines) = PngReader.Decode(PngFigure.Bytes(report));
            stride = 3 * columns + 1;
            for (int i = stride; i < lines.Length; i++)
            {
                // Every line but the first holds the difference to the one above it.
                lines[i] += (byte)(i % stride == 0 ? 0 : lines[i - stride]);
            }
        }

        public uint At(double x, double y)
        {
            Spot spot = panel.At(x, y);
            int at = (int)(2 * spot.Y) * stride + 1 + 3 * (int)(2 * spot.X);
            return (uint)(lines[at] << 16 | lines[at + 1] << 8 | lines[at + 2]);
        }
    }
}
